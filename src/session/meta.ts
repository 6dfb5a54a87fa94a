/** This file makes a trace out of a recording: it numbers places, names goroutines and objects, and interns stacks. */
import type { Interrupt } from '../base/interrupt';
import type { Code } from '../bytecode/code';
import type { Finding, Site } from '../detect/finding';
import { Kind } from '../event/kinds';
import type { Machine } from '../machine/machine';
import type { GoroutineMeta, MemoryMeta, ObjectKind, ObjectMeta, TraceMeta } from '../trace/meta';
import type { Gap } from '../trace/gaps';
import { numbered, rootOf } from '../trace/numbered';
import { TraceRecorder, type Trace } from '../trace/store';
import { AddressBook, type Described } from './describe';
import type { Birth, Cast } from './cast';
import type { Places } from './places';
import type { Recording } from './recording';

/** Which kind of object the `obj` field of an event names; kinds of events not listed name none. */
const OBJECT_OF: Readonly<Record<string, ObjectKind>> = {
  ChanMake: 'channel', ChanSend: 'channel', ChanRecv: 'channel', ChanRecvClosed: 'channel', ChanClose: 'channel', ChanSendClosed: 'channel',
  MutexLock: 'mutex', MutexUnlock: 'mutex', RWLock: 'rwmutex', RWUnlock: 'rwmutex', RWRLock: 'rwmutex', RWRUnlock: 'rwmutex',
  WaitGroupAdd: 'waitgroup', WaitGroupWait: 'waitgroup', OnceDo: 'once', CondSignal: 'cond', CondWait: 'cond',
  TimerStart: 'timer', TimerStop: 'timer', TimerFire: 'timer',
  AtomicLoad: 'variable', AtomicStore: 'variable', AtomicRMW: 'variable', Read: 'variable', Write: 'variable',
}; // prettier-ignore
const OBJECT_KIND: (ObjectKind | undefined)[] = [];
for (const [name, kind] of Object.entries(OBJECT_OF)) OBJECT_KIND[Kind[name as keyof typeof Kind]] = kind;

/** Whether events of a kind name an object, by the address in their field `obj`. */
export function namesObject(kind: number): boolean {
  return OBJECT_KIND[kind] !== undefined;
}

/** Go type that an object of a kind has, so that a lock inside a struct is named as the lock and not as its first word. */
const TYPE_OF: Partial<Record<ObjectKind, RegExp>> = {
  mutex: /^sync\.Mutex$/,
  rwmutex: /^sync\.RWMutex$/,
  waitgroup: /^sync\.WaitGroup$/,
  once: /^sync\.Once$/,
  cond: /^sync\.Cond$/,
  variable: /^atomic\./,
};

const FALLBACK_NAME: Readonly<Record<ObjectKind, string>> = {
  channel: 'chan',
  mutex: 'mutex',
  rwmutex: 'rwmutex',
  waitgroup: 'WaitGroup',
  once: 'Once',
  cond: 'Cond',
  timer: 'timer',
  variable: 'variable',
};

/** By what a site of a finding does: the kind of its object, where no row tells; of those not listed it is a variable. */
const KIND_OF_OP: Readonly<Record<string, ObjectKind>> = {
  close: 'channel', send: 'channel', chanSend: 'channel', chanReceive: 'channel', select: 'channel',
  Lock: 'mutex', mutexLock: 'mutex', RLock: 'rwmutex', rwMutexLock: 'rwmutex', rwMutexRLock: 'rwmutex',
  wait: 'waitgroup', add: 'waitgroup', waitGroupWait: 'waitgroup', condWait: 'cond', onceDo: 'once',
}; // prettier-ignore

/** Of a run that nobody recorded. */
const NO_ROWS = new TraceRecorder({ maxRows: 0 });

export interface Facts {
  readonly seed: number;
  readonly schedule: () => string;
  readonly outcome: { readonly kind: string; readonly status: number };
  readonly racesGaveUp: boolean;
}

/** What a trace is made of. */
export interface Recorded {
  readonly machine: Machine;
  readonly cast: Cast;
  /** Undefined: nothing was recorded, and the trace has no rows. Then it knows the goroutines and objects of findings. */
  readonly recording: Recording | undefined;
  /** There is no time to look at all that is in memory: only package variables have their names. */
  readonly brief?: boolean;
}

/** By kind: 1 where `obj` is the index of a text. */
const NAMES_TEXT = new Uint8Array(256);
for (const kind of [Kind.Print, Kind.Panic, Kind.Fatal, Kind.Assert]) NAMES_TEXT[kind] = 1;

/** In units of an interrupt: of a row, of what is made of a goroutine or an object, of a frame of a stack. */
const WORK_OF_A_ROW = 5;
const WORK_OF_A_RECORD = 100;
const WORK_OF_A_FRAME = 10;

