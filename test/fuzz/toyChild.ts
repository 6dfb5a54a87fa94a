/** This file is a process for tests of the sandbox: what it does with an input is what the text of the input says. */
import { openSync, writeSync } from 'node:fs';
import { STAGES } from './judge';
import { NOTE_FLOATS, type Job } from './jobs';

const note = new Float64Array(NOTE_FLOATS);
const file = openSync(process.argv[2]!, 'r+');
const kept: Uint8Array[] = [];

const DEEDS: Readonly<Record<string, () => void>> = {
  pass: () => {},
  fail: () => {
    process.send!({ type: 'fault', number: 0, fault: { signature: 'a fault', message: 'a fault', stack: 'here' } });
  },
  hang: () => {
    for (;;);
  },
  grow: () => {
    for (;;) kept.push(new Uint8Array(1 << 20).fill(1));
  },
  die: () => process.abort(),
};

process.on('message', (job: Job) => {
  if (job.type !== 'judge') return;
  note.set([7, STAGES.indexOf('svg'), 1, 1, 0]);
  writeSync(file, note, 0, note.byteLength, 0);
  DEEDS[job.input.sources[0]!.text]!();
  process.send!({ type: 'done', next: 0 });
});
process.on('disconnect', () => process.exit(0));
process.send!({ type: 'ready' });
