/** This file makes traces of any size, straight into columns: goroutines that run, touch shared memory, wait for a lock and become ready again. */
import { Kind } from '../../src/event/kinds';
import { Random } from '../../src/base/random';
import { Wait } from '../../src/event/wait';
import type { Trace, TraceColumns } from '../../src/trace/store';

const CORES = 4;
const MU = 100;
const HITS = 104;
/** Rows and spans of one round of one goroutine: run, write, block, ready. */
const ROWS_PER_ROUND = 4;
const SLICES_PER_ROUND = 3;

/** A trace with about `slices` state spans on `goroutines` lanes. */
export function bigTrace(slices: number, goroutines = 40): Trace {
  const rounds = Math.ceil(slices / SLICES_PER_ROUND);
  const rows = rounds * ROWS_PER_ROUND;
  const random = new Random(1);
  const columns: TraceColumns = {
    kind: new Uint8Array(rows),
    step: new Int32Array(rows),
    time: new Float64Array(rows),
    g: new Int32Array(rows),
    core: new Int16Array(rows).fill(-1),
    thread: new Int32Array(rows).fill(-1),
    obj: new Int32Array(rows),
    a: new Int32Array(rows),
    b: new Int32Array(rows),
    lo: new Int32Array(rows),
    hi: new Int32Array(rows),
    place: new Int32Array(rows).fill(-1),
  };
  let time = 0;
  let row = 0;
  const add = (kind: number, step: number, g: number, obj: number, a: number, core: number): void => {
    columns.kind[row] = kind;
    columns.step[row] = step;
    columns.time[row] = time += 20 + random.below(200);
    columns.g[row] = g;
    columns.obj[row] = obj;
    columns.a[row] = a;
    columns.core[row] = core;
    columns.place[row] = kind === Kind.Write ? g % 5 : -1;
    row++;
  };
  for (let round = 0; round < rounds; round++) {
    const g = 1 + ((round + random.below(3)) % goroutines);
    const core = round % CORES;
    add(Kind.GoRun, round - 1, g, g, core, core);
    add(Kind.Write, round, g, HITS, 1, core);
    add(Kind.GoBlock, round, g, round % 3 === 0 ? MU : 0, round % 3 === 0 ? Wait.mutexLock : Wait.select, core);
    add(Kind.GoReady, round, 0, g, core, -1);
  }
  return { meta: metaOf(goroutines, rounds, time), length: rows, columns };
}

function metaOf(goroutines: number, steps: number, endTime: number): Trace['meta'] {
  const place = { file: 0, column: 2, endColumn: 9, function: 'main.worker' };
  return {
    schema: 'interlane.trace/1',
    files: ['big.lane'],
    places: Array.from({ length: 5 }, (_, i) => ({ ...place, line: 10 + i, endLine: 10 + i })),
    goroutines: Array.from({ length: goroutines }, (_, i) => ({
      id: i + 1,
      name: i === 0 ? 'main' : 'worker',
      function: i === 0 ? 'main.main' : 'main.worker',
      parent: i === 0 ? 0 : 1,
      createdAt: -1,
      process: 1,
    })),
    objects: [
      { id: MU, kind: 'mutex', name: 'mu', type: 'sync.Mutex', declaredAt: -1 },
      { id: HITS, kind: 'variable', name: 'hits', type: 'int', declaredAt: -1 },
    ],
    threads: [],
    processes: [{ id: 1, name: 'big', parent: 0 }],
    cores: CORES,
    seed: 1,
    schedule: '',
    steps,
    endTime,
    outcome: 'exited',
    status: 0,
    instructions: steps,
    truncated: false,
    texts: [],
    stacks: [],
  };
}
