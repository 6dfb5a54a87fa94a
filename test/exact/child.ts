/** This file is a process of its own that tells the fingerprints of programs: of so many generated ones, and of files or else all that are recorded. */
import { basename } from 'node:path';
import { readFileSync } from 'node:fs';
import { benchmarks, compileFile, examples, generated, testPrograms, type Compiled } from './programs';
import { lineOfRun, runName, type Chance } from './recorded';

const [many, ...files] = process.argv.slice(2);

const CHANCES: readonly Chance[] = [
  { seed: 1, scheduler: 'simulated' },
  { seed: 2, scheduler: 'controlled' },
];

function* programs(): Generator<Compiled> {
  if (files.length > 0) {
    for (const file of files) yield* compileFile(basename(file), readFileSync(file, 'utf8'));
    return;
  }
  yield* examples();
  yield* benchmarks();
  yield* testPrograms();
  for (let number = 0; number < Number(many); number++) yield generated(number);
}

for (const compiled of programs()) {
  for (const chance of CHANCES) process.send!([runName(compiled, chance), lineOfRun(compiled, chance)]);
}
process.disconnect();
