/** This file defines why a goroutine waits: the words that Go prints in a goroutine dump, and the state that the timeline draws. */

export type WaitState = 'channel' | 'lock' | 'syscall' | 'sleeping';

/** In numeric order: append only. Texts as in runtime2.go (Go 1.24 and later for sync). */
export const WAIT_REASONS = [
  { name: 'none', text: '', state: 'sleeping' },
  { name: 'chanSend', text: 'chan send', state: 'channel' },
  { name: 'chanReceive', text: 'chan receive', state: 'channel' },
  { name: 'chanSendNil', text: 'chan send (nil chan)', state: 'channel' },
  { name: 'chanReceiveNil', text: 'chan receive (nil chan)', state: 'channel' },
  { name: 'select', text: 'select', state: 'channel' },
  { name: 'selectNoCases', text: 'select (no cases)', state: 'channel' },
  { name: 'mutexLock', text: 'sync.Mutex.Lock', state: 'lock' },
  { name: 'rwMutexRLock', text: 'sync.RWMutex.RLock', state: 'lock' },
  { name: 'rwMutexLock', text: 'sync.RWMutex.Lock', state: 'lock' },
  { name: 'waitGroupWait', text: 'sync.WaitGroup.Wait', state: 'lock' },
  { name: 'condWait', text: 'sync.Cond.Wait', state: 'lock' },
  { name: 'onceDo', text: 'sync.Mutex.Lock', state: 'lock' },
  { name: 'sleep', text: 'sleep', state: 'sleeping' },
  { name: 'ioWait', text: 'IO wait', state: 'syscall' },
] as const satisfies readonly { name: string; text: string; state: WaitState }[];

export type WaitName = (typeof WAIT_REASONS)[number]['name'];
export const Wait = Object.fromEntries(WAIT_REASONS.map((reason, index) => [reason.name, index])) as Record<
  WaitName,
  number
>;
