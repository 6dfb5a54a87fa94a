/**
 * This file is `npm run bench`: it measures every case in interleaved rounds, prints medians with their spread beside the targets, and writes
 * bench-results.json. Names on the command line select cases; `go` stands for the table of whole processes beside real Go (go.ts), which takes long and is not
 * measured unless it is asked for. Timings are never asserted: machines are noisy.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../harness/vscode';
import type { BenchCase } from './case';
import { measureGo } from './go';

/** Files that export `cases`, loaded only when one of their cases is wanted. */
const SUITES: readonly (() => Promise<{ cases: readonly BenchCase[] }>)[] = [
  () => import('./vm'),
  () => import('./channels'),
  () => import('./trace'),
  () => import('./panel'),
  () => import('./cli'),
  () => import('./editor'),
];

interface Result {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly target?: number;
  readonly met?: boolean;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  if (wanted[0] === 'go') {
    save(measureGo(wanted.slice(1)));
    return;
  }
  const suites = await Promise.all(SUITES.map((load) => load()));
  const cases = suites
    .flatMap((suite) => suite.cases)
    .filter((one) => wanted.length === 0 || wanted.some((name) => one.name.startsWith(name)));
  const samples = new Map<string, number[]>(cases.map((one) => [one.name, []]));
  const rounds = Math.max(0, ...cases.map((one) => one.rounds ?? 5));
  for (let round = 0; round < rounds; round++) {
    for (const one of cases) {
      if (round < (one.rounds ?? 5)) samples.get(one.name)!.push(await one.measure());
    }
  }
  for (const one of cases) await one.close?.();
  const results = cases.map((one) => summarise(one, samples.get(one.name)!));
  print(results);
  save(results);
}

function save(results: readonly object[]): void {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, load: loadavg() };
  writeFileSync(
    join(ROOT, 'bench-results.json'),
    JSON.stringify({ schema: 'interlane.bench/1', machine, results }, null, 2),
  );
}

function summarise({ name, unit, target, better }: BenchCase, values: readonly number[]): Result {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1]!;
  const base = { name, unit, median, low: sorted[0]!, high: sorted.at(-1)! };
  return target === undefined
    ? base
    : { ...base, target, met: better === 'higher' ? median >= target : median <= target };
}

function print(results: readonly Result[]): void {
  const show = (value: number): string =>
    value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  const rows = results.map((r) => [
    r.name,
    show(r.median),
    `${show(r.low)}–${show(r.high)}`,
    r.unit,
    r.target === undefined ? '' : show(r.target),
    r.met === undefined ? '' : r.met ? 'met' : 'missed',
  ]);
  const head = ['case', 'median', 'spread', 'unit', 'target', ''];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  for (const row of [head, ...rows])
    console.log(
      row.map((cell, i) => (i === 1 || i === 4 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  '),
    );
}

void main();
