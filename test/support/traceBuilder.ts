/** This file builds traces by hand, a row at a time, for tests of whatever reads them. */
import { IS_STEP, Kind } from '../../src/event/kinds';
import type { EventName } from '../../src/event/kinds';
import type { GoroutineMeta, ObjectKind, ObjectMeta, Place, TraceMeta } from '../../src/trace/meta';
import type { Trace, TraceColumns } from '../../src/trace/store';

/** Fields of a row; those left out are 0, or -1 where that means none. */
export interface RowFields {
  readonly g?: number;
  readonly obj?: number;
  readonly a?: number;
  readonly b?: number;
  /** 64-bit value. */
  readonly value?: number;
  readonly core?: number;
  readonly thread?: number;
  readonly time?: number;
  /** Line of the only file; 0: no place. */
  readonly line?: number;
}

type Row = Required<RowFields> & { readonly kind: number; readonly step: number };

export class TraceBuilder {
  private readonly rows: Row[] = [];
  private readonly places: Place[] = [];
  private readonly placeOfLine = new Map<string, number>();
  private readonly goroutines: GoroutineMeta[] = [];
  private readonly objects: ObjectMeta[] = [];
  private readonly texts: string[] = [];
  private step = -1;
  /** Time of rows that do not say theirs. */
  now = 0;

  constructor(
    private readonly program: string,
    private readonly cores = 2,
    private readonly outcome = 'exited',
  ) {}

  get length(): number {
    return this.rows.length;
  }

  goroutine(id: number, name: string, parent = 0): this {
    this.goroutines.push({ id, name, function: `main.${name}`, parent, createdAt: -1, process: 1 });
    return this;
  }

  object(id: number, kind: ObjectKind, name: string, type: string, capacity?: number): this {
    this.objects.push({ id, kind, name, type, declaredAt: -1, ...(capacity === undefined ? {} : { capacity }) });
    return this;
  }

  text(text: string): number {
    return this.texts.push(text) - 1;
  }

  /** Appends a row; returns its number. */
  add(name: EventName, fields: RowFields = {}): number {
    const kind = Kind[name];
    if (IS_STEP[kind] === 1) this.step++;
    const none = { g: 0, obj: 0, a: 0, b: 0, value: 0, core: -1, thread: -1, time: this.now, line: 0 };
    return this.rows.push({ ...none, ...fields, kind, step: this.step }) - 1;
  }

  build(): Trace {
    const column = (of: (row: Row) => number): number[] => this.rows.map(of);
    const places = column((row) => this.place(row));
    const columns: TraceColumns = {
      kind: Uint8Array.from(column((row) => row.kind)),
      step: Int32Array.from(column((row) => row.step)),
      time: Float64Array.from(column((row) => row.time)),
      g: Int32Array.from(column((row) => row.g)),
      core: Int16Array.from(column((row) => row.core)),
      thread: Int32Array.from(column((row) => row.thread)),
      obj: Int32Array.from(column((row) => row.obj)),
      a: Int32Array.from(column((row) => row.a)),
      b: Int32Array.from(column((row) => row.b)),
      lo: Int32Array.from(column((row) => row.value | 0)),
      hi: Int32Array.from(column((row) => Math.floor(row.value / 2 ** 32))),
      place: Int32Array.from(places),
    };
    return { meta: this.meta(), length: this.rows.length, columns };
  }

  private place(row: Row): number {
    if (row.line === 0) return -1;
    const name = this.goroutines.find((goroutine) => goroutine.id === row.g)?.function ?? 'main.main';
    const key = `${name}:${row.line}`;
    let place = this.placeOfLine.get(key);
    if (place === undefined) {
      const { line } = row;
      place = this.places.push({ file: 0, line, column: 2, endLine: line, endColumn: 9, function: name }) - 1;
      this.placeOfLine.set(key, place);
    }
    return place;
  }

  private meta(): TraceMeta {
    const threads = new Set(this.rows.map((row) => row.thread).filter((thread) => thread >= 0));
    return {
      schema: 'interlane.trace/1',
      files: [`${this.program}.lane`],
      places: this.places,
      goroutines: this.goroutines,
      objects: this.objects,
      threads: [...threads].sort((left, right) => left - right).map((id) => ({ id, process: 1 })),
      processes: [{ id: 1, name: this.program, parent: 0 }],
      cores: this.cores,
      seed: 42,
      schedule: '',
      steps: this.step + 1,
      endTime: this.rows.reduce((latest, row) => Math.max(latest, row.time), 0),
      outcome: this.outcome,
      status: 0,
      instructions: this.rows.length * 10,
      truncated: false,
      texts: this.texts,
      stacks: [],
    };
  }
}
