/**
 * This file makes node_modules agree with package-lock.json: it runs `npm ci` when a package is missing or outdated, else
 * nothing. `node scripts/setup.mjs test.ts ARGS…` then goes on as scripts/test.ts, in the same process, so that a signal
 * reaches the script and not a shell before it.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { countPackages, npm } from './npm.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = 20;

/** Reads a JSON file; undefined when it is missing or broken, which both mean "install again". */
function readJson(...path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Why node_modules cannot be used as it is, or undefined. npm's own record of what it installed is the witness. */
function whyOutdated() {
  const wanted = readJson('package-lock.json')?.packages;
  const installed = readJson('node_modules', '.package-lock.json')?.packages;
  if (!wanted) return 'package-lock.json cannot be read';
  if (!installed) return 'no packages are installed';
  for (const [path, { version, optional, integrity }] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = installed[path];
    const present = found && existsSync(join(ROOT, path, 'package.json'));
    // Packages for other platforms are optional and rightly absent.
    if (!present && !(optional && !found)) return `${path} is missing`;
    if (present && (found.version !== version || found.integrity !== integrity)) return `${path} is not ${version}`;
  }
  return undefined;
}

/** Deletes the source maps of VS Code itself: 129 MB that nothing here reads. */
function dropSourceMaps(folder) {
  for (const file of readdirSync(folder, { recursive: true })) {
    if (file.endsWith('.map')) rmSync(join(folder, file));
  }
}

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  console.error(`Interlane needs Node ${OLDEST_NODE} or newer; this is ${process.version}.`);
  process.exit(1);
}
const why = whyOutdated();
if (why) {
  console.log(`Installing packages, this once: ${why}.`);
  const about = countPackages(join(ROOT, 'package-lock.json'), { dev: true });
  const status = await npm(['ci', '--no-audit', '--no-fund'], { cwd: ROOT, about }).catch((error) => {
    console.error(error.message);
    return 1;
  });
  if (status !== 0) process.exit(status);
  dropSourceMaps(join(ROOT, 'node_modules', 'code-server'));
}

const [, , script, ...args] = process.argv;
if (script) {
  const path = join(ROOT, 'scripts', script);
  process.argv = [process.execPath, path, ...args];
  await import('tsx');
  await import(pathToFileURL(path).href);
}
