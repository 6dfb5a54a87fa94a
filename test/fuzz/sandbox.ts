/**
 * This file keeps a process that may do anything: it gives it jobs, watches what it uses, and ends it when it hangs or grows. Time is that of the processor
 * where the system tells it, so that a busy machine makes no hangs.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../harness/vscode';
import { STAGES, type Stage } from './judge';
import { NOTE_FLOATS, type Fault, type Job, type Reply, type Tally } from './jobs';

export interface Limits {
  /** One stage may take so long, in ms. */
  readonly stageMs: number;
  /** And the process grow by so much in an input. */
  readonly growthBytes: number;
}

/** Two seconds over what a run or a compilation may take; and a gigabyte. */
export const LIMITS: Limits = { stageMs: 4300, growthBytes: 1 << 30 };

/** How a job ended: as it should, or with the process. */
export type End =
  | { readonly type: 'done'; readonly tally: Tally; readonly next: number }
  | { readonly type: 'lost'; readonly tally: Tally; readonly number: number; readonly fault: Fault };

/** What a process has used so far. */
interface Use {
  /** Of the processor, in ms. */
  readonly ms: number;
  /** Resident. */
  readonly bytes: number;
}

interface Note {
  readonly number: number;
  readonly stage: Stage;
  readonly tally: Tally;
}

const LOOK_EVERY_MS = 50;
const START_MS = 60_000;
/** The heap may grow past the limit of growth, so that growth is told as such. */
const HEAP_MB = 3000;

export class Sandbox {
  /** Most bytes that any child had. */
  peakBytes = 0;
  private child: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'interlane-fuzz-'));
  private readonly noteFile = join(this.folder, 'note');

  constructor(
    private readonly program = join(ROOT, 'test', 'fuzz', 'child.ts'),
    private readonly limits = LIMITS,
  ) {}

  /** Does a job; `hear` is told what the child says before it is done. */
  async do(job: Job, hear: (reply: Reply) => void = () => {}): Promise<End> {
    const child = (this.child ??= await this.start());
    const watch = this.watch(child);
    try {
      return await new Promise<End>((resolve) => {
        let reason: string | undefined;
        watch.exceeded = (why) => {
          reason = why;
          child.kill('SIGKILL');
        };
        child.on('message', (reply: Reply) => {
          hear(reply);
          if (reply.type === 'done') resolve({ ...reply, tally: this.note().tally });
        });
        child.once('exit', (status, signal) => {
          this.child = undefined;
          resolve(lost(this.note(), reason ?? `the process ended with ${signal ?? String(status)}`));
        });
        child.send(job);
      });
    } finally {
      clearInterval(watch.timer);
      child.removeAllListeners('message').removeAllListeners('exit');
    }
  }

  end(): void {
    this.child?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Another process for the next job. */
  restart(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  get bytes(): number {
    return this.child?.pid === undefined ? 0 : useOf(this.child.pid).bytes;
  }

  private async start(): Promise<ChildProcess> {
    writeFileSync(this.noteFile, new Float64Array(NOTE_FLOATS));
    const execArgv = ['--require', join(ROOT, 'test', 'harness', 'go-text.cjs'), '--import=tsx', `--max-old-space-size=${HEAP_MB}`];
    const child = fork(this.program, [this.noteFile], { cwd: ROOT, execArgv, stdio: ['ignore', 'inherit', 'ignore', 'ipc'], serialization: 'advanced' });
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the process does not start')), START_MS);
      child.once('exit', (status) => reject(new Error(`the process ended with ${status} before it began`)));
      child.once('message', () => {
        clearTimeout(late);
        child.removeAllListeners('exit');
        resolve();
      });
    });
    return child;
  } // prettier-ignore

  /** Looks at the child until its timer is cleared; the time of a stage, and the growth of an input, begin when the note first tells of it. */
  private watch({ pid = 0 }: ChildProcess): { timer: NodeJS.Timeout; exceeded: (why: string) => void } {
    let note = this.note();
    let stage = useOf(pid);
    let input = stage;
    const watch = {
      exceeded: (_why: string): void => {},
      timer: setInterval(() => {
        const now = useOf(pid);
        const next = this.note();
        this.peakBytes = Math.max(this.peakBytes, now.bytes);
        if (next.number !== note.number) input = now;
        if (next.number !== note.number || next.stage !== note.stage) stage = now;
        note = next;
        if (now.ms - stage.ms > this.limits.stageMs) watch.exceeded('it hangs');
        else if (now.bytes - input.bytes > this.limits.growthBytes) watch.exceeded('it grows');
      }, LOOK_EVERY_MS),
    };
    return watch;
  }

  private note(): Note {
    const note = new Float64Array(NOTE_FLOATS);
    const file = openSync(this.noteFile, 'r');
    readSync(file, note, 0, note.byteLength, 0);
    closeSync(file);
    const [number, stage, inputs, compiled, ran] = note as unknown as [number, number, number, number, number];
    return { number, stage: STAGES[stage]!, tally: { inputs, compiled, ran } };
  }
}

function lost({ number, stage, tally }: Note, why: string): End {
  const inputs = tally.inputs + 1;
  return {
    type: 'lost',
    tally: { ...tally, inputs },
    number,
    fault: { signature: `lost in ${stage}: ${why}`, message: why, stack: '' },
  };
}

/** Ticks a second, pages' bytes: those of Linux on all its machines that Node 20 runs on. */
const MS_PER_TICK = 10;
const PAGE = 4096;

/** What Linux tells of a process; elsewhere real time stands for that of the processor, and growth is not seen. */
function useOf(pid: number): Use {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { ms: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK, bytes: Number(fields[21]) * PAGE };
  } catch {
    return { ms: process.platform === 'linux' ? 0 : performance.now(), bytes: 0 };
  }
}
