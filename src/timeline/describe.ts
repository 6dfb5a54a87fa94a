/** This file writes each event as a sentence: the words of the table view, of tooltips and of what a screen reader says. */
import { EVENT_NAMES, IS_STEP } from '../event/kinds';
import type { EventName } from '../event/kinds';
import { WAIT_REASONS } from '../event/wait';
import type { WaitName } from '../event/wait';
import { leftOutWords } from '../trace/gaps';
import { placeWords } from '../trace/placeWords';
import type { TraceIndex } from '../trace/rows';
import type { Names } from './names';

/** One row as the templates below see it. */
interface Facts {
  readonly names: Names;
  readonly row: number;
  readonly g: number;
  readonly obj: number;
  readonly a: number;
  readonly b: number;
  readonly core: number;
}

const named = ({ names, obj }: Facts): string => names.object(obj);
const valued = ({ names, row }: Facts): string => names.value(row);
/** `sends 2`, or `sends a value` where its text is unknown. */
const what = (facts: Facts): string => valued(facts) || 'a value';
const by = ({ a, names }: Facts, verb: string): string => (a > 0 ? `, ${verb} ${names.goroutine(a)}` : '');

/** Why a goroutine waits, as the end of a sentence that begins with its name. */
export const WAIT_SENTENCES: Readonly<Record<WaitName, (object: string, ns: string) => string>> = {
  none: () => 'waits',
  chanSend: (object) => `waits to send on ${object}`,
  chanReceive: (object) => `waits to receive from ${object}`,
  chanSendNil: () => 'waits for ever: sends on a nil channel',
  chanReceiveNil: () => 'waits for ever: receives from a nil channel',
  select: () => 'waits in select',
  selectNoCases: () => 'waits for ever in an empty select',
  mutexLock: (object) => `waits for ${object}`,
  rwMutexRLock: (object) => `waits to read-lock ${object}`,
  rwMutexLock: (object) => `waits for ${object}`,
  waitGroupWait: (object) => `waits for WaitGroup ${object}`,
  condWait: (object) => `waits for a signal of ${object}`,
  onceDo: (object) => `waits for the first Do of ${object}`,
  sleep: (_object, ns) => `sleeps ${ns}`,
  ioWait: (_object, ns) => `waits for I/O${ns === '0' ? '' : `, ${ns}`}`,
};

/** By GoPreempt's reason. */
const PREEMPTED = [
  '',
  'loses its core: quantum over',
  'is preempted after 10 ms',
  'yields',
  'stops: another goroutine was chosen',
];

