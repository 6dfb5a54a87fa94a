/** This file knows where the boxes of a track stand in their lane; what draws them and what finds them under the pointer both ask. */
import type { Track } from '../timeline/model';
import { CHANNEL_FOOT, SLOT_HEIGHT, type LaneRow } from './layout';

/** Px from the top of the lane, and height. */
export interface Box {
  readonly y: number;
  readonly height: number;
}

const HOLDER: Box = { y: 8, height: 18 };
const TALL_HOLDER: Box = { y: 12, height: 22 };
const THREAD: Box = { y: 6, height: 19 };
const GOROUTINE: Box = { y: 4, height: 24 };

/** Box of who holds a lock. */
export const holderBox = (tall: boolean): Box => (tall ? TALL_HOLDER : HOLDER);

/** Box of a track's spans; undefined where they are not boxes but bars, levels or lines. */
export function boxOf(row: LaneRow, { role, slot = 0 }: Track, tall: boolean): Box | undefined {
  switch (role) {
    case 'slot':
      return { y: row.height - CHANNEL_FOOT - (slot + 1) * SLOT_HEIGHT + 1.5, height: SLOT_HEIGHT - 3 };
    case 'holders':
      return holderBox(tall);
    case 'values':
      return HOLDER;
    case 'threads':
    case 'pending':
      return THREAD;
    case 'goroutines':
      return GOROUTINE;
    default:
      return undefined;
  }
}
