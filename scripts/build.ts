/** This file runs the build for the other scripts. */
import { spawnSync } from 'node:child_process';
import { ROOT } from '../test/harness/vscode';

/** Builds into dist/ (or, with `--host-tests`, into out/); on failure ends the process: the errors stand on the terminal. */
export function build(...flags: string[]): void {
  const { status } = spawnSync(process.execPath, ['esbuild.js', ...flags], { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return;
  console.error('The build failed.');
  process.exit(1);
}
