/** This file makes a real VS Code server out of the npm package code-server: its copy of VS Code, without native modules. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SPDLOG_IN_JAVASCRIPT } from './spdlog';

export const ROOT = join(__dirname, '..', '..');
/** Everything downloaded or derived for tests; may be deleted at any time. */
export const CACHE = join(ROOT, '.vscode-test');

/** Counts up when the way of preparing changes, so that older results are thrown away. */
const RECIPE = 1;

/** A folder with a VS Code server ready to run under this Node; prepared on the first call, reused afterwards. */
export function prepareVSCode(say: (line: string) => void = () => undefined): string {
  const packageFile = require.resolve('code-server/package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const folder = join(CACHE, `code-server-${version}`);
  const stamp = join(folder, `.ready-${RECIPE}`);
  if (existsSync(stamp)) return folder;

  say(`Preparing VS Code from code-server ${version} …`);
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  linkTree(join(dirname(packageFile), 'lib', 'vscode'), draft);
  installOwnPackages(draft);
  dropSourceMaps(join(draft, 'node_modules'));
  replaceNatives(join(draft, 'node_modules'));
  copyRipgrep(join(draft, 'node_modules'));
  writeFileSync(join(draft, `.ready-${RECIPE}`), '');
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  return folder;
}

/**
 * Copies a folder by hard links, which cost no space, and leaves out source maps. Files that a tool may rewrite in
 * place (npm: package.json and its lock) are real copies, as is everything when links are impossible.
 */
function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.name.endsWith('.map')) continue;
    else if (entry.isSymbolicLink()) cpSync(source, target, { verbatimSymlinks: true });
    else if (entry.name.endsWith('.json')) copyFileSync(source, target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // another file system, or one without links
  }
}

/** VS Code's own dependencies, locked by the shrinkwrap it brings; `npm ci` refuses that file, for it lacks one entry. */
function installOwnPackages(folder: string): void {
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  execFileSync('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_ignore_scripts: 'true', npm_config_update_notifier: 'false' },
  });
}

function dropSourceMaps(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.map')) rmSync(join(folder, file));
  }
}

/** The two native modules that the server loads at start. Neither is needed: one watches for hangs, the other logs. */
function replaceNatives(modules: string): void {
  writeFileSync(join(modules, 'native-watchdog', 'index.js'), 'exports.start = () => {};\n');
  writeFileSync(join(modules, '@vscode', 'spdlog', 'index.js'), SPDLOG_IN_JAVASCRIPT);
}

/** VS Code's ripgrep package downloads the program after installation; the package of the platform has it inside. */
function copyRipgrep(modules: string): void {
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}/package.json`;
  let folder: string;
  try {
    folder = dirname(require.resolve(name));
  } catch {
    return; // only searching across files is lost
  }
  cpSync(join(folder, 'bin'), join(modules, '@vscode', 'ripgrep', 'bin'), { recursive: true });
}
