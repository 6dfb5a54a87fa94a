/** This file keeps failures: each under its signature, as an input that can be judged again, and as a program that a person can read. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../harness/vscode';
import type { FuzzInput } from './inputs';
import type { Fault } from './jobs';

export interface Failure {
  readonly fault: Fault;
  /** Seed and number, as long as the corpus and the mutators are what they were. */
  readonly seed: number;
  readonly number: number;
  /** As small as it was made. */
  readonly input: FuzzInput;
}

/** Writes a failure; @returns the file, as a person in the project's folder would name it. */
export function saveFailure(failure: Failure, folder = join(ROOT, '.cache', 'fuzz')): string {
  mkdirSync(folder, { recursive: true });
  const name = createHash('sha256').update(failure.fault.signature).digest('hex').slice(0, 10);
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(failure, null, 2) + '\n');
  for (const { name: source, text } of failure.input.sources) writeFileSync(join(folder, `${name}-${source}`), text);
  return relative(ROOT, file);
}

export function readFailure(file: string): Failure {
  return JSON.parse(readFileSync(file, 'utf8')) as Failure;
}

export function recipe(file: string): string {
  return `npm run fuzz -- --replay ${file}`;
}
