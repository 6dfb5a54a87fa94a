/**
 * This file makes the .vsix: it fills a folder with what is packed, has vsce pack it, reads back what came of it, and runs the command line out of it.
 * vsce is not among our packages, because it would bring 285 others (125 MB) for one archive: npx fetches the pinned version.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../test/harness/vscode';
import { stage, type Manifest } from './package/contents';
import { complaints, filesIn, LARGEST } from './package/examine';
import { readZip } from './package/zip';

const VSCE = '@vscode/vsce@3.9.2';
/** The archive's own words, for the gallery and for OPC, the format of which a .vsix is one. */
const OF_THE_ARCHIVE = ['[Content_Types].xml', 'extension.vsixmanifest'];
/** vsce gives these other names. */
const RENAMED: Readonly<Record<string, string>> = {
  'README.md': 'readme.md',
  'CHANGELOG.md': 'changelog.md',
  LICENSE: 'LICENSE.txt',
};

function main(): void {
  const folder = join(ROOT, 'out', 'package');
  stage(folder);
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const file = join(ROOT, `${String(name)}-${String(version)}.vsix`);
  pack(folder, file);
  const archive = readFileSync(file);
  const found = [...differences(folder, archive), ...examineUnpacked(archive)];
  if (archive.length > LARGEST) found.push(`it has ${archive.length} bytes, more than ${LARGEST}`);
  for (const complaint of found) console.error(complaint);
  console.log(`${file}: ${(archive.length / 1e6).toFixed(2)} MB, ${filesIn(folder).length} files`);
  if (found.length > 0) process.exitCode = 1;
}

/** There is no public repository yet, hence nothing that relative links could be completed with. */
function pack(folder: string, file: string): void {
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file];
  const { status, error } = spawnSync('npx', ['--yes', VSCE, 'package', ...flags], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_ignore_scripts: 'true' },
  });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

/** What an archive lacks of a folder, or has beside it. */
function differences(folder: string, archive: Buffer): string[] {
  const wanted = [...filesIn(folder).map((path) => `extension/${RENAMED[path] ?? path}`), ...OF_THE_ARCHIVE];
  const packed = [...readZip(archive).keys()];
  return [
    ...wanted.filter((path) => !packed.includes(path)).map((path) => `${path} was not packed`),
    ...packed.filter((path) => !wanted.includes(path)).map((path) => `${path} was packed, and nobody knows why`),
  ];
}

/** Unpacks an archive as VS Code does when it installs it. @returns what is wrong with it */
function examineUnpacked(archive: Buffer): string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-vsix-'));
  try {
    for (const [path, content] of readZip(archive)) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), content);
    }
    return complaints(join(scratch, 'extension'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main();
