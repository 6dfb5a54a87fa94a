/**
 * This file compares what two versions of the machine do: `npm run test:exact -- --against FOLDER [FILES]` runs programs with this checkout's machine and with
 * that of another, and says of each which part of its fingerprint differs. Without FILES they are the examples, those that stand in tests, and generated ones.
 * Without `--against` all generated programs are held to their recorded fingerprints.
 */
import { fork } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build as bundle, type Plugin } from 'esbuild';
import { GENERATED, generatedDifferences } from '../test/exact/generatedRuns';
import { differingParts } from '../test/exact/recorded';
import { ROOT } from '../test/harness/vscode';

const OPTIONS = { against: { type: 'string' }, generated: { type: 'string', default: '300' } } as const;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.against === undefined) return recordedOnes();
  const args = [values.generated, ...positionals.map((file) => resolve(file))];
  const [before, now] = await Promise.all([
    linesOf(resolve(values.against), 'before', args),
    linesOf(ROOT, 'now', args),
  ]);
  return compare(before, now);
}

function recordedOnes(): number {
  const differences = generatedDifferences(GENERATED);
  for (const line of differences) console.log(line);
  console.log(`${GENERATED} generated programs: ${differences.length} differ from what is recorded.`);
  return differences.length;
}

function compare(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): number {
  let differ = 0;
  for (const [run, line] of now) {
    if (before.get(run) === line) continue;
    differ++;
    console.log(`${run}: ${differingParts(before.get(run) ?? 'missing', line)}`);
  }
  console.log(`${now.size} runs: ${differ} differ.`);
  return differ;
}

/** The lines of the runs of a checkout by their names: this one's way of looking at them, around that one's machine. */
async function linesOf(root: string, name: string, args: readonly string[]): Promise<ReadonlyMap<string, string>> {
  // Two folders below the root, as the sources are: they look for programs from there.
  const outfile = join(ROOT, 'out', 'exact', `${name}.cjs`);
  await bundle({
    entryPoints: [join(ROOT, 'test', 'exact', 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    loader: { '.go': 'text' },
    logLevel: 'error',
    nodePaths: [join(ROOT, 'node_modules')],
    plugins: [sourcesOf(root)],
  });
  const child = fork(outfile, args, { cwd: ROOT });
  const lines = new Map<string, string>();
  child.on('message', ([run, line]: [string, string]) => lines.set(run, line));
  return new Promise((done, failed) => {
    child.once('exit', (status) => (status === 0 ? done(lines) : failed(new Error(`${root}: ended with ${status}`))));
  });
}

/** Takes whatever lies under `src/` from another checkout. */
function sourcesOf(root: string): Plugin {
  const from = join(ROOT, 'src');
  return {
    name: 'sources of another checkout',
    setup(build) {
      build.onResolve({ filter: /^(\.\.\/)+src\// }, ({ path, resolveDir }) => {
        const file = resolve(resolveDir, path);
        return file.startsWith(from) ? { path: `${join(root, 'src', file.slice(from.length))}.ts` } : undefined;
      });
    },
  };
}

void main().then((differ) => (process.exitCode = differ > 0 ? 1 : 0));
