/** This file hunts: it has inputs judged in sandboxes until its time is up or all have been, and makes each new failure small, keeps it, and tells of it. */
import { recipe, saveFailure } from './failures';
import type { FuzzInput } from './inputs';
import { NOTHING, sumOf, type Fault, type Tally } from './jobs';
import { reduce } from './reduce';
import { Sandbox } from './sandbox';

export interface HuntOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Sandboxes at once. */
  readonly workers: number;
  /** Number of the first input. */
  readonly first: number;
  /** Inputs at most. */
  readonly inputs: number;
  readonly tell: (line: string) => void;
}

interface Caught {
  times: number;
  /** Where it is kept. */
  file: string;
}

/** Time of inputs between two looks of the hunter, in ms. */
const BATCH_MS = 1000;
/** A sandbox starts anew when it has so much: the garbage of past inputs is no input's growth. */
const FULL_BYTES = 700 << 20;
/** Making one failure small may take this part of the hunt, within bounds in ms. */
const REDUCE = { part: 1 / 12, least: 10_000, most: 90_000 } as const;
const TELL_EVERY_MS = 60_000;

export class Hunt {
  tally: Tally = NOTHING;
  /** By signature. */
  readonly caught = new Map<string, Caught>();
  private readonly sandboxes: readonly Sandbox[];
  private readonly begun = performance.now();
  private told = 0;

  constructor(private readonly options: HuntOptions) {
    this.sandboxes = Array.from({ length: options.workers }, () => new Sandbox());
  }

  /** To the end of its time. */
  async run(): Promise<void> {
    await Promise.all(this.sandboxes.map((sandbox, i) => this.work(sandbox, this.options.first + i)));
    for (const sandbox of this.sandboxes) sandbox.end();
  }

  get peakBytes(): number {
    return Math.max(...this.sandboxes.map((sandbox) => sandbox.peakBytes));
  }

  /** `12 min: 40,213 inputs (46 % compile, 11 % run), 1 failure, peak 612 MB` */
  summary(): string {
    const { inputs, compiled, ran } = this.tally;
    const share = (n: number): string => `${((100 * n) / Math.max(1, inputs)).toFixed(0)} %`;
    const peak = (this.peakBytes / (1 << 20)).toFixed(0);
    return `${(this.elapsed / 60_000).toFixed(1)} min: ${inputs.toLocaleString('en')} inputs (${share(compiled)} compile, ${share(ran)} run), ${this.caught.size} failures, peak ${peak} MB`;
  } // prettier-ignore

  private get elapsed(): number {
    return performance.now() - this.begun;
  }

  private async work(sandbox: Sandbox, first: number): Promise<void> {
    const { seed, workers: step, minutes, inputs } = this.options;
    const end = this.options.first + inputs;
    for (let next = first; next < end && this.elapsed < minutes * 60_000;) {
      const faults: [number, Fault][] = [];
      const job = { type: 'generate', seed, first: next, end, step, ms: BATCH_MS } as const;
      const reply = await sandbox.do(job, (said) => said.type === 'fault' && faults.push([said.number, said.fault]));
      if (reply.type === 'done') next = reply.next;
      else {
        faults.push([reply.number, reply.fault]);
        next = reply.number + step;
      }
      this.tally = sumOf(this.tally, reply.tally);
      for (const [number, fault] of faults) await this.catch(number, fault, sandbox);
      if (sandbox.bytes > FULL_BYTES) sandbox.restart();
      this.tellAtTimes();
    }
  }

  private tellAtTimes(): void {
    if (this.elapsed - this.told < TELL_EVERY_MS) return;
    this.told = this.elapsed;
    this.options.tell(this.summary());
  }

  private async catch(number: number, fault: Fault, sandbox: Sandbox): Promise<void> {
    const known = this.caught.get(fault.signature);
    if (known) {
      known.times++;
      return;
    }
    const caught = { times: 1, file: '' };
    this.caught.set(fault.signature, caught);
    sandbox.restart();
    const input = await this.make(number, sandbox);
    if (!input) {
      this.options.tell(`FAILURE input ${number} of seed ${this.options.seed} cannot be made: ${fault.signature}`);
      return;
    }
    const again = await faultOf(input, sandbox);
    if (again?.signature === fault.signature) await this.keep(number, again, await this.small(input, again, sandbox), caught);
    else if (fault.stack !== '') await this.keep(number, { ...fault, message: `${fault.message} (not alone: only after other inputs)` }, input, caught);
    else {
      this.caught.delete(fault.signature);
      this.options.tell(`input ${number} ended its process once and not again: ${fault.signature}`);
    }
  } // prettier-ignore

  private async make(number: number, sandbox: Sandbox): Promise<FuzzInput | undefined> {
    let made: FuzzInput | undefined;
    const job = { type: 'make', seed: this.options.seed, number } as const;
    await sandbox.do(job, (reply) => reply.type === 'made' && (made = reply.input));
    return made;
  }

  private async keep(number: number, fault: Fault, input: FuzzInput, caught: Caught): Promise<void> {
    caught.file = saveFailure({ fault, seed: this.options.seed, number, input });
    const text = input.sources.map((source) => source.text).join('\n');
    this.options.tell(`FAILURE ${fault.signature}\n  ${fault.message.slice(0, 300)}\n  input ${number} of seed ${this.options.seed} (${input.by.join('; ')}), made small to ${text.length} characters:\n${text.slice(0, 600).replace(/^/gm, '  | ')}\n  ${recipe(caught.file)}`);
  } // prettier-ignore

  private async small(input: FuzzInput, { signature }: Fault, sandbox: Sandbox): Promise<FuzzInput> {
    const part = this.options.minutes * 60_000 * REDUCE.part;
    const until = performance.now() + Math.min(REDUCE.most, Math.max(REDUCE.least, part));
    const fails = async (smaller: FuzzInput): Promise<boolean> => (await faultOf(smaller, sandbox))?.signature === signature;
    return reduce(input, fails, () => performance.now() > until);
  } // prettier-ignore
}

/** What is wrong with one input; undefined: nothing. */
export async function faultOf(input: FuzzInput, sandbox: Sandbox): Promise<Fault | undefined> {
  const faults: Fault[] = [];
  const end = await sandbox.do({ type: 'judge', input }, (reply) => reply.type === 'fault' && faults.push(reply.fault));
  return end.type === 'lost' ? end.fault : faults[0];
}
