/** This file lets a suite see what simulators are asked, end the one that lives, and put others in their place. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Simulator, StartSimulator } from '../../src/host/simulator';
import { simulatorProcess } from '../../src/host/simulatorProcess';
import { api } from './support';

/** A program with this in it never ends; in the midst of its run the heap of the thread that runs it is exhausted. */
export const EXHAUSTING = 'func main() {\n\tfor {\n\t}\n} // exhaust the heap\n';

/** In front of the thread that ships: all it does besides is to exhaust its own heap, which is a small one here. */
const EXHAUSTIBLE = `
require('node:worker_threads').parentPort.on('message', ({ sources }) => {
  if (!sources?.[0]?.text.includes('// exhaust the heap')) return;
  setTimeout(() => {
    const all = [];
    for (;;) all.push(new Array(100_000).fill(all.length + 0.5));
  }, 100);
});
`;
/** A program of 10,000 functions fits, which takes about 56 MB. */
const LIMITS = { heapMb: 96, besideMb: 1024, restMs: 5000 };

/** Simulators as they ship, but exhaustible, started in place of the others so that they can be watched. */
export class Watched {
  private simulator: Simulator | undefined;
  /** Requests to run something that were sent to a simulator. */
  requests = 0;

  private constructor(
    private readonly exhaustible: StartSimulator,
    private readonly restore: () => void,
  ) {}

  static async start(): Promise<Watched> {
    const { simulators, worker } = await api();
    const shipped = simulators.start;
    const folder = mkdtempSync(join(tmpdir(), 'interlane-simulators-'));
    const watched = new Watched(simulatorProcess(exhaustible(folder), { limits: LIMITS }), () => {
      simulators.start = shipped;
      worker.restart();
      rmSync(folder, { recursive: true, force: true });
    });
    simulators.start = (events) => watched.launch(events);
    worker.restart();
    return watched;
  }

  private launch(events: Parameters<StartSimulator>[0]): Simulator {
    const simulator = this.exhaustible(events);
    this.simulator = simulator;
    return {
      post: (message) => {
        if (message.type === 'run') this.requests++;
        simulator.post(message);
      },
      terminate: () => simulator.terminate(),
    };
  }

  /** Of the latest. */
  get pid(): number {
    return this.simulator?.pid ?? 0;
  }

  /** Ends the latest, as anybody else on this machine could. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** The ones that ship are back. */
  stop(): void {
    this.restore();
  }
}

/** Makes the simulator that ships exhaustible. @returns its script */
function exhaustible(folder: string): string {
  const dist = join(vscode.extensions.getExtension('interlane.interlane')!.extensionPath, 'dist');
  const script = join(folder, 'simulator.js');
  for (const file of ['simulator.js', 'simulation.js']) copyFileSync(join(dist, file), join(folder, file));
  writeFileSync(join(folder, 'worker.js'), `${EXHAUSTIBLE}require(${JSON.stringify(join(dist, 'worker.js'))});\n`);
  return script;
}

/** All that stands in the log channel. */
export async function logText(): Promise<string> {
  const folder = (await api()).logFolder.fsPath;
  const files = readdirSync(folder).filter((name) => name.endsWith('.log'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
}