/** `texts`: of each text of the trace its number in the run. @throws Interrupted */
export function buildTrace(
  recorded: Recorded,
  places: Places,
  findings: readonly Finding[],
  facts: Facts,
  interrupt: Interrupt,
): { readonly trace: Trace; readonly texts: readonly number[] } {
  const { machine, cast, recording } = recorded;
  const recorder = recording ?? NO_ROWS;
  const { columns, gaps } = recorder.take(interrupt);
  let shown = 0;
  const texts = new Renumbered();
  const created: Birth[] | undefined = gaps.length > 0 ? [] : undefined;
  for (let row = 0; row < columns.place.length; row++) {
    interrupt.worked(WORK_OF_A_ROW);
    if (columns.kind[row] === Kind.GoCreate) created?.push(birthOf(columns, row));
    columns.place[row] = places.ofPc(columns.place[row]!);
    if (columns.kind[row] === Kind.GoCreate) shown++;
    if (NAMES_TEXT[columns.kind[row]!] === 1) columns.obj[row] = texts.of(columns.obj[row]!);
  }
  const objects = nameObjects(recorded, places, columns, findings, interrupt);
  const goroutines = birthsOf(cast, created ?? shown, findings, interrupt).map((birth) => {
    interrupt.worked(WORK_OF_A_RECORD);
    return goroutineMeta(machine, places, birth);
  });
  const stacks = (recorded.brief ? [] : machine.world.stacks.toArray()).map((stack) => {
    interrupt.worked(WORK_OF_A_FRAME * stack.length);
    return stack.map((frame) => places.ofPc(frame.pc)).filter((place) => place >= 0);
  });
  const { stats, code } = machine;
  const meta: TraceMeta = {
    schema: 'interlane.trace/1',
    files: code.sources.map((source) => source.name),
    places: places.list,
    goroutines,
    objects,
    threads: cast.threads,
    processes: cast.processes.map((process, i) => ({
      ...process,
      name: processName(code, i),
    })),
    cores: machine.config.cores,
    memory: memoryMeta(machine),
    seed: facts.seed,
    get schedule() {
      return facts.schedule();
    },
    steps: recorder.steps,
    endTime: stats.virtualNs,
    outcome: facts.outcome.kind,
    status: facts.outcome.status,
    instructions: stats.steps,
    truncated: recorder.truncated,
    ...(gaps.length > 0 && { gaps: gaps.map((gap) => placed(gap, places, objects)) }),
    ...(facts.racesGaveUp && { racesGaveUp: true }),
    texts: texts.all.map((text) => machine.log.texts.at(text)!),
    stacks,
  };
  return { trace: { meta, length: columns.kind.length, columns }, texts: texts.all };
}

/** Numbers from 0 for the texts that rows name: what was said by events that were left out is not in the trace. */
class Renumbered {
  readonly all: number[] = [];
  private readonly numbers = new Map<number, number>();

  of(text: number): number {
    let number = this.numbers.get(text);
    if (number === undefined) this.numbers.set(text, (number = this.all.push(text) - 1));
    return number;
  }
}

/** Of a row of kind GoCreate, whose place is still a pc. */
function birthOf({ obj, a, b, g, place }: Trace['columns'], row: number): Birth {
  return { id: obj[row]!, function: a[row]!, parent: g[row]!, pc: place[row]!, process: b[row]! };
}

/** What a finding names: its sites, and those of a ring that is too long for them. */
const namedIn = ({ sites, ring = [] }: Finding): readonly Site[] => (ring.length > 0 ? [...sites, ...ring] : sites);

/** The births that the trace shows, which are the first where they are a number, and those of the goroutines that findings name. @throws Interrupted */
function birthsOf(cast: Cast, shown: number | Birth[], findings: readonly Finding[], interrupt: Interrupt): Birth[] {
  const named = new Set(findings.flatMap((finding) => namedIn(finding).map(({ g }) => g)));
  const births = typeof shown === 'number' ? [] : shown;
  const first = typeof shown === 'number' ? shown : 0;
  for (const { id } of births) named.delete(id);
  for (let i = 0; i < cast.births; i++) {
    interrupt.worked(WORK_OF_A_ROW);
    const birth = cast.birth(i);
    if (i < first || named.has(birth.id)) births.push(birth);
  }
  return births;
}

/** With places instead of pcs, and of channels those that the trace shows. */
function placed(gap: Gap, places: Places, objects: readonly ObjectMeta[]): Gap {
  const shown = new Set(objects.map(({ id }) => id));
  const kept = [...gap.channels.keys()].filter((i) => shown.has(gap.channels[i]!) && gap.entered[i]! > 0);
  return {
    ...gap,
    places: gap.places.map((pc) => places.ofPc(pc)),
    lasts: gap.lasts.map((pc) => places.ofPc(pc)),
    channels: kept.map((i) => gap.channels[i]!),
    entered: kept.map((i) => gap.entered[i]!),
  };
}

function memoryMeta({ config, kernel, processes }: Machine): MemoryMeta {
  const use = kernel.accounts.useOfAll(processes.map(({ account }) => account));
  return { ...use, limitBytes: config.memory, threads: use.threadStackBytes / config.threadStack };
}

