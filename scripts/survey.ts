/**
 * This file surveys how long texts of all shapes take from characters to diagnostics: `npm run survey -- [WORDS] [--characters N] [--sample N] [--most N] [--all]`
 * takes those whose names hold WORDS. A sample of each is read first; of those that took longest for it `--most` (with `--all`, every one) are read whole, each in a
 * process of its own, and told one a line, the slowest last. It ends with 1 when one takes longer than two seconds of the processor.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { ROOT } from '../test/harness/vscode';
import { crossedShapes } from '../test/session/shapes/crossed';
import { SHAPES } from '../test/session/shapes/all';
import type { Answer, Question } from '../test/session/surveyChild';

const OPTIONS = {
  characters: { type: 'string', default: '2000000' },
  sample: { type: 'string', default: '64000' },
  most: { type: 'string', default: '40' },
  all: { type: 'boolean', default: false },
} as const;

/** Seconds of the processor that a text may take. */
const LIMIT = 2;
/** The heap of the simulator. */
const HEAP_MB = 1536;
/** Longest that is waited for one text, in ms. */
const PATIENCE = 120_000;

/** What is told of a text; with a number, why it could not be read. */
type Told = Answer | { readonly failed: string };

const cpuOf = (told: Told): number => ('failed' in told ? Infinity : told.cpu);

/** A process that reads texts. */
class Reader {
  private child: ChildProcess | undefined;

  constructor(private readonly script: string) {}

  async read(question: Question): Promise<Told> {
    const child = (this.child ??= await this.start());
    return new Promise((resolve) => {
      const end = (told: Told): void => {
        clearTimeout(late);
        child.removeAllListeners();
        resolve(told);
      };
      const fail = (failed: string): void => {
        this.end();
        end({ failed });
      };
      const late = setTimeout(() => fail('it hangs'), PATIENCE);
      child.once('message', (answer) => end(answer as Answer));
      child.once('exit', (status, signal) => fail(`the process ended with ${signal ?? String(status)}`));
      child.send(question);
    });
  }

  end(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private start(): Promise<ChildProcess> {
    const child = fork(this.script, [], { execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    return new Promise((resolve) => child.once('message', () => resolve(child)));
  } // prettier-ignore
}

/** Bundled, as what ships is. */
async function bundled(): Promise<string> {
  const outfile = join(ROOT, 'out', 'survey', 'child.cjs');
  const entryPoints = [join(ROOT, 'test', 'session', 'surveyChild.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', loader: { '.go': 'text' }, logLevel: 'error' });
  return outfile;
} // prettier-ignore

function line(shape: string, told: Told): string {
  if ('failed' in told) return `${told.failed}: ${shape}`;
  const { cpu, units, peakMb, diagnostics, compiles } = told;
  const perUnit = (cpu * 1e9) / units;
  return [cpu.toFixed(2), peakMb.toFixed(0), `${diagnostics}${compiles ? ' ok' : ''}`, perUnit.toFixed(1)]
    .map((cell) => cell.padStart(8))
    .concat(` ${shape}`)
    .join('');
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const all = [...SHAPES, ...crossedShapes].map(({ name }) => name);
  const shapes = all.filter((name) => positionals.every((word) => name.includes(word)));
  const reader = new Reader(await bundled());
  const slowest: (readonly [shape: string, cpu: number])[] = [];
  for (const shape of shapes) {
    const told = values.all ? { failed: '' } : await reader.read({ shape, characters: Number(values.sample) });
    slowest.push([shape, cpuOf(told)]);
  }
  slowest.sort(([, one], [, other]) => other - one);
  const whole: (readonly [shape: string, told: Told])[] = [];
  for (const [shape] of slowest.slice(0, values.all ? Infinity : Number(values.most))) {
    reader.end();
    whole.push([shape, await reader.read({ shape, characters: Number(values.characters) })]);
  }
  reader.end();
  whole.sort(([, one], [, other]) => cpuOf(one) - cpuOf(other));
  console.log('   CPU s peak MB   found ns/unit shape');
  for (const [shape, told] of whole) console.log(line(shape, told));
  const late = whole.filter(([, told]) => cpuOf(told) > LIMIT).length;
  console.log(
    `${shapes.length} shapes, ${whole.length} of them at ${values.characters} characters: ${late} take longer than ${LIMIT} s.`,
  );
  return late;
}

void main().then((late) => (process.exitCode = late > 0 ? 1 : 0));
