/**
 * This file finds data races: two conflicting accesses, one of them a write and not both atomic, that happens-before does not order.
 *
 * **Rules.** It is FastTrack (Flanagan and Freund, PLDI 2009): of each variable the last write and the reads since then that are not ordered among
 * themselves, each as an epoch (a goroutine and a number of its own clock). An access races with an epoch that the clock of its goroutine does not
 * cover. Mostly a variable is read by one goroutine at a time, and one comparison decides; shadow.ts widens to a set of readers only where it must.
 * The order comes from order.ts, which executes the `order` column of the table of events.
 *
 * **What it says is exact for the execution seen**: no alarm without two unordered accesses, and the first race of each variable is found. After that
 * one the variable is silent: what follows a race may be its consequence. Nothing is said of other schedules.
 *
 * **Conventions**, of Go's race detector (runtime/race.go, sync/waitgroup.go, runtime/chan.go): closing a channel counts as a write of it and sending as
 * a read; the first Wait of a wait group counts as a write and an Add that raises the counter from zero as a read, so that an Add that comes too late
 * is found although nobody misses it. Unlike there, a Wait that does not wait is checked, too, and told as a misuse. Atomic operations conflict
 * with plain accesses only.
 *
 * **What it costs** is accounted for. When that has reached the limit of its share, or others need the memory, it gives up, drops all it keeps but what it
 * has found, and says so: a run without the end of the search for races is worth more than a run without its end.
 *
 * **Sources of the order.** The Go memory model of June 2022; where it is silent, Go's runtime: only the last start of a timer is known to what it fires
 * (`racerelease` in runtime/time.go), all Dones so far to a Wait (`ReleaseMerge` in sync/waitgroup.go). All Unlocks before a Lock are known to it, as the
 * model has it, also when another goroutine unlocks; Go's detector forgets the earlier ones there.
 *
 * **Rejected.** Locksets (Eraser, TOCS 1997) and hybrids report what channels and wait groups order. Happens-before with the order of critical sections
 * taken out (CP, WCP, SHB) predicts races of other schedules, but needs a witness to be believed; whoever explores schedules has one. A fixed number
 * of shadow cells (ThreadSanitizer keeps four, and forgets at random) loses races, and vector clocks for every variable (Djit+) cost a vector
 * where two numbers do. Sampling (Pacer, LiteRace) is for programs in production; here a run is to be explained.
 */
import { Interrupt, Interrupted } from '../base/interrupt';
import { Ledger, ShareSpent, type Share } from '../base/ledger';
import { EVENT_NAMES, Kind } from '../event/kinds';
import type { EventName } from '../event/kinds';
import type { EventLog } from '../event/log';
import { Wait } from '../event/wait';
import { Explanation, type ReleasePoint } from './explain';
import type { Detector, Finding, Site } from './finding';
import type { PastAccess } from './history';
import { Order } from './order';
import { Shadow } from './shadow';
import { Strand } from './strands';

/** Findings kept in all, and of one pair of instructions. */
const MOST_FINDINGS = 256;
const MOST_OF_A_PAIR = 64;
/** Addresses that {@link FastTrack.sharedSlots} names at most. */
const MOST_SHARED = 4096;

/** Bytes of an entry of a table of numbers. */
const ENTRY_BYTES = 64;

const SEEN_MASK = 1023;

/** Steps that it is worth, for each goroutine that has ended, to find out what all know. */
const STEPS_OF_AN_END = 8;

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
  readonly me: number;
  readonly event: number;
  readonly pc: number;
}

/** What the search for races does at an event besides learning its order. */
const enum Use {
  None = 0,
  Read,
  Write,
  AtomicLoad,
  AtomicStore,
  AtomicUpdate,
  Send,
  SendClosed,
  Close,
  Block,
  Add,
  Wait,
}

