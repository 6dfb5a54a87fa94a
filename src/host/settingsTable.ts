/**
 * This file lists the settings, and makes of whatever stands in a settings file a value that can be used. VS Code marks a wrong value in the settings file and hands it
 * out all the same; package.json declares what is listed here, and a test compares them.
 */
import { budgetRow, BUDGET_NAMES } from '../base/budgets';
import { machineKeys } from '../base/machineKeys';
import { visibleLine } from '../base/visible';

interface NumberRow {
  readonly type: 'integer';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}
interface BooleanRow {
  readonly type: 'boolean';
  readonly default: boolean;
}
export type SettingRow = NumberRow | BooleanRow;

const whole = (standard: number, minimum: number, maximum: number): NumberRow => ({
  type: 'integer',
  default: standard,
  minimum,
  maximum,
});
const flag = (standard: boolean): BooleanRow => ({ type: 'boolean', default: standard });

const { cores } = machineKeys;

const own = {
  'run.onType': flag(true),
  'run.delay': whole(300, 0, 10_000),
  'run.seed': whole(42, 0, 999_999_999),
  'machine.cores': whole(cores.default, cores.min, cores.max),
  'editor.inlineResults': flag(true),
  'editor.codeLens': flag(true),
} as const satisfies Readonly<Record<string, SettingRow>>;

const budgets = BUDGET_NAMES.map(budgetRow).map((row) => [row.key, whole(row.default, row.min, row.max)] as const);

/** Every setting by its key, without `interlane.`. */
export const SETTINGS: ReadonlyMap<string, SettingRow> = new Map<string, SettingRow>([
  ...Object.entries(own),
  ...budgets,
]);

/** What these say concerns what is shown in the editor, not what comes of a run. */
const SHOWN_ONLY = 'editor.';
/** Those on which it depends what comes of a run, or whether there is one; with `interlane.`. */
const OF_RUNS = [...SETTINGS.keys()].filter((key) => !key.startsWith(SHOWN_ONLY)).map((key) => `interlane.${key}`);

/** Whether programs are to run again. @param affects whether a change affects a setting */
export function changesRuns(affects: (setting: string) => boolean): boolean {
  return OF_RUNS.some(affects);
}

type Own = typeof own;
type KeyOf<Row> = { [K in keyof Own]: Own[K] extends Row ? K : never }[keyof Own];

/** Something in a settings file that cannot be used as it is. */
export interface Complaint {
  /** With `interlane.`. */
  readonly key: string;
  /** A sentence that names the setting, what it is, what was expected, and what is used in its place. */
  readonly message: string;
}

/** Reads settings out of whatever a settings file says, and collects what is wrong with it. */
export class SettingsReader {
  readonly complaints: Complaint[] = [];

  /** @param get what a settings file says of a key, without `interlane.`; undefined: nothing */
  constructor(private readonly get: (key: string) => unknown) {}

  number(key: KeyOf<NumberRow>): number {
    return this.whole(key, own[key]);
  }

  boolean(key: KeyOf<BooleanRow>): boolean {
    const value = this.get(key);
    if (typeof value === 'boolean') return value;
    return this.inPlaceOf(key, value, 'true or false', own[key].default);
  }

  /** The value of a budget's key, in the key's unit. */
  budget(key: string): number {
    return this.whole(key, SETTINGS.get(key) as NumberRow);
  }

  private whole(key: string, row: NumberRow): number {
    const { minimum, maximum } = row;
    const value = this.get(key);
    const isWhole = Number.isInteger(value);
    if (isWhole && (value as number) >= minimum && (value as number) <= maximum) return value as number;
    const nearest = isWhole ? Math.min(Math.max(value as number, minimum), maximum) : row.default;
    return this.inPlaceOf(key, value, `a whole number from ${minimum} to ${maximum}`, nearest);
  }

  /** Notes a wrong value; one that is not there is none. @returns what is used in its place */
  private inPlaceOf<T extends number | boolean>(key: string, value: unknown, expected: string, used: T): T {
    if (value === undefined) return used;
    const name = `interlane.${key}`;
    const message = `The setting ${name} is ${shown(value)}, where ${expected} was expected: ${used} is used.`;
    this.complaints.push({ key: name, message });
    return used;
  }
}

/** Characters of a wrong value that are shown. */
const SHOWN = 40;

/** A value as in a settings file, on one line. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined; // nothing of what JSON does not have
  const text = typeof value === 'number' ? String(value) : (json ?? typeof value);
  return visibleLine(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
