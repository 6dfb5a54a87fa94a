/** This file defines what the pictures over the lanes are put into: they are drawn with each frame of the pointer, their words are placed with those of the lanes. */
import type { Labels } from './labels';
import type { Scene } from './scene';
import type { Surface } from './surface';

/** What lies over the lanes, while it is collected. */
export interface Over {
  readonly scene: Scene;
  /** Measures type as the surface does on which it will be drawn. */
  readonly type: Pick<Surface, 'measure'>;
  readonly labels: Labels;
  /** Lines and marks, drawn in this order. */
  readonly later: ((surface: Surface) => void)[];
}
