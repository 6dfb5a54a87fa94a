/** This file writes the notices of the packages of others whose work ships inside ours: their names, and the texts of their licences. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** What esbuild.js reports of a build: esbuild's own account of each bundle, and files that were copied beside them. */
export interface Build {
  readonly bundles: readonly Metafile[];
  /** Relative to the project's folder. */
  readonly copied: readonly string[];
}

const HEAD = `Interlane contains work of others. Its own licence stands in LICENSE; theirs stand here.\n`;
const RULE = '-'.repeat(80);
const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly homepage?: string;
}

/** Names of the packages of which a build contains anything, in order. */
export function packagesOf({ bundles, copied }: Build): string[] {
  const bundled = bundles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
  );
  const paths = bundled.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  return [...new Set([...paths, ...copied].map(packageOf).filter((name) => name !== undefined))].sort();
}

/** The package that a file belongs to; undefined: ours. */
function packageOf(path: string): string | undefined {
  return /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** The notices of installed packages. @throws when one comes without the text of its licence */
export function noticesOf(root: string, packages: readonly string[]): string {
  return [HEAD, ...packages.map((name) => noticeOf(join(root, 'node_modules', name)))].join(`\n${RULE}\n\n`);
}

function noticeOf(folder: string): string {
  const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} has no text of its licence`);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '').replaceAll('\r\n', '\n').trim());
  return `${[`${name} ${version} (${license})`, ...(homepage ? [homepage] : []), ...texts].join('\n\n')}\n`;
} // prettier-ignore
