/** This file puts numbers and events into the few words that fit on a picture. */
import { Kind } from '../event/kinds';
import type { Trace } from '../trace/store';

type Say = (trace: Trace, row: number) => string;

const fixed =
  (word: string): Say =>
  () =>
    word;
const object: (word: string) => Say = (word) => (trace, row) => {
  const id = trace.columns.obj[row]!;
  const name = trace.meta.objects.find((candidate) => candidate.id === id)?.name ?? '';
  return `${word} ${name}`.trim();
};

/** The word above an event where there is room for it; by event kind. */
const WORDS = new Map<number, Say>([
  [Kind.GoCreate, (trace, row) => `go G${trace.columns.obj[row]!}`],
  [Kind.GoEnd, fixed('end')],
  [Kind.ChanMake, fixed('make')],
  [Kind.ChanSend, fixed('send')],
  [Kind.ChanRecv, fixed('receive')],
  [Kind.ChanRecvClosed, fixed('receive')],
  [Kind.ChanClose, fixed('close')],
  [Kind.MutexLock, object('Lock')],
  [Kind.MutexUnlock, object('Unlock')],
  [Kind.RWLock, object('Lock')],
  [Kind.RWUnlock, object('Unlock')],
  [Kind.RWRLock, object('RLock')],
  [Kind.RWRUnlock, object('RUnlock')],
  [Kind.WaitGroupAdd, (trace, row) => (trace.columns.a[row]! < 0 ? 'Done' : `Add ${trace.columns.a[row]!}`)],
  [Kind.WaitGroupWait, fixed('Wait')],
  [Kind.Print, fixed('print')],
]);

/** `Lock a`, `go G2`, `Add 2`; '' where an event has no word. */
export function eventWord(trace: Trace, row: number): string {
  return WORDS.get(trace.columns.kind[row]!)?.(trace, row) ?? '';
}

const GROUPED = new Intl.NumberFormat('en-US');
/** `1,284` */
export const count = (value: number): string => GROUPED.format(value);
