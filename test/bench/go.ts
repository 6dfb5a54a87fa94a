/**
 * This file is `npm run bench -- go [PROGRAMS]`: whole processes of Interlane beside real Go, plain and with its race detector, on the same programs, interleaved.
 * `--rounds N`: measurements of each, 5 unless set. `--beside CLI`: another Interlane's dist/cli.js, in columns of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../harness/vscode';
import { goRoot } from '../support/go-tree';
import { GO_FOLDER, GO_PROGRAMS } from './goPrograms';
import { aligned, head, median, row, type Cell, type Cells, type ColumnName } from './goTable';
import { usageOf } from './usage';

const OPTIONS = { rounds: { type: 'string', default: '5' }, beside: { type: 'string' } } as const;

/** As far as each budget goes: a program is measured to its end. */
const LIFTED = [
  '--max-steps',
  '1000000000000',
  '--time-limit',
  '24h',
  '--set',
  'budget.memory=1024',
  '--set',
  'budget.goroutines=10000000',
];

/** How to start a program, by column. */
type Commands = ReadonlyMap<ColumnName, { readonly command: readonly string[]; readonly env?: NodeJS.ProcessEnv }>;

/** Measures the programs that are named, or all; @returns what was measured, for the file of results. */
export function measureGo(args: readonly string[]): object[] {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const unknown = positionals.filter((asked) => !GO_PROGRAMS.some(({ name }) => name === asked));
  if (unknown.length > 0)
    throw new Error(
      `no program is called ${unknown.join(', ')}: there are ${GO_PROGRAMS.map(({ name }) => name).join(', ')}`,
    );
  const programs = GO_PROGRAMS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-bench-go-'));
  try {
    const go = goCommand();
    if (go === undefined) console.log('No go command on this machine: its columns are empty.');
    const commands = new Map(programs.map(({ name }) => [name, commandsOf(name, go, values.beside, scratch)]));
    const measured = measure(commands, Number(values.rounds));
    const rows = [...measured].map(([name, cells]) => row(name, cells));
    if (rows.length > 0) console.log(aligned([...head([...measured.values()][0]!), ...rows]));
    return [...measured].map(([name, cells]) => ({ name, ...mediansOf(cells) }));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function goCommand(): string | undefined {
  const candidates = ['go', join(goRoot() ?? '', 'bin', 'go')];
  return candidates.find((go) => spawnSync(go, ['version']).status === 0);
}

/** Builds the program where there is Go. */
function commandsOf(name: string, go: string | undefined, beside: string | undefined, scratch: string): Commands {
  const file = join(GO_FOLDER, `${name}.go`);
  const interlane = (cli: string): readonly string[] => [process.execPath, cli, 'run', ...LIFTED, file];
  const commands = new Map<ColumnName, { command: readonly string[]; env?: NodeJS.ProcessEnv }>();
  commands.set('ours', { command: interlane(join(ROOT, 'dist', 'cli.js')) });
  if (beside !== undefined) commands.set('beside', { command: interlane(beside) });
  if (go === undefined) return commands;
  const plain = built(go, [], file, join(scratch, name));
  if (plain) commands.set('go', { command: [plain] });
  const race = built(go, ['-race'], file, join(scratch, `${name}-race`));
  if (race) {
    commands.set('race', { command: [race] });
    commands.set('awake', { command: [race], env: { ...process.env, GORACE: 'atexit_sleep_ms=0' } });
  }
  return commands;
}

/** The program as Go builds it; undefined, with what Go says, where it does not (the race detector needs a C compiler). */
function built(go: string, flags: readonly string[], file: string, output: string): string | undefined {
  const { status, stderr } = spawnSync(go, ['build', ...flags, '-o', output, file], { encoding: 'utf8' });
  if (status === 0) return output;
  console.log(`go build ${flags.join(' ')} ${file}: ${stderr}`);
  return undefined;
}

function measure(commands: ReadonlyMap<string, Commands>, rounds: number): Map<string, Cells> {
  const measured = new Map<string, Partial<Record<ColumnName, Cell[]>>>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, columns] of commands) {
      const cells = measured.get(name) ?? {};
      measured.set(name, cells);
      for (const [column, { command, env }] of columns) {
        const { stdout, ...usage } = usageOf(command, env);
        (cells[column] ??= []).push({ ...usage, prints: stdout.trimEnd() });
      }
    }
  }
  return measured;
}

function mediansOf(cells: Cells): object {
  const entries = Object.entries(cells).map(([column, each]) => [
    column,
    { wall: median(each, 'wall'), cpu: median(each, 'cpu'), peakMB: median(each, 'peak') },
  ]);
  return Object.fromEntries(entries) as object;
}
