/** This file holds the bodies of package sync. A method's receiver is the address of the object. */
import { Next } from '../next';
import { type NativeBody, setInt, word } from './args';

export const syncNatives: Readonly<Record<string, NativeBody>> = {
  'sync.(*Mutex).Lock': (rt, base) => rt.locks.lock(rt.g, word(rt, base)),
  'sync.(*Mutex).Unlock': (rt, base) => rt.locks.unlock(rt.g, word(rt, base)),
  'sync.(*Mutex).TryLock': (rt, base) => yes(rt.locks.tryLock(rt.g, word(rt, base)), rt, base),
  'sync.(*RWMutex).Lock': (rt, base) => rt.locks.writeLock(rt.g, word(rt, base)),
  'sync.(*RWMutex).Unlock': (rt, base) => rt.locks.writeUnlock(rt.g, word(rt, base)),
  'sync.(*RWMutex).RLock': (rt, base) => rt.locks.readLock(rt.g, word(rt, base)),
  'sync.(*RWMutex).RUnlock': (rt, base) => rt.locks.readUnlock(rt.g, word(rt, base)),
  'sync.(*RWMutex).TryLock': (rt, base) => yes(rt.locks.tryWriteLock(rt.g, word(rt, base)), rt, base),
  'sync.(*RWMutex).TryRLock': (rt, base) => yes(rt.locks.tryReadLock(rt.g, word(rt, base)), rt, base),
  'sync.(*WaitGroup).Add': (rt, base) => rt.waitGroups.add(rt.g, word(rt, base), word(rt, base, 1)),
  'sync.(*WaitGroup).Done': (rt, base) => rt.waitGroups.add(rt.g, word(rt, base), -1),
  'sync.(*WaitGroup).Wait': (rt, base) => rt.waitGroups.wait(rt.g, word(rt, base)),
  'sync.(*Once).enter': (rt, base) => rt.onces.enter(rt.g, word(rt, base), base + 2),
  'sync.(*Once).leave': (rt, base) => rt.onces.leave(rt.g, word(rt, base)),
  'sync.(*Cond).ticket': (rt, base) => {
    setInt(rt, base, 1, rt.conds.ticket(rt.g, word(rt, base)) >>> 0);
    return Next.Continue;
  },
  'sync.(*Cond).sleep': (rt, base) => rt.conds.wait(rt.g, word(rt, base), word(rt, base, 1)),
  'sync.(*Cond).Signal': (rt, base) => rt.conds.signal(rt.g, word(rt, base)),
  'sync.(*Cond).Broadcast': (rt, base) => rt.conds.broadcast(rt.g, word(rt, base)),
};

function yes(held: boolean, rt: Parameters<NativeBody>[0], base: number): Next {
  setInt(rt, base, 1, held ? 1 : 0);
  return Next.Continue;
}
