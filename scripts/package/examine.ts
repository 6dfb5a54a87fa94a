/** This file looks at an unpacked extension as those who install it would: whether all is there that it refers to, and whether it runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { Manifest } from './contents';

/** The most bytes that the packed extension may have. */
export const LARGEST = 1_500_000;

const HELLO = 'func main() {\n\tfmt.Println("hello")\n}\n';

/** The files of a folder, by path, in order. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
}

/** What is wrong with an unpacked extension, a sentence each. */
export function complaints(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const missing = pathsOf(manifest).filter((path) => !existsSync(join(folder, path)));
  const maps = filesIn(folder).filter((path) => path.endsWith('.map') || namesMap(join(folder, path)));
  return [
    ...missing.map((path) => `package.json names ${path}, which is not there`),
    ...maps.map((path) => `${path} is a source map, or names one`),
    ...runsHello(folder),
  ];
}

/** Every string of package.json that is a path of ours: `./…`, or `media/…` in the walkthrough. */
export function pathsOf(value: unknown): string[] {
  if (typeof value === 'string') return /^(\.\/|media\/)/.test(value) ? [value.replace('./', '')] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(pathsOf) : [];
}

function namesMap(path: string): boolean {
  return /\.(js|css)$/.test(path) && readFileSync(path, 'utf8').includes('sourceMappingURL=');
}

/** Runs a program with the command line of the package, from a folder that knows nothing of ours. */
function runsHello(folder: string): string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-hello-'));
  try {
    writeFileSync(join(scratch, 'hello.lane'), HELLO);
    const cli = join(folder, 'dist', 'cli.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'run', 'hello.lane'], { cwd: scratch, encoding: 'utf8' });
    return status === 0 && stdout === 'hello\n' ? [] : [`the command line says ${stdout}${stderr} with status ${status}`];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
} // prettier-ignore
