/**
 * This file estimates how long it takes to make of a run what is told of it: from counts of what has been kept so far, and from what each of them took where it was measured.
 * It need not be exact: what takes longer than it says is cut (simulation.ts), and whoever drives many runs learns how far it was off (base/deadline.ts).
 */
import { Kind } from '../event/kinds';
import { namesObject } from './meta';
import type { Pass } from './pass';
import type { Recording } from './recording';

/**
 * Ns of each, with code that has run seldom, as it is at the end of a first run: measured on a core of 2 to 3 GHz, and a quarter more. Alive is whoever is
 * looked at for waits and leaks, a goroutine one that the trace tells of. A word of
 * simulated memory counts for the blocks that are looked through for names.
 */
const COST = { row: 500, alive: 400, goroutine: 4500, object: 5000, choice: 50, piece: 300, word: 1.5 } as const;
const NS_OF_MS = 1e6;

/** Rows that are looked at to estimate how many objects all of them name: so many, one after the other, in so many places. */
const IN_A_ROW = 64;
const PLACES = 16;
/** It is estimated anew when there are more rows by this factor, or has been asked for so often. */
const GROWTH = 1.1;
const OFTEN = 64;

export class Closing {
  private named: Named = { objects: 0, goroutines: 0 };
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
    const { recording, machine, output } = this.pass;
    const rows = recording?.rows ?? 0;
    const { objects, goroutines } = this.namedIn(recording);
    const ns =
      rows * (COST.row + this.perRow) +
      goroutines * COST.goroutine +
      objects * COST.object +
      output.pieces.count * COST.piece +
      choices * COST.choice +
      machine.memory.top * COST.word;
    return ns / NS_OF_MS;
  }

  private namedIn(recording: Recording | undefined): Named {
    if (!recording || (recording.rows < this.rows * GROWTH && this.asked++ < OFTEN)) return this.named;
    this.asked = 0;
    this.rows = recording.rows;
    return (this.named = namedIn(recording));
  }
}

/** How many objects and goroutines a trace tells of. */
interface Named {
  readonly objects: number;
  readonly goroutines: number;
}

/** About: as many objects as its rows name a piece at a time, but where the pieces have the same ones only about as many as that tells. */
export function namedIn(recording: Pick<Recording, 'rows' | 'kindAt' | 'objectAt'>): Named {
  const { rows } = recording;
  const all = new Set<number>();
  let looked = 0;
  let local = 0;
  let created = 0;
  for (let place = 0; place < PLACES; place++) {
    const from = Math.floor((rows * place) / PLACES);
    const here = new Set<number>();
    for (let row = from; row < Math.min(from + IN_A_ROW, Math.floor((rows * (place + 1)) / PLACES)); row++) {
      looked++;
      const [kind, object] = [recording.kindAt(row), recording.objectAt(row)];
      if (kind === Kind.GoCreate) created++;
      else if (object !== 0 && namesObject(kind)) here.add(object);
    }
    local += here.size;
    for (const object of here) all.add(object);
  }
  const perLooked = looked === 0 ? 0 : rows / looked;
  return { objects: Math.min(perLooked * local, poolOf(all.size, local)), goroutines: perLooked * created };
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