const USE_OF: Partial<Record<EventName, Use>> = {
  Read: Use.Read, Write: Use.Write, AtomicLoad: Use.AtomicLoad, AtomicStore: Use.AtomicStore, AtomicRMW: Use.AtomicUpdate,
  ChanSend: Use.Send, ChanSendClosed: Use.SendClosed, ChanClose: Use.Close,
  GoBlock: Use.Block, WaitGroupAdd: Use.Add, WaitGroupWait: Use.Wait,
}; // prettier-ignore
/** By kind code. */
const USES = Uint8Array.from(EVENT_NAMES, (name) => USE_OF[name] ?? Use.None);

export class FastTrack implements Detector {
  /** True once there was more memory than can be watched: races after that point are not found. */
  gaveUp = false;
  /** True once time was up in the middle of an event: the run ends there. */
  private isOver = false;
  readonly order: Order;
  /** Variables; atomic accesses; channels as closed and sent to; wait groups as waited for and added to; the same for waits that did not wait. */
  private readonly plain: Shadow;
  private readonly atomic: Shadow;
  private readonly channels: Shadow;
  private readonly groups: Shadow;
  private readonly passedWaits: Shadow;
  private readonly shadows: readonly Shadow[];
  /** By wait group: how many wait. */
  private readonly waiters = new Map<number, number>();
  private readonly shared = new Set<number>();
  /** A cache of addresses known to be in `shared` (or to be too many). */
  private readonly seen = new Int32Array(SEEN_MASK + 1);
  private readonly findings: Finding[] = [];
  /** Told of the sites of each finding, before other observers are told of its event. */
  onFound: ((sites: readonly Site[]) => void) | undefined;
  private readonly reported = new Set<number>();
  private readonly pairs = new Map<string, number>();
  /** Earlier accesses of races at which nobody remembers any more what was known: of a run of the same choices that is told of them they are explained. */
  readonly forgotten: PastAccess[] = [];

  /**
   * `share`: who accounts for its memory. `interrupt`: told of accesses that are long, and of what is done from time to time with all that is kept. `asked`: the
   * {@link forgotten} ones of a run of the same choices.
   */
  constructor(
    private readonly share: Share = new Ledger().share('races'),
    private readonly interrupt = Interrupt.never,
    asked: readonly PastAccess[] = [],
  ) {
    this.order = new Order(share, interrupt, asked);
    this.plain = new Shadow(this.order, share);
    this.atomic = new Shadow(this.order, share);
    this.channels = new Shadow(this.order, share);
    this.groups = new Shadow(this.order, share);
    this.passedWaits = new Shadow(this.order, share);
    this.shadows = [this.plain, this.atomic, this.channels, this.groups, this.passedWaits];
    share.onGone = () => this.giveUp();
  }

  /** Codes of the events that matter. */
  static readonly kinds: readonly number[] = EVENT_NAMES.flatMap((_, kind) =>
    USES[kind] !== Use.None || Order.kinds.includes(kind) ? [kind] : [],
  );

  /** @throws Interrupted when nobody wants the run any more */
  observe(log: EventLog, i: number): void {
    if (this.gaveUp || this.isOver) return;
    try {
      this.take(log, i);
    } catch (error) {
      // A run whose time is up ends when it asks next: until then whoever else observes it is told of this event, too. What is kept may be half changed.
      const isLate = error instanceof Interrupted && error.reason !== 'cancelled';
      if (isLate) this.isOver = true;
      else if (!(error instanceof ShareSpent)) throw error;
    }
  }

