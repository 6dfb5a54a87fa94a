/**
 * This file hunts for inputs that no stage survives: `npm run fuzz -- [--minutes N] [--seed S] [--workers W] [--first N] [--inputs N]`, or `--replay FILE` for one that was found.
 *
 * A seed and a number make an input, on every machine, as long as corpus and mutators are the same. The default seed never changes, so that what `npm test` finds
 * it finds again, here and elsewhere, until it is mended; who wants other inputs gives another seed. It ends with 1 when something was found.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readFailure, recipe } from '../test/fuzz/failures';
import { faultOf, Hunt } from '../test/fuzz/hunt';
import { Sandbox } from '../test/fuzz/sandbox';

const OPTIONS = {
  minutes: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  first: { type: 'string', default: '0' },
  inputs: { type: 'string', default: String(Number.MAX_SAFE_INTEGER) },
  replay: { type: 'string' },
} as const;

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text !== '' && value >= least) return value;
  console.error(`--${name}: expected a number from ${least}, not ${text}`);
  process.exit(64);
}

async function replay(file: string): Promise<boolean> {
  const { fault, input } = readFailure(file);
  const sandbox = new Sandbox();
  const now = await faultOf(input, sandbox);
  sandbox.end();
  console.log(now ? `${now.signature}\n${now.message}\n${now.stack}` : `Nothing is wrong with it any more. It was: ${fault.signature}`);
  return now === undefined;
} // prettier-ignore

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.replay !== undefined) return replay(values.replay);
  const seed = number('seed', values.seed, 0);
  const hunt = new Hunt({
    minutes: number('minutes', values.minutes, 0),
    seed,
    workers: number('workers', values.workers, 1),
    first: number('first', values.first, 0),
    inputs: number('inputs', values.inputs, 1),
    tell: (line) => console.log(line),
  });
  console.log(`Seed ${seed}; another --seed gives other inputs.`);
  await hunt.run();
  console.log(hunt.summary());
  const most = [...hunt.caught].sort(([, a], [, b]) => b.times - a.times);
  for (const [signature, { times, file }] of most) console.log(`${String(times).padStart(6)} × ${signature}\n         ${recipe(file)}`); // prettier-ignore
  return hunt.caught.size === 0;
}

void main().then((good) => {
  process.exitCode = good ? 0 : 1;
});
