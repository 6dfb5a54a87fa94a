/** This file defines which mark an event leaves on its goroutine's lane. */
import { EVENT_NAMES } from '../event/kinds';
import type { EventName } from '../event/kinds';

/** In numeric order. `none`: the event leaves no mark. */
export const GLYPHS = [
  'none',
  'go', // ▷
  'send', // ●
  'receive', // ○
  'close',
  'lock', // ■
  'unlock', // □
  'access', // ❘ read or write of shared memory, atomic or not
  'race-read', // ◆
  'race-write', // ◆
  'add', // WaitGroup.Add, Done
  'signal', // Cond.Signal, Broadcast
  'wait', // WaitGroup.Wait or Cond.Wait that returned
  'once',
  'select',
  'timer',
  'work',
  'syscall',
  'print',
  'make',
  'stack', // the stack grew
  'block', // the goroutine stops here, waiting
  'panic', // panic, fatal error, failed assertion
  'exit', // ■ of the lane: the goroutine ends
] as const;
export type Glyph = (typeof GLYPHS)[number];

const of: Partial<Record<EventName, Glyph>> = {
  GoCreate: 'go',
  GoBlock: 'block',
  GoSyscall: 'syscall',
  GoEnd: 'exit',
  StackGrow: 'stack',
  ChanMake: 'make',
  ChanSend: 'send',
  ChanRecv: 'receive',
  ChanRecvClosed: 'receive',
  ChanClose: 'close',
  SelectStart: 'select',
  MutexLock: 'lock',
  MutexUnlock: 'unlock',
  RWLock: 'lock',
  RWUnlock: 'unlock',
  RWRLock: 'lock',
  RWRUnlock: 'unlock',
  WaitGroupAdd: 'add',
  WaitGroupWait: 'wait',
  OnceDo: 'once',
  CondSignal: 'signal',
  CondWait: 'wait',
  AtomicLoad: 'access',
  AtomicStore: 'access',
  AtomicRMW: 'access',
  TimerStart: 'timer',
  TimerStop: 'timer',
  Work: 'work',
  Read: 'access',
  Write: 'access',
  Print: 'print',
  Panic: 'panic',
  Recover: 'panic',
  Fatal: 'panic',
  Assert: 'panic',
  Exit: 'exit',
};

/** Glyph code by event kind. */
export const GLYPH_OF_KIND = Uint8Array.from(EVENT_NAMES, (name) => GLYPHS.indexOf(of[name] ?? 'none'));

/** What wins where several events share a pixel: a higher number. By glyph code. */
export const GLYPH_WEIGHT = Uint8Array.from(GLYPHS, (glyph) => {
  if (glyph === 'race-read' || glyph === 'race-write') return 5;
  if (glyph === 'panic') return 4;
  if (glyph === 'go' || glyph === 'exit' || glyph === 'close') return 3;
  return glyph === 'work' || glyph === 'access' || glyph === 'stack' || glyph === 'make' ? 1 : 2;
});
