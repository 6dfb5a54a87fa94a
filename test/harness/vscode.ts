/** This file makes a real VS Code server out of the npm package code-server: its copy of VS Code, without native modules. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { countPackages, npm } from '../../scripts/npm.mjs';
import { SPDLOG_IN_JAVASCRIPT } from './spdlog';

export const ROOT = join(__dirname, '..', '..');
/** Everything downloaded or derived for tests; may be deleted at any time. */
export const CACHE = join(ROOT, '.vscode-test');

/** Counts up when the way of preparing changes, so that older results are thrown away. */
const RECIPE = 1;

/** A folder with a VS Code server ready to run under this Node; prepared on the first call, which takes about a minute and says how far it is, reused afterwards. */
export async function prepareVSCode(say: (line: string) => void): Promise<string> {
  const packageFile = require.resolve('code-server/package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const folder = join(CACHE, `code-server-${version}`);
  const stamp = join(folder, `.ready-${RECIPE}`);
  if (existsSync(stamp)) return folder;

  const start = performance.now();
  say(`Preparing VS Code from code-server ${version}, this once; it takes about a minute.`);
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  say('  linking its files');
  linkTree(join(dirname(packageFile), 'lib', 'vscode'), draft);
  say('  installing the packages that it needs');
  await installOwnPackages(draft, say);
  dropSourceMaps(join(draft, 'node_modules'));
  replaceNatives(join(draft, 'node_modules'));
  copyRipgrep(join(draft, 'node_modules'));
  writeFileSync(join(draft, `.ready-${RECIPE}`), '');
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  say(`  VS Code is prepared, in ${Math.round((performance.now() - start) / 1000)} s.`);
  return folder;
}

/**
 * The working tree by a name under which the editor does not lie. Under its own name it is above the editor: of an extension under development VS Code takes
 * the first theme and the first icons that stand below its folder, whatever the settings say, and would find all those of its own.
 */
export function developedExtension(): string {
  const link = join(CACHE, 'extension');
  mkdirSync(CACHE, { recursive: true });
  try {
    if (readlinkSync(link) === ROOT) return link;
  } catch {
    // there is none yet
  }
  rmSync(link, { force: true });
  symlinkSync(ROOT, link, 'junction');
  return link;
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
async function installOwnPackages(folder: string, say: (line: string) => void): Promise<void> {
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  const env = { npm_config_ignore_scripts: 'true', npm_config_update_notifier: 'false' };
  const about = countPackages(join(folder, 'npm-shrinkwrap.json'), { dev: false });
  const status = await npm(args, { cwd: folder, about, env, say });
  if (status !== 0) throw new Error(`npm could not install the packages of VS Code: it ended with status ${status}`);
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
