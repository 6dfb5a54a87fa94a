/** This file splits a command line by tables: which commands there are, which flags each takes, what their values are. */
import { UsageError, VALUES, readValue } from './values';
import type { ValueKindName } from './values';

interface FlagRow {
  /** Kind of its value; none: it is a switch. */
  readonly value?: ValueKindName;
  readonly short?: string;
  /** How help shows the value. */
  readonly shown?: string;
  readonly repeats?: true;
  readonly help: string;
}

const FLAG_TABLE = {
  seed: { value: 'seed', shown: 'N', help: 'draw every chance from this seed, 0 to 999999999 (default 42)' },
  cores: { value: 'count', shown: 'N', help: 'number of simulated cores' },
  memory: { value: 'size', shown: 'SIZE', help: 'simulated memory' },
  quantum: { value: 'duration', shown: 'D', help: 'time slice of the simulated kernel' },
  set: { value: 'setting', shown: 'KEY=VALUE', repeats: true, help: 'any key of the machine, or of a budget (budget.goroutines=N)' },
  lang: { value: 'version', shown: 'go1.N', help: 'language version' },
  test: { value: 'text', shown: 'NAME', help: 'run this test: func NAME(t *testing.T)' },
  schedule: { value: 'schedule', shown: 'S', help: 'replay a recorded schedule exactly' },
  'max-steps': { value: 'count', shown: 'N', help: 'stop after so many instructions' },
  'time-limit': { value: 'duration', shown: 'D', help: 'stop after so much real time' },
  json: { help: 'one JSON document on standard output' },
  'no-color': { help: 'no colours (there are none)' },
  output: { value: 'text', short: 'o', shown: 'OUT', help: 'file to write; its ending decides: .json .trace.json .svg' },
  stage: { value: 'text', shown: 'STAGE', help: 'tokens, ast, types, code, events or trace' },
} as const satisfies Record<string, FlagRow>; // prettier-ignore

export type FlagName = keyof typeof FLAG_TABLE;
const FLAGS: Readonly<Record<FlagName, FlagRow>> = FLAG_TABLE;

const MACHINE: readonly FlagName[] = ['cores', 'memory', 'quantum', 'set', 'lang'];
const SIMULATION: readonly FlagName[] = ['seed', ...MACHINE, 'test', 'schedule', 'max-steps', 'time-limit'];

interface CommandRow {
  readonly operands: string;
  readonly help: string;
  /** Undefined: it comes in a later version. */
  readonly flags?: readonly FlagName[];
}

export const COMMANDS = {
  run: { operands: 'FILE…|FOLDER', help: 'simulate once; findings go to standard error', flags: [...SIMULATION, 'json', 'no-color'] },
  check: { operands: 'PATH…', help: 'parse, type-check, lint; no execution', flags: ['lang', 'json', 'no-color'] },
  trace: { operands: 'FILE…|FOLDER -o OUT', help: 'write one execution as JSON, Chrome trace or SVG', flags: [...SIMULATION, 'output', 'no-color'] },
  dump: { operands: '--stage=STAGE FILE…|FOLDER', help: 'what each stage sees, as text', flags: [...SIMULATION, 'stage', 'no-color'] },
  explore: { operands: 'FILE…', help: 'enumerate schedules' },
  test: { operands: 'PATH…', help: 'run tests' },
  fmt: { operands: 'PATH…', help: 'format' },
  sweep: { operands: 'FILE', help: 'what-if tables' },
} as const satisfies Record<string, CommandRow>; // prettier-ignore

export type CommandName = keyof typeof COMMANDS;
const COMMAND_ROWS: Readonly<Record<CommandName, CommandRow>> = COMMANDS;

/** Flags that cli.md knows and this version does not. */
const LATER = new Set(['strategy', 'max-executions', 'run', 'as-go-race', 'sarif', 'explore', 'model', 'workers']);

/** A command line, read. */
export interface Invocation {
  readonly command: CommandName;
  readonly operands: readonly string[];
  /** Values by flag; a switch has ''. */
  readonly flags: Flags;
}

/** Given flags with their values as text, checked to be of their kinds. */
export class Flags {
  private readonly given = new Map<FlagName, string[]>();

