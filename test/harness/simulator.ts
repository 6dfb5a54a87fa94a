/** This file builds the simulating process as it ships, into a folder of its own, with the real worker or one that misbehaves on demand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './vscode';

/** @param worker source text of the thread's script; the real one when absent. @returns path of the warden's script */
export async function buildSimulator(folder: string, worker?: string): Promise<string> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      simulator: 'src/worker/warden.ts',
      ...(worker === undefined && { worker: 'src/launch/thread.ts', simulation: 'src/worker/main.ts' }),
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    loader: { '.go': 'text' },
    logLevel: 'silent',
  });
  if (worker !== undefined) writeFileSync(join(folder, 'worker.js'), worker);
  return join(folder, 'simulator.js');
}
