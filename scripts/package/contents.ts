/** This file says what is packed into the extension, and puts it into a folder of its own: the unpacked extension, which is packed, tested and run as it is. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../test/harness/vscode';
import { noticesOf, packagesOf, type Build } from './notices';

/** Files and folders of the working tree by the name that they have in the package; dist/ comes from the build. */
const COPIED: Readonly<Record<string, string>> = {
  'README.md': 'docs/marketplace.md',
  'CHANGELOG.md': 'CHANGELOG.md',
  LICENSE: 'LICENSE',
  'language-configuration.json': 'language-configuration.json',
  examples: 'examples',
  media: 'media',
  snippets: 'snippets',
  syntaxes: 'syntaxes',
};

/** Pictures from which others are made. */
const SOURCES_OF_PICTURES = ['media/icon.svg'];

export const NOTICES = 'ThirdPartyNotices.txt';

/** Keys of package.json that only the working tree needs. */
const DEVELOPMENT = ['private', 'scripts', 'devDependencies'];

/** package.json, or what it is in the package. */
export type Manifest = Readonly<Record<string, unknown>>;

/** Fills a folder with the extension as it is packed. What was there before is deleted. @returns what went into the bundles @throws when the build fails */
export function stage(folder: string): Build {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const built = build(join(folder, 'dist'));
  for (const [name, source] of Object.entries(COPIED)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(ROOT, source), join(folder, name), { recursive: true });
  }
  for (const path of SOURCES_OF_PICTURES) rmSync(join(folder, path));
  writeFileSync(join(folder, NOTICES), noticesOf(ROOT, packagesOf(built)));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packedManifest(), undefined, 2)}\n`);
  return built;
}

/** Builds what ships into a folder. @returns what went into it */
function build(dist: string): Build {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-build-'));
  const report = join(scratch, 'build.json');
  try {
    const args = ['esbuild.js', '--production', `--dist=${dist}`, `--report=${report}`];
    const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error('the build failed');
    return JSON.parse(readFileSync(report, 'utf8')) as Build;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** package.json without what only the working tree needs; that everything is packed is said, lest vsce ask. */
function packedManifest(): Manifest {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  const kept = Object.entries(manifest).filter(([key]) => !DEVELOPMENT.includes(key));
  return { ...Object.fromEntries(kept), files: ['**'] };
}
