/** This file runs npm and says every few seconds how far it is: by itself it says nothing for a minute, where its output is no terminal. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const EVERY_MS = 5000;
/** One line for each package that comes from the network or from npm's own cache. */
const FETCHED = /^npm http (fetch|cache) /;

/** How many packages a lock file names, with or without those for development only; those of other platforms never come, and count as none. */
export function countPackages(lockFile, { dev }) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return Object.entries(packages).filter(([path, row]) => path !== '' && !row.optional && (dev || !row.dev)).length;
}

/**
 * Runs npm. Its warnings and errors are passed on.
 * @param args its arguments
 * @param options `cwd`; `about`: how many packages are expected; `env`: added to the surroundings; `say`: takes lines of progress
 * @returns its exit status; rejects when it cannot be started
 */
export function npm(args, { cwd, about, env = {}, say = console.log }) {
  const child = spawn('npm', [...args, '--loglevel=http', '--no-progress'], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  const start = performance.now();
  let fetched = 0;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (FETCHED.test(line)) fetched++;
    else if (!line.startsWith('npm http')) console.error(line);
  });
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - start) / 1000);
    say(`  ${seconds} s: ${fetched < about ? `${fetched} of ${about} packages` : 'unpacking'}`);
  }, EVERY_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  }).finally(() => clearInterval(timer));
}
