/** This file gathers the bodies of all native functions under the full names that package std gives them. */
import type { NativeBody } from './args';
import { atomicNatives } from './atomic';
import { goNatives } from './go';
import { laneNatives } from './lane';
import { mathNatives } from './math';
import { printNatives } from './print';
import { randNatives } from './rand';
import { sortNatives } from './sort';
import { syncNatives } from './sync';
import { testingNatives } from './testing';
import { timeNatives } from './time';

export type { NativeBody };

export const nativeTable: Readonly<Record<string, NativeBody>> = {
  ...atomicNatives,
  ...goNatives,
  ...laneNatives,
  ...mathNatives,
  ...sortNatives,
  ...printNatives,
  ...randNatives,
  ...syncNatives,
  ...testingNatives,
  ...timeNatives,
};
