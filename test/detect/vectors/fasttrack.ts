/**
 * This file finds data races with vector clocks, as an oracle for src/detect/fasttrack.ts: two conflicting accesses, one of them a write and not both atomic, that happens-before does not order.
 */
import { Interrupt, Interrupted } from '../../../src/base/interrupt';
import { Ledger, ShareSpent, type Share } from '../../../src/base/ledger';
import { Kind } from '../../../src/event/kinds';
import type { EventName } from '../../../src/event/kinds';
import type { EventLog } from '../../../src/event/log';
import { Wait } from '../../../src/event/wait';
import type { Detector, Finding, Site } from '../../../src/detect/finding';
import { Order } from './order';
import { Shadow } from './shadow';
import type { Earlier } from './shadow';
import type { Strand } from './strands';

/** Findings kept in all, and of one pair of instructions. */
const MOST_FINDINGS = 256;
const MOST_OF_A_PAIR = 64;
/** Addresses that {@link FastTrack.sharedSlots} names at most. */
const MOST_SHARED = 4096;

/** Bytes of an entry of a table of numbers. */
const ENTRY_BYTES = 64;

const SEEN_MASK = 1023;

/** Slots of one access, 2^10, between two looks at the interrupt; and what each of them costs, in its units. */
const PIECE_MASK = 1023;
const WORK_OF_A_SLOT = 15;

/** Words for the two halves of a conflict. */
interface Words {
  readonly write: string;
  readonly read: string;
}
const PLAIN: Words = { write: 'write', read: 'read' };
const ATOMIC: Words = { write: 'atomic write', read: 'atomic read' };
const CHANNEL: Words = { write: 'close', read: 'send' };
const GROUP: Words = { write: 'wait', read: 'add' };

/** The later of two conflicting accesses. */
interface Later {
  readonly words: Words;
  readonly write: boolean;
  readonly object: number;
  readonly me: Strand;
  readonly event: number;
  readonly pc: number;
}

type Handler = (detector: FastTrack, log: EventLog, i: number) => void;

export class FastTrack implements Detector {
  /** True once there were more goroutines, or more memory, than can be watched: races after that point are not found. */
  gaveUp = false;
  readonly order: Order;
  /** Variables; atomic accesses; channels as closed and sent to; wait groups as waited for and added to; the same for waits that did not wait. */
  private readonly plain: Shadow;
  private readonly atomic: Shadow;
  private readonly channels: Shadow;
  private readonly groups: Shadow;
  private readonly passedWaits: Shadow;
  /** By wait group: how many wait. */
  private readonly waiters = new Map<number, number>();
  private readonly shared = new Set<number>();
  /** A cache of addresses known to be in `shared` (or to be too many). */
  private readonly seen = new Int32Array(SEEN_MASK + 1);
  private readonly findings: Finding[] = [];
  private readonly reported = new Set<number>();
  private readonly pairs = new Map<string, number>();