  add(name: FlagName, value: string): void {
    if (this.given.has(name) && !FLAGS[name].repeats) throw new UsageError(`--${name} is given twice`);
    this.given.set(name, [...(this.given.get(name) ?? []), value]);
  }

  has(name: FlagName): boolean {
    return this.given.has(name);
  }

  /** Texts of a flag, in order. */
  all(name: FlagName): readonly string[] {
    return this.given.get(name) ?? [];
  }

  text(name: FlagName): string | undefined {
    return this.given.get(name)?.[0];
  }

  /** The value of a flag that takes a number. */
  number(name: FlagName): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(VALUES[FLAGS[name].value!].read(text));
  }
}

/** Reads a command line without the program's name. @throws UsageError */
export function parseArgs(argv: readonly string[]): Invocation | 'help' | 'version' {
  const [first, ...rest] = argv;
  if (argv.includes('--help') || argv.includes('-h') || first === 'help') return 'help';
  if (first === '--version' || first === 'version') return 'version';
  if (first === undefined) throw new UsageError(`expected a command: ${availableCommands()}`);
  if (!Object.hasOwn(COMMANDS, first)) {
    throw new UsageError(`${first.startsWith('-') ? 'expected a command before' : 'no such command:'} ${first}; there are ${availableCommands()}`);
  } // prettier-ignore
  const command = first as CommandName;
  if (!COMMAND_ROWS[command].flags)
    throw new UsageError(`${command} is not in this version; there are ${availableCommands()}`);
  return { command, ...split(command, rest) };
}

function availableCommands(): string {
  return (Object.keys(COMMANDS) as CommandName[]).filter((name) => COMMAND_ROWS[name].flags).join(', ');
}

function split(command: CommandName, rest: readonly string[]): { operands: string[]; flags: Flags } {
  const operands: string[] = [];
  const flags = new Flags();
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!;
    if (word === '--') {
      if (i + 1 < rest.length) throw new UsageError('arguments for the program are not in this version');
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const [, dashed, inline] = /^(--?[^=]*)(?:=(.*))?$/s.exec(word)!;
    const name = flagNamed(command, dashed!);
    const row = FLAGS[name];
    if (!row.value && inline !== undefined) throw new UsageError(`${dashed} takes no value`);
    const value = row.value ? (inline ?? rest[++i]) : '';
    if (value === undefined) throw new UsageError(`${dashed}: expected ${VALUES[row.value!].expected}`);
    if (row.value) readValue<unknown>(VALUES[row.value], dashed!, value);
    flags.add(name, value);
  }
  return { operands, flags };
}

function flagNamed(command: CommandName, dashed: string): FlagName {
  const taken = COMMAND_ROWS[command].flags!;
  const found = taken.find(
    (name) => dashed === `--${name}` || (FLAGS[name].short !== undefined && dashed === `-${FLAGS[name].short}`),
  );
  if (found) return found;
  if (LATER.has(dashed.slice(2))) throw new UsageError(`${dashed} is not in this version`);
  throw new UsageError(`${command} has no flag ${dashed}; it takes ${taken.map((name) => `--${name}`).join(' ')}`);
}

/** The text of --help. */
export function helpText(): string {
  const commands = (Object.entries(COMMAND_ROWS) as [CommandName, CommandRow][]).filter(([, row]) => row.flags);
  const flags = Object.entries(FLAGS).map(([name, row]): [string, string] => {
    const short = row.short ? `-${row.short}, ` : '';
    return [`${short}--${name}${row.shown ? ` ${row.shown}` : ''}`, row.help];
  });
  return [
    'interlane COMMAND [FLAGS] FILE…   (- is standard input)',
    '',
    ...columns(commands.map(([name, row]): [string, string] => [`${name} ${row.operands}`, row.help])),
    '',
    ...columns(flags),
    '',
    'Exit status: the program\'s own; 2 panic, fatal error or deadlock; 66 data race; 69 reached what is not supported; 65 does not compile; 64 wrong usage; 70 internal error;',
    '74 the output cannot be written; 130 and 143 ended by Ctrl-C (SIGINT) or SIGTERM, with what was found so far; check: 0 clean, 1 findings.',
    '',
  ].join('\n'); // prettier-ignore
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}
