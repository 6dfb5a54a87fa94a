/** This file lists the programs of `npm run bench -- go`: plain Go under test/bench/go, whose constant `size` says how much there is to do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/vscode';

export interface GoProgram {
  readonly name: string;
  /** What a test has it do, and what it prints then. */
  readonly small: { readonly size: number; readonly prints: string };
}

/** In the order of the table: the first six are what is common, the last three are what is worst for a race detector. */
export const GO_PROGRAMS: readonly GoProgram[] = [
  { name: 'loop', small: { size: 1000, prints: '499500' } },
  { name: 'mutex', small: { size: 200, prints: '200' } },
  { name: 'pingpong', small: { size: 100, prints: '100' } },
  { name: 'sieve', small: { size: 20, prints: '71' } },
  { name: 'spawn', small: { size: 1000, prints: '499500' } },
  { name: 'million', small: { size: 300, prints: '300' } },
  { name: 'elements', small: { size: 1000, prints: '499500' } },
  { name: 'racy', small: { size: 100, prints: 'true' } },
  { name: 'matmul', small: { size: 20, prints: '7.581e+06' } },
  { name: 'wggo', small: { size: 100, prints: '100' } },
  { name: 'mapfmt', small: { size: 20, prints: '20 20' } },
  { name: 'fib', small: { size: 15, prints: '610' } },
  { name: 'mergesort', small: { size: 20, prints: '336871487' } },
  { name: 'fanout', small: { size: 1000, prints: '1000' } },
  { name: 'chain', small: { size: 20, prints: '4190' } },
  { name: 'joins', small: { size: 20, prints: '56000' } },
];

export const GO_FOLDER = join(ROOT, 'test', 'bench', 'go');

/** The text of a program, with another size unless that is undefined. */
export function goText(name: string, size?: number): string {
  const text = readFileSync(join(GO_FOLDER, `${name}.go`), 'utf8');
  return size === undefined ? text : text.replace(/^const size = [\d_]+$/m, `const size = ${size}`);
}
