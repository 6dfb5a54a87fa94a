/**
 * This file estimates how long it takes to make of a run what is told of it: from counts of what has been kept so far, and from what each of them took where it was measured.
 * It need not be exact: what takes longer than it says is cut (simulation.ts), and whoever drives many runs learns how far it was off (base/deadline.ts).
 */
import { namesObject } from './meta';
import type { Pass } from './pass';
import type { Recording } from './recording';

/**
 * Ns of each, with code that has run seldom, as it is at the end of a first run: measured at 1 to 4 ms for a thousand of each on a core of 2 to 3 GHz, and a quarter more. A word of
 * simulated memory counts for the blocks that are looked through for names.
 */
const COST = { row: 500, alive: 2000, goroutine: 1500, object: 5000, choice: 50, piece: 300, word: 1.5 } as const;
const NS_OF_MS = 1e6;

/** Rows that are looked at to estimate how many objects all of them name: so many, one after the other, in so many places. */
const IN_A_ROW = 64;
const PLACES = 16;
/** It is estimated anew when there are more rows by this factor, or has been asked for so often. */
const GROWTH = 1.1;
const OFTEN = 64;

export class Closing {
  private objects = 0;
  private rows = 0;
  private asked = 0;

  /** @param perRow ns that whoever drives the simulation takes for a row of the trace, to pass it on */
  constructor(
    private readonly pass: Pass,
    private readonly perRow: number,
  ) {}

  /** Ms to find out who waits for whom, when the run ends here. */
  get findingMs(): number {
    return (this.pass.machine.alive * COST.alive) / NS_OF_MS;
  }

  /** Ms to make trace and sentences. @param choices that were made */
  tellingMs(choices: number): number {
    const { recording, machine, cast, output } = this.pass;
    const rows = recording?.rows ?? 0;
    const ns =
      rows * (COST.row + this.perRow) +
      Math.min(cast.births, rows) * COST.goroutine +
      this.objectsOf(recording) * COST.object +
      output.pieces.count * COST.piece +
      choices * COST.choice +
      machine.memory.top * COST.word;
    return ns / NS_OF_MS;
  }

  private objectsOf(recording: Recording | undefined): number {
    if (!recording) return 0;
    if (recording.rows < this.rows * GROWTH && this.asked++ < OFTEN) return this.objects;
    this.asked = 0;
    this.rows = recording.rows;
    return (this.objects = objectsIn(recording));
  }
}

/** How many objects a trace names, about: as many as its rows do a piece at a time, but where the pieces have the same ones only about as many as that tells. */
export function objectsIn(recording: Pick<Recording, 'rows' | 'kindAt' | 'objectAt'>): number {
  const { rows } = recording;
  const all = new Set<number>();
  let looked = 0;
  let local = 0;
  for (let place = 0; place < PLACES; place++) {
    const from = Math.floor((rows * place) / PLACES);
    const here = new Set<number>();
    for (let row = from; row < Math.min(from + IN_A_ROW, Math.floor((rows * (place + 1)) / PLACES)); row++) {
      looked++;
      const object = recording.objectAt(row);
      if (object !== 0 && namesObject(recording.kindAt(row))) here.add(object);
    }
    local += here.size;
    for (const object of here) all.add(object);
  }
  const most = looked === 0 ? 0 : (rows * local) / looked;
  return Math.min(most, poolOf(all.size, local));
}

/** How many there are of which `drawn` draws, each of any of them, have met `met`: met = all · (1 − e^(−drawn / all)). */
function poolOf(met: number, drawn: number): number {
  if (met >= drawn) return Infinity;
  let [low, high] = [met, (drawn * drawn) / Math.max(1, drawn - met)];
  for (let i = 0; i < 32; i++) {
    const middle = (low + high) / 2;
    if (middle * (1 - Math.exp(-drawn / middle)) < met) low = middle;
    else high = middle;
  }
  return high;
}
