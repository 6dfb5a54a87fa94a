/**
 * This file keeps the accounts of the simulated machine's memory: how many bytes each process holds, what for, and whether more fit. They are counters
 * that move at each allocation and each release, never a scan; sizes are those of real Go and of a real kernel, not of the blocks in base/memory.ts.
 *
 * A process's peak is only noted before something is given back and when it is read: between two releases its use does not fall.
 */
import type { Address } from './address';
import type { Memory } from './memory';

/** Word offsets of an account, all Float64: bytes by what they are for. */
export const enum AccountAt {
  /** Everything the program has allocated: nothing is collected. */
  Heap = 0,
  GoroutineStacks = 2,
  /** Reserved for the stacks of kernel threads. */
  ThreadStacks = 4,
  /** What a process needs before it does anything. */
  Base = 6,
  /** Number of goroutine stacks. */
  Goroutines = 8,
  /** Sum of the first four when it was largest, and then the five above as they were. */
  Peak = 10,
  AtPeak = 12,
  /** Bytes of the request that did not fit; 0: all did. */
  Refused = 22,
  Slots = 12,
}
interface Account {
  AccountAt: true;
}
export type AccountAddr = Address<Account>;

/** Slots of an account that {@link AccountAt.AtPeak} repeats. */
const ENTRIES = 5;
/** Slots of the machine's own block: bytes in use by all processes. */
const IN_USE_SLOTS = 1;
/** Tag of these blocks in Memory: a kind of the kernel's (14). */
const ACCOUNT_TAG = 0x5e;

/** Thrown when a request does not fit into the machine's memory. */
export class MemoryExhausted extends Error {
  constructor(readonly what: 'bytes' | 'thread') {
    super('the memory of the simulated machine is exhausted');
    this.name = 'MemoryExhausted';
  }
}

/** What a process held when it held most. */
export interface MemoryUse {
  readonly heapBytes: number;
  readonly goroutineStackBytes: number;
  readonly threadStackBytes: number;
  readonly processBytes: number;
  /** Number of goroutine stacks. */
  readonly goroutineStacks: number;
  /** Sum of the four above. */
  readonly peakBytes: number;
  /** Bytes of the request that ended the process because they did not fit; 0: none. */
  readonly refusedBytes: number;
}

export class Accounts {
  /** Account of the process that runs. Until there is one, an account of nobody. */
  running: AccountAddr;
  /** Index in Memory.f64 of the bytes in use by all processes. */
  private readonly inUse: number;

  constructor(
    private readonly memory: Memory,
    /** Bytes of the machine's memory. */
    readonly limit = Infinity,
  ) {
    this.inUse = memory.alloc(IN_USE_SLOTS, ACCOUNT_TAG) >> 1;
    this.running = this.open();
  }

  /** A new account with nothing on it. */
  open(): AccountAddr {
    return this.memory.alloc(AccountAt.Slots, ACCOUNT_TAG) as AccountAddr;
  }

  /** Puts `bytes` on an account; @returns false, and leaves it as it is, when they do not fit. */
  take(account: AccountAddr, what: AccountAt, bytes: number): boolean {
    const f = this.memory.f64;
    const sum = f[this.inUse]! + bytes;
    if (sum > this.limit) {
      f[(account + AccountAt.Refused) >> 1] = bytes;
      return false;
    }
    f[this.inUse] = sum;
    f[(account + what) >> 1]! += bytes;
    return true;
  }

  /** Takes `bytes` off an account. */
  giveBack(account: AccountAddr, what: AccountAt, bytes: number): void {
    this.notePeak(account);
    const f = this.memory.f64;
    f[this.inUse]! -= bytes;
    f[(account + what) >> 1]! -= bytes;
  }

  /** The running process allocates on its heap. @throws MemoryExhausted */
  allocate(bytes: number): void {
    if (!this.take(this.running, AccountAt.Heap, bytes)) throw new MemoryExhausted('bytes');
  }

  /** A goroutine of the running process gets its first stack. @throws MemoryExhausted */
  openStack(bytes: number): void {
    this.growStack(bytes);
    this.memory.f64[(this.running + AccountAt.Goroutines) >> 1]!++;
  }

  /** A goroutine's stack becomes larger by `bytes`. @throws MemoryExhausted */
  growStack(bytes: number): void {
    if (!this.take(this.running, AccountAt.GoroutineStacks, bytes)) throw new MemoryExhausted('bytes');
  }

  closeStack(bytes: number): void {
    this.giveBack(this.running, AccountAt.GoroutineStacks, bytes);
    this.memory.f64[(this.running + AccountAt.Goroutines) >> 1]!--;
  }

  /** A process has ended: all that it held is free. */
  close(account: AccountAddr): void {
    this.notePeak(account);
    const f = this.memory.f64;
    const at = account >> 1;
    f[this.inUse]! -= sumOf(f, at);
    f.fill(0, at, at + ENTRIES);
  }

  /** What a process held when it held most. */
  use(account: AccountAddr): MemoryUse {
    const f = this.memory.f64;
    const now = sumOf(f, account >> 1);
    const noted = f[(account + AccountAt.Peak) >> 1]!;
    // What stands there begins as an account does.
    const entries = now > noted ? account : ((account + AccountAt.AtPeak) as AccountAddr);
    const peak = (what: AccountAt): number => f[(entries + what) >> 1]!;
    return {
      heapBytes: peak(AccountAt.Heap),
      goroutineStackBytes: peak(AccountAt.GoroutineStacks),
      threadStackBytes: peak(AccountAt.ThreadStacks),
      processBytes: peak(AccountAt.Base),
      goroutineStacks: peak(AccountAt.Goroutines),
      peakBytes: Math.max(now, noted),
      refusedBytes: f[(account + AccountAt.Refused) >> 1]!,
    };
  }

  /** The sum of what each of some processes held when it held most. */
  useOfAll(accounts: readonly AccountAddr[]): MemoryUse {
    return accounts
      .map((account) => this.use(account))
      .reduce((sum, use) => ({
        heapBytes: sum.heapBytes + use.heapBytes,
        goroutineStackBytes: sum.goroutineStackBytes + use.goroutineStackBytes,
        threadStackBytes: sum.threadStackBytes + use.threadStackBytes,
        processBytes: sum.processBytes + use.processBytes,
        goroutineStacks: sum.goroutineStacks + use.goroutineStacks,
        peakBytes: sum.peakBytes + use.peakBytes,
        refusedBytes: Math.max(sum.refusedBytes, use.refusedBytes),
      }));
  }

  private notePeak(account: AccountAddr): void {
    const f = this.memory.f64;
    const at = account >> 1;
    const sum = sumOf(f, at);
    if (sum <= f[at + AccountAt.Peak / 2]!) return;
    f[at + AccountAt.Peak / 2] = sum;
    f.copyWithin(at + AccountAt.AtPeak / 2, at, at + ENTRIES);
  }
}

function sumOf(f: Float64Array, at: number): number {
  return f[at]! + f[at + 1]! + f[at + 2]! + f[at + 3]!;
}
