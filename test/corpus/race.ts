/**
 * This file runs the tests of Go's race detector (runtime/race/testdata of a Go tree) one at a time through the command line, and judges them by the rule of
 * Go's own runtime/race/race_test.go: a test whose name begins with TestNoRace must report nothing, any other a race.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command of the command line did. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `interlane` with these arguments. */
export type CommandLine = (argv: readonly string[]) => Promise<Ran>;

export interface RaceTest {
  readonly name: string;
  /** Base name of the file that declares it. */
  readonly file: string;
}

/**
 * `right`: as Go says; `skipped`: by itself; `false positive`, `false negative`: it ran to its end and said otherwise; `unsupported`: it reached what is not supported;
 * `refused`: its file does not compile here; `stopped`: it did not end in time; `crash`: a fault of Interlane.
 */
export type Verdict =
  'right' | 'skipped' | 'false positive' | 'false negative' | 'unsupported' | 'refused' | 'stopped' | 'crash';

export interface Judged extends RaceTest {
  readonly verdict: Verdict;
  /** What was missing, or the first line of what went wrong; '' when all is well. */
  readonly why: string;
}

/** The verdicts of tests that ran to their end. */
const ENDED: ReadonlySet<Verdict> = new Set(['right', 'skipped', 'false positive', 'false negative']);
/** Exit statuses of the command line that are not the program's. */
const STATUS: Readonly<Record<number, Verdict>> = { 65: 'refused', 69: 'unsupported', 70: 'crash' };

/** Folder of the tests in a Go tree; undefined where it is missing. */
export function raceFolder(root: string): string | undefined {
  const folder = join(root, 'src', 'runtime', 'race', 'testdata');
  return existsSync(folder) ? folder : undefined;
}

/** Every test of the folder, by file and in source order. */
export function raceTests(folder: string): RaceTest[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('_test.go')).sort(); // prettier-ignore
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(/^func (Test(?:No)?Race\w*)\(/gm)].map((match) => ({ name: match[1]!, file }));
  });
}

/** Most files that one test may need: its own, and those of its helpers. */
const MOST_FILES = 4;

/** Runs one test and judges it. Other files of the package are added when its own says that something is undefined which they declare. */
export async function judge(test: RaceTest, folder: string, interlane: CommandLine): Promise<Judged> {
  const files = [test.file];
  for (;;) {
    const paths = files.map((file) => join(folder, file));
    const ran = await interlane(['run', '--test', test.name, '--cores', '1', '--time-limit', '60s', ...paths]);
    const more =
      ran.status === 65 && files.length < MOST_FILES ? declaring(missingName(ran.stderr), folder) : undefined;
    if (more === undefined || files.includes(more)) {
      const own = ran.stderr.includes(RACE) ? await withoutInit(ran, paths, interlane) : ran;
      return { ...test, ...verdictOf(test.name, own) };
    }
    files.push(more);
  }
}

const RACE = 'WARNING: DATA RACE';
const RULER = '==================\n';
const NOTHING = 'package race_test\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n';

/** Leaves out the reports that belong to no test: those which the initialisation of the package makes, seen with a test that does nothing. */
async function withoutInit(ran: Ran, paths: readonly string[], interlane: CommandLine): Promise<Ran> {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-race-'));
  const nothing = join(scratch, 'nothing_test.go');
  writeFileSync(nothing, NOTHING);
  const init = await interlane(['run', '--test', 'TestNothing', '--cores', '1', ...paths, nothing]);
  rmSync(scratch, { recursive: true });
  const anonymous = (report: string): string => report.replace(/0x[0-9a-f]+/g, '0x');
  const early = new Set(init.stderr.split(RULER).map(anonymous));
  const own = ran.stderr.split(RULER).filter((report) => !report.includes(RACE) || !early.has(anonymous(report)));
  return { ...ran, stderr: own.join(RULER) };
}

function missingName(stderr: string): string | undefined {
  return /: undefined: (\w+)/.exec(stderr)?.[1];
}

/** The file of the folder that declares a name at package level. */
function declaring(name: string | undefined, folder: string): string | undefined {
  if (name === undefined) return undefined;
  const declares = new RegExp(`^(func|var|type|const) ${name}\\b`, 'm');
  return readdirSync(folder).find((file) => file.endsWith('_test.go') && declares.test(readFileSync(join(folder, file), 'utf8')));
} // prettier-ignore

function verdictOf(name: string, { status, stdout, stderr }: Ran): Pick<Judged, 'verdict' | 'why'> {
  const bad = STATUS[status];
  if (bad === 'unsupported') return { verdict: bad, why: /does not have: (.*)\.$/m.exec(stderr)?.[1] ?? '' };
  if (bad === 'refused') return { verdict: bad, why: firstLine(stderr.replace(/^.*: warning: .*\n(\t.*\n)*/gm, '')) };
  if (bad) return { verdict: bad, why: firstLine(stderr) };
  if (/^\S+: budget: /m.test(stderr)) return { verdict: 'stopped', why: 'not over after 60 s' };
  if (/^--- SKIP: /m.test(stdout)) return { verdict: 'skipped', why: /^ {4}\S+: (.*)$/m.exec(stdout)?.[1] ?? '' };
  const found = /WARNING: DATA RACE|fatal error: concurrent map/.test(stderr);
  const wanted = !name.startsWith('TestNoRace');
  if (found === wanted) return { verdict: 'right', why: '' };
  return { verdict: found ? 'false positive' : 'false negative', why: '' };
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replace(/^.*\/(\w+\.go:)/, '$1');
}

// ---------------------------------------------------------------- the table

const COLUMNS: readonly Verdict[] = ['right', 'skipped', 'false positive', 'false negative', 'unsupported', 'refused', 'stopped', 'crash']; // prettier-ignore

/** How many of `judged` ran to their end. */
export function ended(judged: readonly Judged[]): number {
  return judged.filter(({ verdict }) => ENDED.has(verdict)).length;
}

/** One row a file, with totals; then every test that is not right, with the reason. */
export function verdictTable(judged: readonly Judged[]): string {
  const files = [...new Set(judged.map(({ file }) => file))];
  const row = (name: string, tests: readonly Judged[]): string[] => [
    name,
    String(tests.length),
    ...COLUMNS.map((verdict) => String(tests.filter((test) => test.verdict === verdict).length)),
  ];
  const rows = [
    ['file', 'tests', ...COLUMNS],
    ...files.map((file) => row(file, judged.filter((test) => test.file === file))), // prettier-ignore
    row('total', judged),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const lines = rows.map((cells) => cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')); // prettier-ignore
  const wrong = judged.filter(({ verdict }) => verdict !== 'right');
  return [...lines, '', ...wrong.map(({ name, verdict, why }) => `${verdict}: ${name}${why && `: ${why}`}`)].join('\n');
}
