/** This file is the process in which inputs are judged: it may hang, grow or die, and what it was doing stands in its note file (its one argument). */
import { openSync, writeSync } from 'node:fs';
import { readCorpus } from './corpus';
import { inputOf, type FuzzInput } from './inputs';
import { judge, signatureOf, STAGES, type Judged, type Stage } from './judge';
import { NOTE_FLOATS, type Fault, type Job, type Reply } from './jobs';
import { Library } from './library';

const file = openSync(process.argv[2]!, 'r+');
const note = new Float64Array(NOTE_FLOATS);
let library: Library | undefined;

function say(reply: Reply): void {
  process.send!(reply);
}

function begin(number: number): (stage: Stage) => void {
  note[0] = number;
  return (stage) => {
    note[1] = STAGES.indexOf(stage);
    writeSync(file, note, 0, note.byteLength, 0);
  };
}

function attempt(number: number, inputFor: () => FuzzInput): void {
  const stage = begin(number);
  stage('generate');
  try {
    count(judge(inputFor(), stage));
  } catch (error) {
    say({ type: 'fault', number, fault: faultOf(error) });
    count({ compiled: false, ran: false });
  }
}

function count({ compiled, ran }: Judged): void {
  note[2]!++;
  note[3]! += Number(compiled);
  note[4]! += Number(ran);
}

function faultOf(error: unknown): Fault {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { signature: signatureOf(error), message: message.slice(0, 2000), stack: stack.slice(0, 4000) };
}

const WORK: { readonly [T in Job['type']]: (job: Extract<Job, { type: T }>) => number } = {
  judge({ input }) {
    attempt(0, () => input);
    return 0;
  },
  make({ seed, number }) {
    begin(number)('generate');
    say({ type: 'made', input: inputOf(seed, number, corpus()) });
    return number;
  },
  generate({ seed, first, end, step, ms }) {
    const until = performance.now() + ms;
    const library = corpus();
    let number = first;
    for (; number < end && performance.now() < until; number += step)
      attempt(number, () => inputOf(seed, number, library));
    begin(number)('generate');
    return number;
  },
};

function corpus(): Library {
  return (library ??= new Library(readCorpus()));
}

function work(job: Job): void {
  note.fill(0, 2);
  say({ type: 'done', next: (WORK[job.type] as (job: Job) => number)(job) });
}

process.on('message', work);
// The hunting process is gone: so is the reason for this one.
process.on('disconnect', () => process.exit(0));
say({ type: 'ready' });
