/** This file lists all shapes. */
import { cases } from './cases';
import { chains } from './chains';
import { declarations } from './declarations';
import { dependencies } from './dependencies';
import { literals } from './literals';
import { nests } from './nests';
import { type Shape } from './shape';
import { statementRows } from './statements';
import { tokens } from './tokens';
import { types } from './types';
import { uses } from './uses';

export const SHAPES: readonly Shape[] = [
  ...nests,
  ...chains,
  ...declarations,
  ...types,
  ...dependencies,
  ...uses,
  ...statementRows,
  ...cases,
  ...literals,
  ...tokens,
];

/** The text of a shape that is nearest to a number of characters, not above it. */
export function textOf(shape: Shape, characters: number): string {
  let n = 1;
  while (shape.text(n * 2).length <= characters) n *= 2;
  for (let step = n / 2; step >= 1; step /= 2) if (shape.text(n + step).length <= characters) n += step;
  return shape.text(n);
}