  /** `share`: who accounts for its memory. `interrupt`: told of accesses that are long. */
  constructor(
    private readonly share: Share = new Ledger().share('races'),
    private readonly interrupt = Interrupt.never,
  ) {
    this.order = new Order(share);
    this.plain = new Shadow(share);
    this.atomic = new Shadow(share);
    this.channels = new Shadow(share);
    this.groups = new Shadow(share);
    this.passedWaits = new Shadow(share);
    share.onGone = () => this.giveUp();
  }

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    const names = [...Object.keys(FastTrack.handlers), 'Read', 'Write'] as EventName[];
    return [...names.map((name) => Kind[name]), ...Order.kinds];
  }

  /** @throws Interrupted when nobody wants the run any more */
  observe(log: EventLog, i: number): void {
    if (this.gaveUp) return;
    try {
      this.take(log, i);
    } catch (error) {
      // A run whose time is up ends when it asks next: until then whoever else observes it is told of this event, too.
      const isLate = error instanceof Interrupted && error.reason !== 'cancelled';
      if (!isLate && !(error instanceof ShareSpent)) throw error;
    }
    if (this.order.strands.full) this.share.giveWay();
  }

  private take(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (kind === READ || kind === WRITE) {
      this.access(kind === WRITE, log, i);
      return;
    }
    HANDLERS[kind]?.(this, log, i);
    this.order.observe(log, i);
  }

  private giveUp(): void {
    this.gaveUp = true;
    this.order.drop();
    for (const shadow of [this.plain, this.atomic, this.channels, this.groups, this.passedWaits]) shadow.drop();
    for (const table of [this.waiters, this.reported, this.pairs]) table.clear();
  }

  finish(): Finding[] {
    return this.findings;
  }

  /** Addresses that several goroutines used, at least one writing: what a second run should watch to know values and stacks. */
  sharedSlots(): number[] {
    return [...this.shared];
  }

  static readonly handlers: Readonly<Record<string, Handler>> = {
    AtomicLoad: (detector, log, i) => detector.atomicAccess(false, log, i),
    AtomicStore: (detector, log, i) => detector.atomicAccess(true, log, i),
    AtomicRMW: (detector, log, i) => detector.atomicAccess(log.a[i] !== 0, log, i),
    ChanSend: (detector, log, i) => {
      if (log.g[i] !== 0) detector.use(detector.channels, CHANNEL, false, log, i);
    },
    ChanSendClosed: (detector, log, i) => detector.use(detector.channels, CHANNEL, false, log, i),
    ChanClose: (detector, log, i) => detector.use(detector.channels, CHANNEL, true, log, i),
    GoBlock: (detector, log, i) => {
      if (log.a[i] !== Wait.waitGroupWait) return;
      const waiting = detector.waiters.get(log.obj[i]!) ?? detector.entry(0);
      detector.waiters.set(log.obj[i]!, waiting + 1);
      if (waiting === 0) detector.use(detector.groups, GROUP, true, log, i);
    },
    WaitGroupAdd: (detector, log, i) => {
      if (log.a[i]! <= 0 || log.b[i] !== log.a[i]) return;
      detector.use(detector.groups, GROUP, false, log, i);
      detector.use(detector.passedWaits, GROUP, false, log, i);
    },
    WaitGroupWait: (detector, log, i) => {
      const waiting = detector.waiters.get(log.obj[i]!) ?? 0;
      if (log.a[i] !== 0) detector.waiters.set(log.obj[i]!, Math.max(0, waiting - 1));
      else detector.passedWait(log, i);
    },
  };

  private access(write: boolean, log: EventLog, i: number): void {
    const me = this.order.strand(log.g[i]!);
    const first = log.obj[i]!;
    const end = first + log.a[i]!;
    const event = log.first + i;
    const pc = log.pc[i]!;
    for (let address = first; address < end; address++) {
      if (((address - first) & PIECE_MASK) === PIECE_MASK) this.interrupt.worked((PIECE_MASK + 1) * WORK_OF_A_SLOT);
      // Before the access is noted: a write would hide the one before it.
      if (this.seen[address & SEEN_MASK] !== address && this.plain.isShared(address, me, write))
        this.noteShared(address);
      const race = write ? this.plain.write(address, me, event, pc) : this.plain.read(address, me, event, pc);
      if (race) this.report({ words: PLAIN, write, object: address, me, event, pc }, race, PLAIN);
      else if (!this.atomic.isBlank(address)) {
        this.againstAtomics({ words: PLAIN, write, object: address, me, event, pc });
      }
    }
  }

  /** Accounts for one more entry of a table; @returns the value given, which is its first. */
  private entry(first: number): number {
    this.share.take(ENTRY_BYTES);
    return first;
  }

  private noteShared(address: number): void {
    this.seen[address & SEEN_MASK] = address;
    if (this.shared.size < MOST_SHARED) this.shared.add(address);
  }

  private againstAtomics(later: Later): void {
    const { object, me, write } = later;
    const race = this.atomic.unorderedWrite(object, me) ?? (write ? this.atomic.unorderedRead(object, me) : undefined);
    if (race) this.report(later, race, ATOMIC);
  }

  private atomicAccess(write: boolean, log: EventLog, i: number): void {
    const me = this.order.strand(log.g[i]!);
    const object = log.obj[i]!;
    const race = this.plain.unorderedWrite(object, me) ?? (write ? this.plain.unorderedRead(object, me) : undefined);
    if (race) this.report({ words: ATOMIC, write, object, me, event: log.first + i, pc: log.pc[i]! }, race, PLAIN);
    if (write) this.atomic.write(object, me, log.first + i, log.pc[i]!);
    else this.atomic.read(object, me, log.first + i, log.pc[i]!);
  }

  /** A synchronising operation that also counts as an access of its object. */
  private use(shadow: Shadow, words: Words, write: boolean, log: EventLog, i: number): void {
    const me = this.order.strand(log.g[i]!);
    const object = log.obj[i]!;
    const event = log.first + i;
    const pc = log.pc[i]!;
    const race = write ? shadow.write(object, me, event, pc) : shadow.read(object, me, event, pc);
    if (race) this.report({ words, write, object, me, event, pc }, race, words, shadow === this.passedWaits);
  }

  /** Wait found the counter at zero: an Add that is not ordered with it comes too late, or may. */
  private passedWait(log: EventLog, i: number): void {
    const me = this.order.strand(log.g[i]!);
    const later: Later = { words: GROUP, write: true, object: log.obj[i]!, me, event: log.first + i, pc: log.pc[i]! };
    const { object, event, pc } = later;
    const early = this.passedWaits.unorderedRead(object, me);
    if (early) this.report(later, early, GROUP, true);
    // Two Waits do not conflict: only the latest is kept, without a check among them.
    this.passedWaits.write(object, me, event, pc);
  }

  private report(later: Later, earlier: Earlier, earlierWords: Words, misuse = false): void {
    const { words, write, object, me, event, pc } = later;
    if (this.reported.has(object) || this.findings.length >= MOST_FINDINGS) return;
    this.entry(0);
    this.reported.add(object);
    const pair = earlier.pc < pc ? `${earlier.pc} ${pc}` : `${pc} ${earlier.pc}`;
    const count = this.pairs.get(pair) ?? 0;
    if (count >= MOST_OF_A_PAIR) return;
    this.pairs.set(pair, count + 1);
    const other = this.order.strands.tenant(earlier.slot, earlier.clock);
    const op = write ? words.write : words.read;
    const earlierOp = earlier.write ? earlierWords.write : earlierWords.read;
    const sites: Site[] = [
      { role: 'access', g: me.g, pc, event, op, object },
      { role: 'previous-access', g: other?.g ?? 0, pc: earlier.pc, event: earlier.event, op: earlierOp, object },
      ...this.lastCommon(other, earlier, me),
    ];
    for (const strand of [me, other]) if (strand && strand.createdAt >= 0) sites.push(created(strand));
    const code = misuse ? 'misuse.waitgroup-add' : codeOf(words, write, earlier);
    const clocks = other && this.order.strands.clocksOf(other, earlier.clock, earlier.event, me);
    this.findings.push({ kind: misuse ? 'misuse' : 'data-race', code, sites, object, ...(clocks && { clocks }) });
  }

  private lastCommon(other: Strand | undefined, earlier: Earlier, me: Strand): Site[] {
    const point = other && this.order.strands.lastCommon(other, earlier.clock, earlier.event, me);
    if (!point) return [];
    const { g, pc, event, kind } = point;
    return [{ role: 'last-common', g, pc, event, op: WORD[kind] ?? kind, object: 0 }];
  }
}

