/** This file names what a trace talks about: goroutines, objects, threads, places. */
import type { GoroutineMeta, ObjectMeta, Place } from '../trace/meta';
import { placeMark } from '../trace/placeWords';
import { counted, durationText, grouped } from '../trace/quantity';
import type { Trace } from '../trace/store';
import { wordText } from '../values/word';

/** Words for the kinds of objects, as a programmer says them. */
const KIND_WORDS: Readonly<Record<ObjectMeta['kind'], string>> = {
  channel: 'chan',
  mutex: 'Mutex',
  rwmutex: 'RWMutex',
  waitgroup: 'WaitGroup',
  once: 'Once',
  cond: 'Cond',
  timer: 'Timer',
  variable: 'variable',
};

/** `M2`: threads are counted from 0, whatever the kernel calls them. */
export const threadName = ({ meta }: Trace, id: number): string => `M${id - (meta.threads[0]?.id ?? 0)}`;

export class Names {
  readonly objects = new Map<number, ObjectMeta>();
  /** By id; undefined where goroutines stand in the order of their ids, as they do in traces that we make: there they are found by bisection. */
  private readonly byId: ReadonlyMap<number, GoroutineMeta> | undefined;

  constructor(readonly trace: Trace) {
    const { goroutines } = trace.meta;
    const ordered = goroutines.every(({ id }, i) => i === 0 || goroutines[i - 1]!.id < id);
    this.byId = ordered ? undefined : new Map(goroutines.map((meta) => [meta.id, meta]));
    for (const meta of trace.meta.objects) this.objects.set(meta.id, meta);
  }

  meta(id: number): GoroutineMeta | undefined {
    if (this.byId) return this.byId.get(id);
    const { goroutines } = this.trace.meta;
    let low = 0;
    let high = goroutines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (goroutines[middle]!.id < id) low = middle + 1;
      else high = middle;
    }
    return goroutines[low]?.id === id ? goroutines[low] : undefined;
  }

  /** `G3 worker`. */
  goroutine(id: number): string {
    const name = this.meta(id)?.name;
    return name ? `G${id} ${name}` : `G${id}`;
  }

  /** `queue`; one without a name is called by its id. */
  object(id: number): string {
    return this.objects.get(id)?.name ?? (id === 0 ? 'nothing' : `object ${id}`);
  }

  /** `WaitGroup`, `chan`. */
  kind(id: number): string {
    const kind = this.objects.get(id)?.kind;
    return kind ? KIND_WORDS[kind] : 'object';
  }

  /** What stands after the name in a lane's header: `chan int`, `Mutex`, `int`. */
  typeOf(id: number): string {
    const meta = this.objects.get(id);
    if (!meta) return '';
    return meta.kind === 'channel' || meta.kind === 'variable' ? meta.type : KIND_WORDS[meta.kind];
  }

  /** `M2`. */
  thread(id: number): string {
    return threadName(this.trace, id);
  }

  place(row: number): Place | undefined {
    return row < 0 ? undefined : this.trace.meta.places[this.trace.columns.place[row]!];
  }

  /** ` :14` or ` queue.go:14`, with the space; '' where the place is unknown. */
  line(place: number): string {
    const { files, places } = this.trace.meta;
    const at = places[place];
    return at ? ` ${placeMark(files, at)}` : '';
  }

  /** The value of a send, receive, read, write or atomic event as Go prints it; ''. */
  value(row: number): string {
    const { obj, lo, hi } = this.trace.columns;
    const meta = this.objects.get(obj[row]!);
    if (!meta) return '';
    const type = meta.kind === 'channel' ? elementType(meta.type) : meta.type;
    return wordText(type, lo[row]!, hi[row]!);
  }

  /** A text of the program's, quoted and cut. */
  text(index: number, most = 40): string {
    const text = this.trace.meta.texts[index] ?? '';
    return JSON.stringify(text.length > most ? `${text.slice(0, most - 1)}…` : text);
  }

  duration(nanoseconds: number): string {
    return durationText(nanoseconds);
  }
}

/** Goroutines that are named in a line; the rest are counted. */
const NAMED = 3;

/** `G3`, `G3, G4, G5 and 2 more`. `total`: of which these are the first that are known. */
export function goroutinesText(goroutines: readonly number[], most = NAMED, total = goroutines.length): string {
  const names = goroutines.slice(0, most).map((g) => `G${g}`);
  const more = total - names.length;
  if (names.length === 0) return counted(total, 'goroutine');
  return names.join(', ') + (more > 0 ? ` and ${grouped(more)} more` : '');
}

/** Type of the elements of a channel type: `int` for `chan int`, `<-chan int`, `chan<- int`. */
function elementType(channelType: string): string {
  return channelType.replace(/^(<-\s*)?chan(<-)?\s*/, '');
}
