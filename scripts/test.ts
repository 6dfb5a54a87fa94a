/**
 * This file runs every check and test, or the steps named on the command line, and ends with the line "N passed, N failed".
 * `--grep PATTERN` narrows the steps `unit`, `host` and `ui` to the tests whose names match. `--fuzz-minutes N` is the length of the step `fuzz`,
 * `--fuzz-seed S` what it starts from.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXAMPLES } from '../test/harness/examples';
import { COUNTS_FILE, runHostSuite, type Counts } from '../test/harness/host-suite';
import { ROOT } from '../test/harness/vscode';
import { stage } from './package/contents';

/** Programs of node_modules by their JavaScript file: started by this Node, they need no shell on any platform. */
const TOOLS = {
  tsc: 'typescript/bin/tsc',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  knip: 'knip/bin/knip.js',
  mocha: 'mocha/bin/mocha.js',
  grammar: 'vscode-tmgrammar-test/dist/unit.js',
} as const;

const TYPE_PROJECTS = [
  'tsconfig.lib.json',
  'src/launch/tsconfig.json',
  'src/worker/tsconfig.json',
  'src/host/tsconfig.json',
  'src/cli/tsconfig.json',
  'src/webview/tsconfig.json',
  'tsconfig.json',
];

const OPTIONS = {
  'fuzz-minutes': { type: 'string', default: '2' },
  'fuzz-seed': { type: 'string', default: '1' },
  grep: { type: 'string', default: '' },
} as const;

const { values: flags, positionals: wanted } = parseArgs({ options: OPTIONS, allowPositionals: true });

const NOTHING: Counts = { passed: 0, failed: 0 };

/** Every step by its name on the command line, in order. */
const STEPS: Readonly<Record<string, () => Promise<Counts>>> = {
  build: async () => sum([await node(['esbuild.js']), await node(['esbuild.js', '--host-tests'])]),
  types: checkTypes,
  lint: () => tool('eslint', '.', '--max-warnings=0'),
  format: () => tool('prettier', '--check', '--log-level=warn', '.'),
  unused: () => tool('knip'),
  // Two files at a time: a test computes, and waits for nothing outside. Of more, those that measure memory would get less than they ask for.
  unit: () =>
    mocha('20000', 'test/**/*.test.ts', '--ignore=test/host/**', '--ignore=test/ui/**', '--parallel', '--jobs=2'),
  fuzz: () =>
    node([
      '--require',
      './test/harness/go-text.cjs',
      '--import=tsx',
      'scripts/fuzz.ts',
      '--minutes',
      flags['fuzz-minutes'],
      '--seed',
      flags['fuzz-seed'],
      // So many that a fast machine looks at what a slow one did, and at nothing that nobody has seen.
      '--inputs',
      '6000',
    ]),
  grammar: testGrammar,
  host: testHost,
  ui: () => mocha('120000', 'test/ui/**/*.test.ts'),
};

/** Those that say nothing while all is well and use one core each: two of them run at a time. They stand beside each other in {@link STEPS}. */
const QUIET: ReadonlySet<string> = new Set(['types', 'lint', 'format', 'unused']);

async function main(): Promise<void> {
  const unknown = wanted.filter((name) => !(name in STEPS));
  if (unknown.length > 0) {
    console.error(`No step is called ${unknown.join(', ')}. Steps: ${Object.keys(STEPS).join(' ')}`);
    process.exit(64);
  }
  const rows: string[] = [];
  let total = NOTHING;
  const run = async (name: string): Promise<void> => {
    console.log(`\n=== ${name}`);
    const start = performance.now();
    const counts = await STEPS[name]!().catch((error: unknown): Counts => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    rows.push(
      `${name.padEnd(8)} ${String(counts.passed).padStart(6)} ${String(counts.failed).padStart(6)} ${seconds.padStart(7)} s`,
    );
    total = sum([total, counts]);
  };
  const names = Object.keys(STEPS).filter((name) => wanted.length === 0 || wanted.includes(name));
  const isQuiet = (name: string): boolean => QUIET.has(name);
  for (let at = 0; at < names.length;) {
    const together = isQuiet(names[at]!) ? names.slice(at).filter(isQuiet) : [names[at]!];
    at += together.length;
    await twoAtATime(together, run);
  }
  console.log(`\nstep     passed failed      time\n${rows.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function sum(all: readonly Counts[]): Counts {
  return all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), NOTHING);
}

/** Runs the suite of the extension host on the extension as it is packed: a file that is left out is missed here. */
function testHost(): Promise<Counts> {
  const extension = join(ROOT, 'out', 'package');
  stage(extension);
  return runHostSuite({ tests: join(ROOT, 'out', 'host', 'index.js'), folder: EXAMPLES, extension, grep: flags.grep });
}

/** Does what is to be done with each of a list, in its order, two of them at a time. */
async function twoAtATime<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all];
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  };
  await Promise.all([worker(), worker()]);
}

/** Compiles all projects, without output. */
async function checkTypes(): Promise<Counts> {
  const results: Counts[] = [];
  for (const project of TYPE_PROJECTS) {
    const cache = join('.cache', 'tsc', `${project.replaceAll('/', '-')}.tsbuildinfo`);
    results.push(await tool('tsc', '--project', project, '--incremental', '--tsBuildInfoFile', cache));
  }
  return sum(results);
}

/** Runs the grammar's own test files one by one, so that each counts. */
async function testGrammar(): Promise<Counts> {
  const folder = join(ROOT, 'test', 'grammar');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.lane')) : [];
  const results: Counts[] = [];
  for (const file of files) results.push(await tool('grammar', `test/grammar/${file}`));
  return sum(results);
}

/** Runs mocha and takes its own count; one that ends without counting, or ends badly all the same, has failed. */
async function mocha(timeoutMs: string, ...args: string[]): Promise<Counts> {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-counts-'));
  const file = join(scratch, 'counts.json');
  const options = ['--ui=tdd', '--import=tsx', '--reporter=test/harness/reporter.cjs', `--timeout=${timeoutMs}`];
  if (flags.grep !== '') options.push(`--grep=${flags.grep}`);
  const run = await node([join('node_modules', TOOLS.mocha), ...options, ...args], { [COUNTS_FILE]: file });
  const counts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Counts) : NOTHING;
  rmSync(scratch, { recursive: true, force: true });
  return counts.failed === 0 && run.failed > 0 ? { ...counts, failed: 1 } : counts;
}

async function tool(name: keyof typeof TOOLS, ...args: string[]): Promise<Counts> {
  return node([join('node_modules', TOOLS[name]), ...args]);
}

/** Runs a Node program in the project's folder: one passed, or one failed. */
async function node(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Counts> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (status) => {
      resolve(status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    });
  });
}

mkdirSync(join(ROOT, '.cache', 'tsc'), { recursive: true });
void main();