function codeOf(words: Words, write: boolean, earlier: Earlier): string {
  if (words === CHANNEL) return write && earlier.write ? 'race.close-close' : 'race.close-send';
  if (words === GROUP) return 'race.waitgroup';
  return write && earlier.write ? 'race.write-write' : 'race.read-write';
}

/** Where a goroutine was started. The site belongs to the goroutine that was started. */
function created(strand: Strand): Site {
  return { role: 'created-at', g: strand.g, pc: strand.createdPc, event: strand.createdAt, op: 'go', object: 0 };
}

/** How the source writes the operation behind an event. */
const WORD: Readonly<Record<string, string>> = {
  GoCreate: 'go', ChanSend: 'send', ChanRecv: 'receive', ChanClose: 'close', MutexUnlock: 'Unlock', RWUnlock: 'Unlock', RWRUnlock: 'RUnlock',
  WaitGroupAdd: 'Done', OnceDo: 'Do', CondSignal: 'Signal', AtomicStore: 'atomic store', AtomicRMW: 'atomic operation', TimerStart: 'timer',
}; // prettier-ignore

const READ = Kind.Read;
const WRITE = Kind.Write;

/** By kind code. */
const HANDLERS: (Handler | undefined)[] = [];
for (const [name, handler] of Object.entries(FastTrack.handlers)) HANDLERS[Kind[name as EventName]] = handler;
