/** This file lays out what programs need here, as Go builds them, and with the race detector of Go. */
import type { Usage } from './usage';

/** One measurement. */
export interface Cell extends Pick<Usage, 'wall' | 'cpu' | 'peak'> {
  /** All that it printed, without the last newline. */
  readonly prints: string;
}

/** What there is to measure, in the order of the table; `awake`: without the second that a program built with -race sleeps at its end. */
export const COLUMNS = {
  ours: 'interlane',
  beside: 'beside',
  go: 'go',
  race: 'go -race',
  awake: 'without sleep',
} as const;
export type ColumnName = keyof typeof COLUMNS;

/** Measurements of one program, by column. */
export type Cells = Readonly<Partial<Record<ColumnName, readonly Cell[]>>>;

/** Of the detector with its sleep only the real time is another. */
const FIELDS: Readonly<Record<ColumnName, readonly (keyof Usage & keyof Cell)[]>> = {
  ours: ['wall', 'cpu', 'peak'],
  beside: ['wall', 'cpu', 'peak'],
  go: ['wall', 'cpu', 'peak'],
  race: ['wall'],
  awake: ['wall', 'cpu', 'peak'],
};

/** The words of a row. A factor says how many times as fast as the detector of Go, without its sleep, Interlane is. */
export function row(name: string, cells: Cells): string[] {
  const columns = shownColumns(cells);
  const figures = columns.flatMap((column) => FIELDS[column].map((field) => shown(median(cells[column], field), field)));
  const factors = (['wall', 'cpu'] as const).map((field) => shown(median(cells.awake, field) / median(cells.ours, field), field));
  return [name, ...figures, ...factors, note(cells)];
} // prettier-ignore

/** The two lines above the rows: whose figures they are, and which. */
export function head(cells: Cells): [string[], string[]] {
  const columns = shownColumns(cells);
  const titles = columns.flatMap((column) => FIELDS[column].map((_, i) => (i === 0 ? COLUMNS[column] : '')));
  const units = columns.flatMap((column) => FIELDS[column].map((field) => (field === 'peak' ? 'MB' : field)));
  return [
    ['', ...titles, 'factor', '', ''],
    ['program', ...units, 'wall', 'cpu', ''],
  ];
}

/** Columns of equal width, the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((words) => words[i]!.length)));
  const last = widths.length - 1;
  const pad = (word: string, i: number): string => i === 0 || i === last ? word.padEnd(widths[i]!) : word.padStart(widths[i]!);
  return rows.map((words) => words.map(pad).join('  ').trimEnd()).join('\n');
} // prettier-ignore

/** Another Interlane has columns only where there is one. */
function shownColumns(cells: Cells): readonly ColumnName[] {
  return (Object.keys(COLUMNS) as ColumnName[]).filter((name) => name !== 'beside' || cells.beside !== undefined);
}

export function median(cells: readonly Cell[] | undefined, field: 'wall' | 'cpu' | 'peak'): number {
  const sorted = (cells ?? []).map((cell) => cell[field]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

function shown(value: number, field: string): string {
  return Number.isFinite(value) ? value.toFixed(field === 'peak' ? 0 : 2) : '';
}

/** Who printed something else than the program built by Go, or else than the others. */
function note(cells: Cells): string {
  const right = (cells.go ?? cells.ours)?.[0]?.prints;
  const wrong = (Object.keys(cells) as ColumnName[]).filter((name) => name !== 'awake').flatMap((name) => {
    const other = cells[name]!.find(({ prints }) => prints !== right);
    return other ? [`${COLUMNS[name]} prints ${other.prints === '' ? 'nothing' : JSON.stringify(other.prints.slice(0, 40))}`] : [];
  });
  return wrong.join(', ');
} // prettier-ignore