  private take(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    switch (USES[kind]) {
      case Use.Read:
        return this.access(false, log, i);
      case Use.Write:
        return this.access(true, log, i);
      case Use.Block:
        if (log.a[i] === Wait.waitGroupWait) this.beginWait(log, i);
        return;
      case Use.Send:
        if (log.g[i] !== 0) this.use(this.channels, CHANNEL, false, log, i);
        break;
      case Use.SendClosed:
        return this.use(this.channels, CHANNEL, false, log, i);
      case Use.Close:
        this.use(this.channels, CHANNEL, true, log, i);
        break;
      case Use.AtomicLoad:
        this.atomicAccess(false, log, i);
        break;
      case Use.AtomicStore:
        this.atomicAccess(true, log, i);
        break;
      case Use.AtomicUpdate:
        this.atomicAccess(log.a[i] !== 0, log, i);
        break;
      case Use.Add:
        this.add(log, i);
        break;
      case Use.Wait:
        this.wait(log, i);
        break;
      default:
    }
    this.order.observe(log, i);
    if (kind === GO_END && this.order.strands.isCrowded) this.forgetStrands(STEPS_OF_AN_END * this.order.strands.ended);
  }

  /**
   * Forgets goroutines that have ended and of which no access is kept, after all accesses that are before all that is to come. `steps`: that it may take to find out which
   * are. @throws ShareSpent, OutOfMemory, Interrupted
   */
  forgetStrands(steps: number): void {
    const { order } = this;
    const { strands } = order;
    const asked = new Uint8Array(strands.rows);
    const { interrupt } = this;
    const isFound = order.common.find(steps);
    const isPast = (strand: number, epoch: number): boolean => isFound && order.common.holds(strand, epoch);
    const tell = (strand: number): void => void (asked[strands.row(strand)] = 1);
    for (const shadow of this.shadows) shadow.sweep(isPast, tell, interrupt);
    order.forgetStrands((strand) => asked[strands.row(strand)] === 1);
  }

  private giveUp(): void {
    this.gaveUp = true;
    this.order.drop();
    for (const shadow of this.shadows) shadow.drop();
    for (const table of [this.waiters, this.reported, this.pairs]) table.clear();
  }

  finish(): Finding[] {
    return this.findings;
  }

  /** Addresses that several goroutines used, at least one writing: what a second run should watch to know values and stacks. */
  sharedSlots(): number[] {
    return [...this.shared];
  }

  private beginWait(log: EventLog, i: number): void {
    const waiting = this.waiters.get(log.obj[i]!) ?? this.entry(0);
    this.waiters.set(log.obj[i]!, waiting + 1);
    if (waiting === 0) this.use(this.groups, GROUP, true, log, i);
  }

  /** Only an Add that raises the counter from zero counts. */
  private add(log: EventLog, i: number): void {
    if (log.a[i]! <= 0 || log.b[i] !== log.a[i]) return;
    this.use(this.groups, GROUP, false, log, i);
    this.use(this.passedWaits, GROUP, false, log, i);
  }

