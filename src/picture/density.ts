/** This file holds how high lanes are drawn: few of them high, with words, many of them low; no type is smaller for it. */
import type { Box } from './boxes';

/** Measures of lanes in px. */
export interface Density {
  readonly name: 'tall' | 'normal' | 'compact';
  /** Lane of a goroutine, of a lock, of a variable. */
  readonly goroutine: number;
  readonly lock: number;
  readonly variable: number;
  /** Bar of a goroutine that runs, and from its foot to the end of the lane. */
  readonly bar: number;
  readonly foot: number;
  /** From the base line of a lane's title, where it has but one line, to the end of the lane; and air below it in a document. */
  readonly title: number;
  readonly air: number;
  /** From the middle of an event to the base line of the word that says what it reads or writes. */
  readonly raise: number;
  /** From a goroutine's base line to the first number on an arrow of a deadlock. */
  readonly elbow: number;
  /** Channel: above the capacity line, below the base line, and between them where slots are not drawn. */
  readonly channel: { readonly head: number; readonly foot: number; readonly level: number };
  /** Who holds a lock; what a variable is. */
  readonly holder: Box;
  readonly value: Box;
  /** Words above events. */
  readonly words: boolean;
  /** Small words around a picture: number of the core, capacity, who is blocked. */
  readonly notes: boolean;
  /** Values in the slots of buffers; else how many there are. */
  readonly slots: boolean;
}

const NORMAL: Density = {
  name: 'normal',
  goroutine: 56,
  lock: 36,
  variable: 36,
  bar: 24,
  foot: 16,
  title: 17,
  air: 12,
  raise: 16,
  elbow: 26,
  channel: { head: 19, foot: 8, level: 48 },
  holder: { y: 8, height: 18 },
  value: { y: 8, height: 18 },
  words: false,
  notes: true,
  slots: true,
};

export const DENSITIES: Readonly<Record<Density['name'], Density>> = {
  tall: {
    ...NORMAL,
    name: 'tall',
    goroutine: 88,
    lock: 52,
    bar: 28,
    foot: 26,
    title: 26,
    air: 21,
    raise: 20,
    elbow: 38,
    holder: { y: 12, height: 22 },
    words: true,
  },
  normal: NORMAL,
  compact: {
    ...NORMAL,
    name: 'compact',
    goroutine: 36,
    lock: 30,
    variable: 30,
    bar: 16,
    foot: 6,
    title: 10,
    air: 1,
    raise: 12,
    elbow: 20,
    channel: { head: 13, foot: 7, level: 16 },
    holder: { y: 4, height: 17 },
    value: { y: 5, height: 18 },
    notes: false,
    slots: false,
  },
};
