/**
 * This file finds data races: two conflicting accesses, one of them a write and not both atomic, that happens-before does not order.
 *
 * **Rules.** It is FastTrack (Flanagan and Freund, PLDI 2009): of each variable the last write and the reads since then that are not ordered among
 * themselves, each as an epoch (a goroutine and a number of its own clock). An access races with an epoch that the clock of its goroutine does not
 * cover. Mostly a variable is read by one goroutine at a time, and one comparison decides; shadow.ts widens to a set of readers only where it must.
 * The order comes from order.ts, which executes the `order` column of the table of events on vector clocks.
 *
 * **What it says is exact for the execution seen**: no alarm without two unordered accesses, and the first race of each variable is found. After that
 * one the variable is silent: what follows a race may be its consequence. Nothing is said of other schedules.
 *
 * **Conventions**, of Go's race detector (runtime/race.go, sync/waitgroup.go, runtime/chan.go): closing a channel counts as a write of it and sending as
 * a read; the first Wait of a wait group counts as a write and an Add that raises the counter from zero as a read, so that an Add that comes too late
 * is found although nobody misses it. Unlike there, a Wait that does not wait is checked, too, and told as a misuse. Atomic operations conflict
 * with plain accesses only.
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
import { Kind } from '../event/kinds';
import type { EventName } from '../event/kinds';
import type { EventLog } from '../event/log';
import { Wait } from '../event/wait';
import type { Detector, Finding, Site } from './finding';
import { Order } from './order';
import { Shadow } from './shadow';
import type { Earlier } from './shadow';
import type { Strand } from './strands';

/** Findings kept in all, and of one pair of instructions. */
const MOST_FINDINGS = 256;
const MOST_OF_A_PAIR = 64;
/** Addresses that {@link FastTrack.sharedSlots} names at most. */
const MOST_SHARED = 4096;

const SEEN_MASK = 1023;

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
  readonly order = new Order();
  /** Variables; atomic accesses; channels as closed and sent to; wait groups as waited for and added to; the same for waits that did not wait. */
  private readonly plain = new Shadow();
  private readonly atomic = new Shadow();
  private readonly channels = new Shadow();
  private readonly groups = new Shadow();
  private readonly passedWaits = new Shadow();
  /** By wait group: how many wait. */
  private readonly waiters = new Map<number, number>();
  private readonly shared = new Set<number>();
  /** A cache of addresses known to be in `shared` (or to be too many). */
  private readonly seen = new Int32Array(SEEN_MASK + 1);
  private readonly findings: Finding[] = [];
  private readonly reported = new Set<number>();
  private readonly pairs = new Map<string, number>();

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    const names = [...Object.keys(FastTrack.handlers), 'Read', 'Write'] as EventName[];
    return [...names.map((name) => Kind[name]), ...Order.kinds];
  }

  /** True when there were more goroutines than can be watched: races after that point are not found. */
  get gaveUp(): boolean {
    return this.order.strands.gaveUp;
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (this.order.strands.gaveUp) return;
    if (kind === READ || kind === WRITE) {
      this.access(kind === WRITE, log, i);
      return;
    }
    HANDLERS[kind]?.(this, log, i);
    this.order.observe(log, i);
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
      const waiting = detector.waiters.get(log.obj[i]!) ?? 0;
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
      // Before the access is noted: a write would hide the one before it.
      if (this.seen[address & SEEN_MASK] !== address && this.plain.isShared(address, me, write)) this.share(address);
      const race = write ? this.plain.write(address, me, event, pc) : this.plain.read(address, me, event, pc);
      if (race) this.report({ words: PLAIN, write, object: address, me, event, pc }, race, PLAIN);
      else if (!this.atomic.isBlank(address)) {
        this.againstAtomics({ words: PLAIN, write, object: address, me, event, pc });
      }
    }
  }

  private share(address: number): void {
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