/** As the program declares it; `crawl.lane` runs as process `crawl`, if it declares none. */
function processName({ processes, sources }: Code, index: number): string {
  const { name = '' } = processes[index] ?? {};
  if (name !== '') return name;
  const file = sources[0]?.name ?? 'main';
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.(lane|go)$/, '');
}

function goroutineMeta(machine: Machine, places: Places, birth: Birth): GoroutineMeta {
  const { functions, processes } = machine.code;
  const started = birth.parent === 0 ? processes.find(({ start }) => start === birth.function) : undefined;
  const code = functions[started && started.main >= 0 ? started.main : birth.function];
  // The main function of tests is none that anybody wrote.
  const full = started?.name === '' ? 'main.main' : (code?.name ?? '');
  return {
    id: birth.id,
    name: full.slice(full.lastIndexOf('.') + 1),
    function: full,
    parent: birth.parent,
    createdAt: places.ofPc(birth.pc),
    process: birth.process,
  };
}

function nameObjects(
  { machine, cast, brief }: Recorded,
  places: Places,
  columns: Trace['columns'],
  findings: readonly Finding[],
  interrupt: Interrupt,
): ObjectMeta[] {
  const kinds = new Map<number, ObjectKind>();
  for (let row = 0; row < columns.kind.length; row++) {
    interrupt.worked(WORK_OF_A_ROW);
    const kind = OBJECT_KIND[columns.kind[row]!];
    const id = columns.obj[row]!;
    if (kind !== undefined && id !== 0 && !kinds.has(id)) kinds.set(id, kind);
  }
  for (const finding of findings) {
    for (const { object, op } of namedIn(finding))
      if (object !== 0 && !kinds.has(object)) kinds.set(object, KIND_OF_OP[op] ?? 'variable');
  }
  const book = new AddressBook(machine.code, machine.memory, machine.globals(), interrupt, brief);
  const channels = cast.channels(kinds, interrupt);
  const unnamed = new Map<ObjectKind, number>();
  const namesakes = new Namesakes();
  const named = [...kinds].map(([id, kind]): ObjectMeta => {
    interrupt.worked(WORK_OF_A_RECORD);
    const made = channels.get(id);
    const found =
      kind === 'channel'
        ? channelSite(machine, made?.pc ?? -1)
        : book.describe(id, (type) => TYPE_OF[kind]?.test(type.name) ?? false);
    let name = found.name;
    if (name === '') {
      const count = (unnamed.get(kind) ?? 0) + 1;
      unnamed.set(kind, count);
      name = `${FALLBACK_NAME[kind]} ${count}`;
    } else namesakes.add(id, kind, found);
    const declaredAt =
      found.file >= 0 ? places.ofSpan(found.file, found.start, found.start + name.length) : places.ofPc(found.site);
    return { id, kind, name, type: found.type?.name ?? '', declaredAt, ...(made && { capacity: made.capacity }) };
  });
  const numbers = namesakes.numbers();
  return named.map((meta) => {
    const number = numbers.get(meta.id);
    return number === undefined ? meta : { ...meta, name: numbered(meta.name, number) };
  });
}

/**
 * Objects that the source gives one name: those that one statement makes, each time it is run; channels and locks of whatever statement. They are numbered in
 * the order in which they are met. A variable and what it points to have one name and are made by two statements: neither has a number for that.
 */
class Namesakes {
  private readonly met: {
    readonly id: number;
    readonly root: string;
    readonly site: number;
    readonly block: number;
  }[] = [];
  /** Of channels and locks. */
  private readonly ofAnySite = new Set<string>();

  add(id: number, kind: ObjectKind, { name, site, block }: Described): void {
    const isChannel = kind === 'channel';
    const root = `${isChannel ? 'chan ' : ''}${rootOf(name)}`;
    if (kind !== 'variable') this.ofAnySite.add(root);
    this.met.push({ id, root, site, block: isChannel ? id : block });
  }

  /** By id, of those that share their name with others. What lies in one block has one number. */
  numbers(): ReadonlyMap<number, number> {
    const groups = new Map<string, Map<number, number>>();
    const blocksOf = this.met.map(({ root, site, block }) => {
      const key = this.ofAnySite.has(root) ? root : `${site} ${root}`;
      const blocks = groups.get(key) ?? new Map<number, number>();
      groups.set(key, blocks);
      if (!blocks.has(block)) blocks.set(block, blocks.size + 1);
      return blocks;
    });
    const several = this.met.flatMap(({ id, block }, i) => (blocksOf[i]!.size > 1 ? [[id, blocksOf[i]!.get(block)!] as const] : [])); // prettier-ignore
    return new Map(several);
  }
}

/** A channel is named by the instruction that made it. */
function channelSite(machine: Machine, pc: number): Described {
  const site = machine.code.sites.get(pc >> 2);
  const type = site && machine.code.types[site.type];
  return { name: site?.name ?? '', block: 0, site: pc, file: -1, start: 0, ...(type && { type }) };
}
