/**
 * This file says what a goroutine does where the cursor stands: headers, tooltips, the table and code cursors have it from here, so that none contradicts the slice
 * under the cursor. At a step that is what the goroutine does while the step happens; what follows from it stands half a column later.
 */
import { Kind } from '../event/kinds';
import { WAIT_REASONS, type WaitName } from '../event/wait';
import { gapsOf, numberIn, sumsAt, type Gap } from '../trace/gaps';
import { UNRECORDED } from '../trace/goroutineStates';
import { wholePercent } from '../trace/quantity';
import type { TraceIndex } from '../trace/rows';
import type { Trace } from '../trace/store';
import type { TraceClock } from './clock';
import { WAIT_SENTENCES } from './describe';
import type { GoroutineFold } from './goroutines';
import { STATES, type Axis, type GoroutineState, type State } from './model';
import { goroutinesText, type Names } from './names';
import type { Run, SpanStore } from './spans';
import type { RoleTracks } from './track';

/** What {@link Doing.codeAt} says of goroutines that are in no state. */
export const NOT_STARTED = -1;
export const ENDED = -2;

export const NOT_RECORDED = 'not recorded';

const LOCK_WAITS: ReadonlySet<WaitName> = new Set<WaitName>(['mutexLock', 'rwMutexLock', 'rwMutexRLock']);

export interface DoingContext {
  readonly names: Names;
  readonly index: TraceIndex;
  readonly fold: GoroutineFold;
  readonly clock: TraceClock;
  readonly states: RoleTracks;
  readonly runsOn: RoleTracks;
  readonly holdersAt: (lock: number, row: number) => readonly number[];
}

export class Doing {
  constructor(private readonly context: DoingContext) {}

  /** What a goroutine does at a place of an axis. */
  at(id: number, axis: Axis, x: number): GoroutineState {
    const none = { goroutine: id, state: undefined, core: -1, object: 0, place: -1, holders: [] };
    const span = this.spanAt(id, axis, x);
    if (span < 0) return { ...none, text: span === NOT_STARTED ? 'not started' : 'ended' };
    const { trace } = this.context.names;
    const { store } = this.context.states.spans(id);
    const [code, firstRow] = [store.code[span]!, store.firstRow[span]!];
    if (code === UNRECORDED) return { ...none, state: 'unrecorded', text: unrecordedWords(trace, id, firstRow)[0]! };
    const place = this.placeAt(id, axis, x);
    const line = this.context.names.line(place);
    const known = { ...none, state: STATES[code]!, place };
    if (firstRow >= 0 && trace.columns.kind[firstRow] === Kind.GoBlock)
      return { ...known, ...this.wait(firstRow, line, this.context.clock.rowAt(axis, x)) };
    const core = known.state === 'running' ? this.coreAt(id, axis, x) : -1;
    return { ...known, core, text: `${this.words(known.state, id, span, core)}${line}` };
  }

  private words(state: State, id: number, span: number, core: number): string {
    if (state === 'running') return core < 0 ? 'running' : `on core ${core}`;
    if (state === 'runnable') return this.hasRun(id, span) ? 'ready' : 'ready, not started';
    return 'system call';
  }

  /** Index into STATES; or {@link NOT_STARTED}, {@link ENDED}. */
  codeAt(id: number, axis: Axis, x: number): number {
    const span = this.spanAt(id, axis, x);
    return span < 0 ? span : this.context.states.spans(id).store.code[span]!;
  }

  /** The span of a goroutine's states over a place; {@link NOT_STARTED}, {@link ENDED}. */
  private spanAt(id: number, axis: Axis, x: number): number {
    const { fold, states } = this.context;
    if (!(id > 0 && id < fold.seen.length) || fold.seen[id] === 0) return NOT_STARTED;
    const { store, run } = states.spans(id);
    const at = lastBeginning(store, run, axis, x);
    if (at < 0) return NOT_STARTED;
    return isOpenAt(store, at, axis, x) ? at : ENDED;
  }

  private coreAt(id: number, axis: Axis, x: number): number {
    const { store, run } = this.context.runsOn.spans(id);
    const at = lastBeginning(store, run, axis, x);
    return at >= 0 && isOpenAt(store, at, axis, x) ? store.code[at]! : -1;
  }