const SENTENCES: Readonly<Record<EventName, (facts: Facts) => string>> = {
  ProcessStart: (f) => `process ${f.obj} starts`,
  ProcessExit: (f) => `process ${f.obj} exits with status ${f.a}`,
  GoCreate: (f) => `starts ${f.names.goroutine(f.obj)}`,
  GoRun: (f) => (f.core < 0 ? 'runs' : `runs on core ${f.core}`),
  GoPreempt: (f) => PREEMPTED[f.a] ?? 'is preempted',
  GoBlock: (f) => WAIT_SENTENCES[WAIT_REASONS[f.a]?.name ?? 'none'](named(f), f.names.duration(f.b)),
  GoReady: (f) => `is ready${f.g > 0 && f.g !== f.obj ? `, woken by ${f.names.goroutine(f.g)}` : ''}`,
  GoSyscall: (f) => `enters a system call of ${f.names.duration(f.obj)}`,
  GoSysExit: (f) => `returns from its system call${f.a === 1 ? '' : ' and waits for a core'}`,
  GoEnd: (f) => ['ends', 'ends by Goexit', 'ends by panic', 'is cut off: main returned'][f.a] ?? 'ends',
  StackGrow: (f) => `its stack grows to ${f.a} bytes`,
  ChanMake: (f) => (f.a > 0 ? `makes ${named(f)}, capacity ${f.a}` : `makes ${named(f)}, unbuffered`),
  ChanSend: (f) => `sends ${what(f)} to ${named(f)}`,
  ChanRecv: (f) => `receives ${what(f)} from ${named(f)}`,
  ChanRecvClosed: (f) => `receives from ${named(f)}, which is closed`,
  ChanSendClosed: (f) => `sends to ${named(f)}, which is closed`,
  ChanClose: (f) => `closes ${named(f)}`,
  SelectStart: (f) => `selects among ${f.obj} case${f.obj === 1 ? '' : 's'}`,
  SelectDone: (f) => (f.obj < 0 ? 'takes the default' : `takes case ${f.obj + 1}`),
  MutexLock: (f) => `locks ${named(f)}${by(f, 'handed over by')}`,
  MutexUnlock: (f) => `unlocks ${named(f)}`,
  RWLock: (f) => `locks ${named(f)}${by(f, 'handed over by')}`,
  RWUnlock: (f) => `unlocks ${named(f)}`,
  RWRLock: (f) => `read-locks ${named(f)}${by(f, 'handed over by')}`,
  RWRUnlock: (f) => `read-unlocks ${named(f)}`,
  WaitGroupAdd: (f) =>
    f.a === -1 ? `says Done to ${named(f)}, ${f.b} left` : `adds ${f.a} to ${named(f)}, ${f.b} to wait for`,
  WaitGroupWait: (f) => `has waited for ${named(f)}${by(f, 'ended by')}`,
  OnceDo: (f) => (f.a === 1 ? `runs ${named(f)}` : `finds ${named(f)} already done`),
  CondSignal: (f) =>
    f.a > 0 ? `signals ${named(f)} to ${f.names.goroutine(f.a)}` : `signals ${named(f)}: nobody waits`,
  CondWait: (f) => `was signalled by ${named(f)}${by(f, 'from')}`,
  AtomicLoad: (f) => `atomically reads ${what(f)} from ${named(f)}`,
  AtomicStore: (f) => `atomically writes ${what(f)} to ${named(f)}`,
  AtomicRMW: (f) => (f.a === 0 ? `fails to swap ${named(f)}` : `atomically changes ${named(f)} to ${what(f)}`),
  TimerStart: (f) => `starts a timer of ${f.names.duration(f.a)}`,
  TimerStop: (f) => (f.a === 1 ? 'stops a timer' : 'stops a timer that was not running'),
  TimerFire: () => 'a timer fires',
  Work: (f) => `works ${f.names.duration(f.a)}`,
  Read: (f) => `reads ${what(f)} from ${named(f)}`,
  Write: (f) => `writes ${what(f)} to ${named(f)}`,
  Print: (f) => `prints ${f.names.text(f.obj)}`,
  Panic: (f) => `panics: ${f.names.text(f.obj)}`,
  Recover: () => 'recovers',
  Fatal: (f) => `fatal error: ${f.names.text(f.obj)}`,
  Assert: (f) => `fails an assertion: ${f.names.text(f.obj)}`,
  Exit: (f) => `exits with status ${f.obj}`,
  ThreadCreate: (f) => `creates thread ${f.names.thread(f.obj)}`,
  ThreadRun: (f) => `${f.names.thread(f.obj)} runs on core ${f.core}`,
  ThreadStop: (f) =>
    `${f.names.thread(f.obj)} ${['parks', 'enters a system call', 'loses its core: quantum over', 'ends'][f.a] ?? 'stops'}`,
  ThreadWake: (f) => `wakes ${f.names.thread(f.obj)}`,
  Acquire: (f) => `${f.names.thread(f.a)} takes P${f.obj}`,
  Handoff: (f) => `P${f.obj} is handed from ${f.names.thread(f.a)} to ${f.names.thread(f.b)}`,
  Steal: (f) => `${f.names.goroutine(f.obj)} is stolen from P${f.a}${f.b > 1 ? ` with ${f.b - 1} more` : ''}`,
  LeftOut: (f) => leftOutWords(f.names.trace, f.row),
  QueueLength: (f) => `${f.obj < 0 ? 'the global queue' : `the queue of P${f.obj}`} holds ${f.a}`,
};

/** Kinds whose sentence names its own subject. */
const OWN_SUBJECT: ReadonlySet<EventName> = new Set<EventName>([
  'ProcessStart',
  'ProcessExit',
  'TimerFire',
  'ThreadRun',
  'ThreadStop',
  'Acquire',
  'Handoff',
  'Steal',
  'QueueLength',
  'LeftOut',
]);

/** `G3 locks mu`. */
export function describeEvent(names: Names, index: TraceIndex, row: number): string {
  const { kind, g, obj, a, b, core } = names.trace.columns;
  const name = EVENT_NAMES[kind[row]!]!;
  const facts = { names, row, g: g[row]!, obj: obj[row]!, a: a[row]!, b: b[row]!, core: core[row]! };
  const sentence = SENTENCES[name](facts);
  const subject = index.goroutineOf(row);
  if (OWN_SUBJECT.has(name)) return sentence;
  return subject > 0 ? `G${subject} ${sentence}` : `the runtime ${sentence}`;
}

/** `step 17, G3 locks mu at line 12`. */
export function describeRow(names: Names, index: TraceIndex, row: number): string {
  const { kind, step } = names.trace.columns;
  const after = step[row]! < 0 ? 'before step 0' : `after step ${step[row]!}`;
  const at = IS_STEP[kind[row]!] === 1 ? `step ${step[row]!}` : after;
  const place = names.place(row);
  return `${at}, ${describeEvent(names, index, row)}${place ? ` at ${placeWords(names.trace.meta.files, place)}` : ''}`;
}
