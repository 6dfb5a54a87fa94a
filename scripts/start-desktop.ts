/** This file is `npm run start:desktop`: it builds and opens the desktop VS Code on the PATH with the extension and the examples. */
import { spawnSync } from 'node:child_process';
import { EXAMPLES } from '../test/harness/examples';
import { ROOT } from '../test/harness/vscode';
import { build } from './build';

build();
const args = [`--extensionDevelopmentPath=${ROOT}`, EXAMPLES];
const { error, status } = spawnSync('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
if (error)
  console.error(`VS Code's command "code" cannot be run (${error.message}). "npm start" needs no desktop VS Code.`);
process.exitCode = error ? 1 : (status ?? 1);
