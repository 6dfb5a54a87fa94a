/** This file measures inside a real VS Code (host/index.ts does the work there) and the panel's frames in a real browser. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbench } from '../harness/workbench';
import { ROOT } from '../harness/vscode';
import type { BenchCase } from './case';

/** Runs the suite of the extension host once; every case reads its samples from it. */
let measured: Promise<Record<string, number[]>> | undefined;

async function measure(): Promise<Record<string, number[]>> {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-bench-'));
  const file = join(scratch, 'samples.json');
  let finish: (status: unknown) => void = () => undefined;
  const finished = new Promise<unknown>((resolve) => (finish = resolve));
  const workbench = await Workbench.open({
    folder: scratch,
    tests: join(ROOT, 'out', 'bench-host', 'index.js'),
    env: { INTERLANE_BENCH_FILE: file },
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', () => undefined);
      await page.exposeFunction('codeAutomationExit', (status: unknown) => finish(status));
    },
  });
  try {
    const status = await finished;
    if (status !== 0)
      throw new Error(`the suite in the extension host ended with ${String(status)}\n${workbench.server.log()}`);
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]>;
  } finally {
    await workbench.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A case whose samples were taken in the host: the k-th call gives the k-th sample. */
function fromHost(name: string, rounds: number, target?: number): BenchCase {
  let next = 0;
  return {
    name,
    unit: 'ms',
    better: 'lower',
    rounds,
    ...(target === undefined ? {} : { target }),
    measure: async () => {
      const samples = (await (measured ??= measure()))[name] ?? [];
      return samples[next++ % samples.length] ?? NaN;
    },
  };
}

export const cases: readonly BenchCase[] = [
  fromHost('activation', 1, 50),
  fromHost('edit-to-diagnostics-30', 7, 35),
  fromHost('edit-to-diagnostics-100', 7, 150),
  fromHost('edit-to-diagnostics-2000', 7),
  fromHost('panel-open', 1),
  fromHost('panel-paint', 7, 300),
  fromHost('host-delay-p50', 7),
  fromHost('host-delay-p99', 7, 50),
  fromHost('host-delay-max', 7),
];
