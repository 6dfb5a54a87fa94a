/** This file makes a trace out of a recording: it numbers places, names goroutines and objects, and interns stacks. */
import type { Finding } from '../detect/finding';
import { Kind } from '../event/kinds';
import type { Machine } from '../machine/machine';
import type { GoroutineMeta, MemoryMeta, ObjectKind, ObjectMeta, TraceMeta } from '../trace/meta';
import type { Trace } from '../trace/store';
import { AddressBook, type Described } from './describe';
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

export interface Facts {
  readonly seed: number;
  readonly schedule: string;
  readonly outcome: { readonly kind: string; readonly status: number };
  readonly racesGaveUp: boolean;
}

export function buildTrace(
  machine: Machine,
  recording: Recording,
  places: Places,
  findings: readonly Finding[],
  facts: Facts,
): Trace {
  const columns = recording.recorder.take();
  for (let row = 0; row < columns.place.length; row++) columns.place[row] = places.ofPc(columns.place[row]!);
  const objects = nameObjects(machine, recording, places, columns, findings);
  const goroutines = recording.births.map((birth) => goroutineMeta(machine, places, birth));
  const stacks = machine.world.stacks
    .toArray()
    .map((stack) => stack.map((frame) => places.ofPc(frame.pc)).filter((place) => place >= 0));
  const { stats, code } = machine;
  const meta: TraceMeta = {
    schema: 'interlane.trace/1',
    files: code.sources.map((source) => source.name),
    places: places.list,
    goroutines,
    objects,
    threads: recording.threads,
    processes: recording.processes.map((process) => ({
      ...process,
      name: processName(code.sources[0]?.name ?? 'main'),
    })),
    cores: machine.config.cores,
    memory: memoryMeta(machine),
    seed: facts.seed,
    schedule: facts.schedule,
    steps: recording.recorder.steps,
    endTime: stats.virtualNs,
    outcome: facts.outcome.kind,
    status: facts.outcome.status,
    instructions: stats.steps,
    truncated: recording.recorder.truncated,
    ...(facts.racesGaveUp && { racesGaveUp: true }),
    texts: machine.log.texts.toArray(),
    stacks,
  };
  return { meta, length: columns.kind.length, columns };
}

/** Of the first process. */
function memoryMeta({ config, kernel, processes }: Machine): MemoryMeta {
  const use = kernel.accounts.use(processes[0]!.account);
  return { ...use, limitBytes: config.memory, threads: use.threadStackBytes / config.threadStack };
}

/** `crawl.lane` runs as process `crawl`. */
function processName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.(lane|go)$/, '');
}

function goroutineMeta(machine: Machine, places: Places, birth: Recording['births'][number]): GoroutineMeta {
  const info = machine.code.functions[birth.function];
  const isMain = birth.parent === 0 && birth.function === machine.code.start;
  const full = isMain ? 'main.main' : (info?.name ?? '');
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
  machine: Machine,
  recording: Recording,
  places: Places,
  columns: Trace['columns'],
  findings: readonly Finding[],
): ObjectMeta[] {
  const kinds = new Map<number, ObjectKind>();
  for (let row = 0; row < columns.kind.length; row++) {
    const kind = OBJECT_KIND[columns.kind[row]!];
    const id = columns.obj[row]!;
    if (kind !== undefined && id !== 0 && !kinds.has(id)) kinds.set(id, kind);
  }
  for (const finding of findings) {
    for (const { object } of finding.sites) if (object !== 0 && !kinds.has(object)) kinds.set(object, 'variable');
  }
  const book = new AddressBook(machine.code, machine.memory, machine.globals());
  const unnamed = new Map<ObjectKind, number>();
  return [...kinds].map(([id, kind]): ObjectMeta => {
    const made = recording.channels.get(id);
    const found =
      kind === 'channel'
        ? channelSite(machine, made?.pc ?? -1)
        : book.describe(id, (type) => TYPE_OF[kind]?.test(type.name) ?? false);
    let name = found.name;
    if (name === '') {
      const count = (unnamed.get(kind) ?? 0) + 1;
      unnamed.set(kind, count);
      name = `${FALLBACK_NAME[kind]} ${count}`;
    }
    const declaredAt =
      found.file >= 0 ? places.ofSpan(found.file, found.start, found.start + name.length) : places.ofPc(found.site);
    return { id, kind, name, type: found.type?.name ?? '', declaredAt, ...(made && { capacity: made.capacity }) };
  });
}

/** A channel is named by the instruction that made it. */
function channelSite(machine: Machine, pc: number): Described {
  const site = machine.code.sites.get(pc >> 2);
  const type = site && machine.code.types[site.type];
  return { name: site?.name ?? '', site: pc, file: -1, start: 0, ...(type && { type }) };
}
