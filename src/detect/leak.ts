/**
 * This file finds leaked goroutines: those that, when main ended, were blocked on something that nobody left could ever reach.
 * Who can reach a channel is judged by use: a goroutine that used it, or whose ancestors had used it before they started the next of the line.
 * What another may have read from a variable is covered by that, since the variable was there for the ancestors too; so nothing that could
 * still be woken is reported, though some leaks are missed.
 */
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import { WAIT_REASONS, Wait } from '../event/wait';
import { waitName } from './deadlock';
import type { Ending, Survivor } from '../event/ending';
import type { Detector, Finding } from './finding';
import type { Holdings } from './holdings';

/** Goroutines named in one finding. */
const MOST_SITES = 16;
/** Beyond this many goroutines that can still run, every channel is taken to be reachable. */
const MOST_LIVE = 256;

/** Who used a channel, and since which event; the two latest users stand apart because most operations are theirs. */
class Users {
  latest = 0;
  before = 0;
  readonly since = new Map<number, number>();
}

interface Birth {
  readonly process: number;
  readonly creator: number;
  readonly event: number;
}

const CHANNEL_WAITS = new Set<number>([Wait.chanSend, Wait.chanReceive, Wait.select]);
const LOCK_WAITS = new Set<number>([Wait.mutexLock, Wait.rwMutexLock, Wait.rwMutexRLock]);
const ETERNAL = new Set<number>([Wait.chanSendNil, Wait.chanReceiveNil, Wait.selectNoCases]);

/** Code of a leak by what is waited for. */
const CODES: Readonly<Record<string, string>> = {
  mutexLock: 'leak.lock', rwMutexLock: 'leak.lock', rwMutexRLock: 'leak.lock', onceDo: 'leak.lock',
  waitGroupWait: 'leak.waitgroup', condWait: 'leak.cond', select: 'leak.select', selectNoCases: 'leak.select',
}; // prettier-ignore

export class LeakDetector implements Detector {
  private readonly users = new Map<number, Users>();
  /** Alive when main ended. */
  private readonly cutOff: number[] = [];
  private readonly births = new Map<number, Birth>();
  /** By process: its main goroutine, the first that nobody created. */
  private readonly mains = new Map<number, number>();

  constructor(private readonly holdings: Holdings) {}

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    return [...CHANNEL_KINDS, BLOCK, CREATE, END];
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (USES_CHANNEL[kind] === 1) this.use(log.obj[i]!, log.g[i]!, log.first + i);
    else if (kind === BLOCK) {
      if (CHANNEL_WAITS.has(log.a[i]!)) this.use(log.obj[i]!, log.g[i]!, log.first + i);
    } else if (kind === END) {
      if (log.a[i] === CUT_OFF) this.cutOff.push(log.obj[i]!);
    } else if (kind === CREATE) this.bear(log, i);
  }

  private bear(log: EventLog, i: number): void {
    const [g, process, creator] = [log.obj[i]!, log.b[i]!, log.g[i]!];
    this.births.set(g, { process, creator, event: log.first + i });
    if (creator === 0 && !this.mains.has(process)) this.mains.set(process, g);
  }

  finish(ending: Ending): Finding[] {
    if (ending.kind !== 'exit') return [];
    const inCycle = new Set(
      this.holdings.cycles(ending.survivors.filter(isBlocked)).flatMap((cycle) => cycle.map((edge) => edge.waiter.g)),
    );
    const leaked = this.stuck(ending).filter((survivor) => !inCycle.has(survivor.g));
    const groups = new Map<string, Survivor[]>();
    for (const survivor of leaked) {
      const key = `${survivor.wait} ${survivor.pc}`;
      groups.set(key, [...(groups.get(key) ?? []), survivor]);
    }
    return [...groups.values()].map((group) => this.finding(group));
  }

  private finding(group: readonly Survivor[]): Finding {
    const name = waitName(group[0]!.wait);
    const sites = group.slice(0, MOST_SITES).map((survivor) => this.holdings.waitSite(survivor, name));
    return {
      kind: 'leak',
      code: CODES[name] ?? 'leak.channel',
      sites,
      object: group[0]!.object,
      text: `${group.length}`,
    };
  }

  /** Those that nobody can wake: what remains blocked when all that can run have woken all they can reach, over and over. */
  private stuck({ process, survivors }: Ending): Survivor[] {
    let blocked = survivors.filter(isBlocked);
    const cutOff = this.cutOff.filter((g) => process === undefined || this.births.get(g)?.process === process);
    const live = new Set([...survivors.map(({ g }) => g), ...cutOff]);
    for (const { g } of blocked) live.delete(g);
    for (const main of this.mains.values()) live.delete(main);
    for (let changed = true; changed;) {
      const woken = blocked.filter((survivor) => this.canBeWoken(survivor, live));
      for (const { g } of woken) live.add(g);
      changed = woken.length > 0;
      blocked = blocked.filter((survivor) => !live.has(survivor.g));
    }
    return blocked;
  }

  private canBeWoken(survivor: Survivor, live: ReadonlySet<number>): boolean {
    if (live.size === 0 || ETERNAL.has(survivor.wait)) return false;
    if (LOCK_WAITS.has(survivor.wait)) return this.holdings.holders(survivor.object).some((hold) => live.has(hold.g));
    if (!CHANNEL_WAITS.has(survivor.wait) || live.size > MOST_LIVE) return true;
    const channels = survivor.channels ?? (survivor.object === 0 ? undefined : [survivor.object]);
    if (!channels) return true;
    return channels.some((channel) => [...live].some((g) => this.mayKnow(g, channel, Infinity)));
  }

  /** Whether a goroutine may have known a channel before an event. */
  private mayKnow(g: number, channel: number, before: number): boolean {
    const since = this.users.get(channel)?.since.get(g);
    if (since !== undefined && since < before) return true;
    const birth = this.births.get(g);
    return birth !== undefined && birth.creator !== 0 && this.mayKnow(birth.creator, channel, birth.event);
  }

  private use(channel: number, g: number, event: number): void {
    let users = this.users.get(channel);
    if (!users) this.users.set(channel, (users = new Users()));
    if (users.latest === g || users.before === g) return;
    users.before = users.latest;
    users.latest = g;
    if (!users.since.has(g)) users.since.set(g, event);
  }
}

/** Blocked on something that only the program itself can end. */
function isBlocked(survivor: Survivor): boolean {
  const state = WAIT_REASONS[survivor.wait]?.state;
  return survivor.state === 'blocked' && (state === 'channel' || state === 'lock') && survivor.mayWake !== true;
}

const BLOCK = Kind.GoBlock;
const END = Kind.GoEnd;
/** GoEnd: cut off when main returned. */
const CUT_OFF = 3;
const CREATE = Kind.GoCreate;
const CHANNEL_KINDS = [Kind.ChanMake, Kind.ChanSend, Kind.ChanRecv, Kind.ChanRecvClosed, Kind.ChanClose];
const USES_CHANNEL = new Uint8Array(256);
for (const kind of CHANNEL_KINDS) USES_CHANNEL[kind] = 1;
