/** This file knows where the boxes of a track stand in their lane; what draws them and what finds them under the pointer both ask. */
import type { Track } from '../timeline/model';
import type { Density } from './density';
import { SLOT_HEIGHT, type LaneRow } from './layout';

/** Px from the top of the lane, and height. */
export interface Box {
  readonly y: number;
  readonly height: number;
}

const THREAD: Box = { y: 6, height: 19 };
const GOROUTINE: Box = { y: 4, height: 24 };

/** Box of a track's spans; undefined where they are not boxes but bars, levels or lines. */
export function boxOf(row: LaneRow, { role, slot = 0 }: Track, density: Density): Box | undefined {
  switch (role) {
    case 'slot':
      return { y: row.height - density.channel.foot - (slot + 1) * SLOT_HEIGHT + 1.5, height: SLOT_HEIGHT - 3 };
    case 'holders':
      return density.holder;
    case 'values':
      return density.value;
    case 'threads':
    case 'pending':
      return THREAD;
    case 'goroutines':
      return GOROUTINE;
    default:
      return undefined;
  }
}