  /** Whether a goroutine that is ready has run before: the first of its states is to be ready for the first time. */
  private hasRun(id: number, span: number): boolean {
    const { states, names } = this.context;
    const { store, run } = states.spans(id);
    return span > run.from || names.trace.columns.kind[store.firstRow[span]!] !== Kind.GoCreate;
  }

  /** `waits for mu :20, held by G3`. */
  private wait(blockRow: number, line: string, row: number): Pick<GoroutineState, 'object' | 'holders' | 'text'> {
    const { names, holdersAt } = this.context;
    const { obj, a, b } = names.trace.columns;
    const reason = WAIT_REASONS[a[blockRow]!]?.name ?? 'none';
    const [object, name] = [obj[blockRow]!, names.object(obj[blockRow]!)];
    const words =
      reason === 'waitGroupWait' ? `waits for ${name}` : WAIT_SENTENCES[reason](name, names.duration(b[blockRow]!));
    const holders = LOCK_WAITS.has(reason) ? holdersAt(object, row) : [];
    return {
      object,
      holders,
      text: `${words}${line}${holders.length > 0 ? `, held by ${goroutinesText(holders)}` : ''}`,
    };
  }

  /** Place of the last thing that a goroutine did, else of the statement that created it; -1. */
  private placeAt(id: number, axis: Axis, x: number): number {
    const { clock, index, fold, names } = this.context;
    const { kind, place, obj } = names.trace.columns;
    const rows = index.rowsOfGoroutine(id);
    const past = this.gapBefore(id, axis, x);
    for (let i = this.countUpTo(rows, axis, x) - 1; i >= 0 && rows[i]! >= (past?.end ?? 0); i--) {
      // What makes it ready is the place of another.
      if (place[rows[i]!]! >= 0 && kind[rows[i]!] !== Kind.GoReady) return place[rows[i]!]!;
    }
    if (past) return past.lasts[numberIn(past, id)]!;
    const birth = fold.firstRow[id]!;
    const isCreated = birth >= 0 && kind[birth] === Kind.GoCreate && obj[birth] === id;
    return isCreated && clock.edgeOf(birth, axis) <= x ? place[birth]! : -1;
  }

  /** The last gap that begins before a place and leaves out a statement of a goroutine. */
  private gapBefore(id: number, axis: Axis, x: number): Gap | undefined {
    const { names, clock } = this.context;
    return gapsOf(names.trace)
      .filter((gap) => clock.xOf(gap.row, axis) <= x && (gap.lasts[numberIn(gap, id)] ?? -1) >= 0)
      .pop();
  }

  /** How many rows of one goroutine stand at or before a place: along a lane positions never decrease. */
  private countUpTo(rows: Int32Array, axis: Axis, x: number): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.context.clock.xOf(rows[middle]!, axis) <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The last span of a run that begins at or before a place; -1. */
function lastBeginning(store: SpanStore, { from, to }: Run, axis: Axis, x: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (store.start(middle, axis) <= x) low = middle + 1;
    else high = middle;
  }
  return low > from ? low - 1 : -1;
}

/** Whether a span that has begun has not ended at a place; one that is open when the run ends does not end. */
const isOpenAt = (store: SpanStore, at: number, axis: Axis, x: number): boolean =>
  store.lastRow[at]! < 0 || store.end(at, axis) > x;

/** By state code: as a share of time. */
const WORDS_OF_SUMS = ['running', 'ready', 'blocked on channels', 'blocked on locks', 'in system calls', 'asleep'];

/** What a gap tells of a goroutine in sums, from long to short: `not recorded: 61 % running, 39 % ready`. `row`: at which it begins. */
export function unrecordedWords(trace: Trace, goroutine: number, row: number): readonly string[] {
  const percent = wholePercent([...sumsAt(trace, goroutine, row)]);
  const told = percent.flatMap((share, code) => (share > 0 ? [`${share} % ${WORDS_OF_SUMS[code]!}`] : []));
  return [...(told.length > 0 ? [`${NOT_RECORDED}: ${told.join(', ')}`] : []), NOT_RECORDED];
}