  private wait(log: EventLog, i: number): void {
    const waiting = this.waiters.get(log.obj[i]!) ?? 0;
    if (log.a[i] !== 0) this.waiters.set(log.obj[i]!, Math.max(0, waiting - 1));
    else this.passedWait(log, i);
  }

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
      if (race) this.report({ words: PLAIN, write, object: address, me, event, pc }, this.plain, PLAIN);
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
    const { atomic } = this;
    const race = atomic.unorderedWrite(object, me) || (write && atomic.unorderedRead(object, me));
    if (race) this.report(later, atomic, ATOMIC);
  }

  private atomicAccess(write: boolean, log: EventLog, i: number): void {
    const me = this.order.strand(log.g[i]!);
    const object = log.obj[i]!;
    const { plain } = this;
    const race = plain.unorderedWrite(object, me) || (write && plain.unorderedRead(object, me));
    if (race) this.report({ words: ATOMIC, write, object, me, event: log.first + i, pc: log.pc[i]! }, plain, PLAIN);
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
    if (race) this.report({ words, write, object, me, event, pc }, shadow, words, shadow === this.passedWaits);
  }

  /** Wait found the counter at zero: an Add that is not ordered with it comes too late, or may. */
  private passedWait(log: EventLog, i: number): void {
    const me = this.order.strand(log.g[i]!);
    const later: Later = { words: GROUP, write: true, object: log.obj[i]!, me, event: log.first + i, pc: log.pc[i]! };
    const { object, event, pc } = later;
    if (this.passedWaits.unorderedRead(object, me)) this.report(later, this.passedWaits, GROUP, true);
    // Two Waits do not conflict: only the latest is kept, without a check among them.
    this.passedWaits.write(object, me, event, pc);
  }

  /** Reports a race with the access that a shadow has found. */
  private report(later: Later, { earlier }: Shadow, earlierWords: Words, misuse = false): void {
    const { words, write, object, me, event, pc } = later;
    if (this.reported.has(object) || this.findings.length >= MOST_FINDINGS) return;
    this.entry(0);
    this.reported.add(object);
    const pair = earlier.pc < pc ? `${earlier.pc} ${pc}` : `${pc} ${earlier.pc}`;
    const count = this.pairs.get(pair) ?? 0;
    if (count >= MOST_OF_A_PAIR) return;
    this.pairs.set(pair, count + 1);
    const { strands } = this.order;
    const goroutine = (strand: number): number => strands.words[strand + Strand.G]!;
    const now = { strand: me, epoch: strands.words[me + Strand.Epoch]!, event };
    const explanation = Explanation.of(this.order, earlier, now);
    if (!explanation) this.noteForgotten(earlier);
    const op = write ? words.write : words.read;
    const earlierOp = earlier.write ? earlierWords.write : earlierWords.read;
    const sites: Site[] = [
      { role: 'access', g: goroutine(me), pc, event, op, object },
      {
        role: 'previous-access',
        g: goroutine(earlier.strand),
        pc: earlier.pc,
        event: earlier.event,
        op: earlierOp,
        object,
      },
      ...lastCommon(explanation?.lastCommon()),
      ...[me, earlier.strand].flatMap((strand) => created(strands.words, strand)),
    ];
    const code = misuse ? 'misuse.waitgroup-add' : codeOf(words, write, earlier.write);
    const clocks = explanation?.clocks();
    const kind = misuse ? 'misuse' : 'data-race';
    this.findings.push({ kind, code, sites, object, ...(clocks && { clocks }) });
    this.onFound?.(sites);
  }

  private noteForgotten({ strand, epoch }: Shadow['earlier']): void {
    const { words } = this.order.strands;
    this.forgotten.push({ g: words[strand + Strand.G]!, ended: epoch - words[strand + Strand.Start]! });
  }
}

function codeOf(words: Words, write: boolean, earlierWrite: boolean): string {
  if (words === CHANNEL) return write && earlierWrite ? 'race.close-close' : 'race.close-send';
  if (words === GROUP) return 'race.waitgroup';
  return write && earlierWrite ? 'race.write-write' : 'race.read-write';
}

function lastCommon(point: ReleasePoint | undefined): Site[] {
  if (!point) return [];
  const { g, pc, event, kind } = point;
  return [{ role: 'last-common', g, pc, event, op: WORD[kind] ?? kind, object: 0 }];
}

/** Where a goroutine was started. The site belongs to the goroutine that was started. */
function created(words: Int32Array, strand: number): Site[] {
  const event = words[strand + Strand.CreatedAt]!;
  if (event < 0) return [];
  return [
    {
      role: 'created-at',
      g: words[strand + Strand.G]!,
      pc: words[strand + Strand.CreatedPc]!,
      event,
      op: 'go',
      object: 0,
    },
  ];
}

/** How the source writes the operation behind an event. */
const WORD: Readonly<Record<string, string>> = {
  GoCreate: 'go', ChanSend: 'send', ChanRecv: 'receive', ChanClose: 'close', MutexUnlock: 'Unlock', RWUnlock: 'Unlock', RWRUnlock: 'RUnlock',
  WaitGroupAdd: 'Done', OnceDo: 'Do', CondSignal: 'Signal', AtomicStore: 'atomic store', AtomicRMW: 'atomic operation', TimerStart: 'timer',
}; // prettier-ignore

const GO_END = Kind.GoEnd;
