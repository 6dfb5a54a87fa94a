/**
 * This file finds leaked goroutines: those that, when main ended, were blocked on something that nobody left could ever reach.
 * Who can reach a channel is judged by use: a goroutine that used it, or whose ancestors had used it before they started the next of the line.
 * What another may have read from a variable is covered by that, since the variable was there for the ancestors too; so nothing that could
 * still be woken is reported, though some leaks are missed. Who can be woken follows from that in awake.ts.
 */
import { Column } from '../base/column';
import { IdTable } from '../base/idTable';
import { IntTable } from '../base/intTable';
import { Interrupt } from '../base/interrupt';
import { Ledger, type Share } from '../base/ledger';
import { StepColumn } from '../base/stepColumn';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import { WAIT_REASONS } from '../event/wait';
import { Awake, CHANNEL_WAITS, type Births } from './awake';
import { ChannelUses } from './channelUses';
import { waitName, waitSite } from './deadlock';
import type { Ending } from '../event/ending';
import type { Survivors } from '../event/survivors';
import type { Detector, Finding } from './finding';
import type { Holdings } from './holdings';
import { CycleFinder } from './waitCycles';

/** Goroutines named in one finding. */
const MOST_SITES = 16;

/** Bytes of a survivor, of its places in the tables that are made at the end. */
const SURVIVOR_BYTES = 112;

/** Code of a leak by what is waited for. */
const CODES: Readonly<Record<string, string>> = {
  mutexLock: 'leak.lock', rwMutexLock: 'leak.lock', rwMutexRLock: 'leak.lock', onceDo: 'leak.lock',
  waitGroupWait: 'leak.waitgroup', condWait: 'leak.cond', select: 'leak.select', selectNoCases: 'leak.select',
}; // prettier-ignore

/** Those alike, the first of them as rows, and how many. */
interface Group {
  readonly first: number[];
  count: number;
}

export class LeakDetector implements Detector {
  private readonly uses: ChannelUses;
  /** Alive when main ended. */
  private readonly cutOff: Column;
  private readonly births: Births;
  /** By process: its main goroutine, the first that nobody created. */
  private readonly mains = new Map<number, number>();

  constructor(
    private readonly holdings: Holdings,
    share: Share = new Ledger().share('waits'),
    /** Who accounts for what the end takes for each goroutine that is alive then. */
    private readonly alive: Share = new Ledger().share('goroutines'),
    private readonly cycles = new CycleFinder(holdings),
  ) {
    this.uses = new ChannelUses(share);
    this.cutOff = new Column(share);
    this.births = { process: new StepColumn(share), creator: new StepColumn(share), uses: new Column(share) };
  }

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    return [...CHANNEL_KINDS, BLOCK, CREATE, END];
  }

  /** @throws OutOfMemory */
  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (USES_CHANNEL[kind] === 1) this.uses.note(log.obj[i]!, log.g[i]!);
    else if (kind === BLOCK) {
      if (WAITS_FOR_CHANNEL[log.a[i]!] === 1) this.uses.note(log.obj[i]!, log.g[i]!);
    } else if (kind === END) {
      if (log.a[i] === CUT_OFF) this.cutOff.add(log.obj[i]!);
      else this.alive.giveBack(SURVIVOR_BYTES);
    } else if (kind === CREATE) this.bear(log, i);
  }

  private bear(log: EventLog, i: number): void {
    const [g, process, creator] = [log.obj[i]!, log.b[i]!, log.g[i]!];
    this.alive.take(SURVIVOR_BYTES);
    this.births.process.set(g, process);
    this.births.creator.set(g, creator);
    this.births.uses.set(g, this.uses.next);
    if (creator === 0 && !this.mains.has(process)) this.mains.set(process, g);
  }

  finish(ending: Ending, interrupt = Interrupt.never): Finding[] {
    if (ending.kind !== 'exit') return [];
    const { survivors } = ending;
    const cycles = this.cycles.of(survivors, interrupt);
    const blocked = rowsWhere(survivors, isBlocked);
    const awake = this.awake(ending, blocked, interrupt);
    const groups = new Groups();
    for (const row of blocked) if (!awake.has(survivors.g(row)) && !cycles.has(row)) groups.add(survivors, row);
    return groups.list.map((group) => this.finding(survivors, group));
  }

  private finding(survivors: Survivors, { first, count }: Group): Finding {
    const { wait, object } = survivors.at(first[0]!);
    const sites = first.map((row) => waitSite(this.holdings, survivors.at(row)));
    return { kind: 'leak', code: CODES[waitName(wait)] ?? 'leak.channel', sites, object, count };
  }

  /** Who can be woken: all that those who can run wake, and those wake, over and over. */
  private awake({ process, survivors }: Ending, blocked: Int32Array, interrupt: Interrupt): Awake {
    const asleep = new IdTable(0);
    for (const row of blocked) asleep.put(survivors.g(row));
    const mains = new Set(this.mains.values());
    const awake = new Awake(survivors, blocked, this.uses, this.births, this.holdings, interrupt);
    const begin = (g: number): void => {
      if (asleep.find(g) < 0 && !mains.has(g)) awake.begin(g);
    };
    for (let row = 0; row < survivors.length; row++) begin(survivors.g(row));
    for (let i = 0; i < this.cutOff.length; i++) {
      const g = this.cutOff.at(i);
      if (process === undefined || this.births.process.at(g) === process) begin(g);
    }
    awake.spread();
    return awake;
  }
}

/** Goroutines by place and reason, in the order of the first of each. */
class Groups {
  readonly list: Group[] = [];
  /** By reason and instruction. */
  private readonly byWait = new IntTable(1, 2);

  add(survivors: Survivors, row: number): void {
    const at = this.byWait.put(survivors.wait(row), survivors.pc(row));
    // Counted from 1.
    const group = this.list[this.byWait.words[at]! - 1] ?? this.begin(at);
    if (group.count++ < MOST_SITES) group.first.push(row);
  }

  private begin(at: number): Group {
    const group = { first: [], count: 0 };
    this.byWait.words[at] = this.list.push(group);
    return group;
  }
}

/** Blocked on something that only the program itself can end. */
function isBlocked(survivors: Survivors, row: number): boolean {
  const state = WAIT_REASONS[survivors.wait(row)]?.state;
  return survivors.isBlocked(row) && (state === 'channel' || state === 'lock') && !survivors.mayWake(row);
}

function rowsWhere(survivors: Survivors, holds: (survivors: Survivors, row: number) => boolean): Int32Array {
  const rows = new Column();
  for (let row = 0; row < survivors.length; row++) if (holds(survivors, row)) rows.add(row);
  return rows.rows.subarray(0, rows.length);
}

const BLOCK = Kind.GoBlock;
const END = Kind.GoEnd;
/** GoEnd: cut off when main returned. */
const CUT_OFF = 3;
const CREATE = Kind.GoCreate;
const CHANNEL_KINDS = [Kind.ChanMake, Kind.ChanSend, Kind.ChanRecv, Kind.ChanRecvClosed, Kind.ChanClose];
const USES_CHANNEL = new Uint8Array(256);
for (const kind of CHANNEL_KINDS) USES_CHANNEL[kind] = 1;
/** By wait reason: asked at each wait, for which a set is slow. */
const WAITS_FOR_CHANNEL = Uint8Array.from(WAIT_REASONS, (_, wait) => (CHANNEL_WAITS.has(wait) ? 1 : 0));
