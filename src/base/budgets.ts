/**
 * This file lists the budgets of a run: what it may use up before it is stopped, with a finding that says so. The settings, the command line, the machine and
 * the words of findings read them here, so that each has one name, one default and one pair of limits wherever it is met.
 */

export interface BudgetRow {
  /** As `--set` takes it, and, after `interlane.`, the settings. */
  readonly key: string;
  /** A value of the key counts these … */
  readonly unit: string;
  /** … and each of them so many units of the budget's name: bytes, words, nanoseconds. */
  readonly factor: number;
  /** In the key's unit, as the limits, which are whole numbers. */
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** What a person calls it. */
  readonly called: string;
  /** A flag of the command line's own for it. */
  readonly flag?: string;
}

const HOUR_IN_MS = 3_600_000;

/** By name, in the order of documentation. */
export const budgetRows = {
  steps: {
    key: 'budget.instructions',
    unit: 'instructions',
    factor: 1,
    default: 50_000_000,
    min: 1,
    max: 1_000_000_000_000,
    called: 'instructions',
    flag: '--max-steps',
  },
  /** Real time, in ms: only who drives a run can measure it. */
  wallTime: {
    key: 'budget.wallTime',
    unit: 'milliseconds',
    factor: 1,
    default: 10_000,
    min: 100,
    max: 24 * HOUR_IN_MS,
    called: 'real time',
    flag: '--time-limit',
  },
  // Virtual nanoseconds are whole numbers up to 2⁵³, which is 104 days.
  virtualNs: {
    key: 'budget.virtualTime',
    unit: 'seconds',
    factor: 1e9,
    default: 86_400,
    min: 1,
    max: 9_000_000,
    called: 'virtual time',
  },
  memoryWords: {
    key: 'budget.memory',
    unit: 'megabytes',
    factor: (1024 * 1024) / 4,
    default: 256,
    min: 1,
    max: 1024,
    called: 'memory',
  },
  goroutines: {
    key: 'budget.goroutines',
    unit: 'goroutines',
    factor: 1,
    default: 250_000,
    min: 1,
    max: 10_000_000,
    called: 'goroutines at once',
  },
  outputBytes: {
    key: 'budget.output',
    unit: 'kilobytes',
    factor: 1024,
    default: 1024,
    min: 1,
    max: 256 * 1024,
    called: 'output',
  },
  /** Of what the timeline shows; a run goes on when it is spent, and is watched for faults to its end. */
  traceRows: {
    key: 'trace.maxEvents',
    unit: 'events',
    factor: 1,
    default: 200_000,
    min: 1000,
    max: 5_000_000,
    called: 'events of the timeline',
  },
} as const satisfies Readonly<Record<string, BudgetRow>>;

export type BudgetName = keyof typeof budgetRows;

/** What a run may use up, in the units of the names. */
export type Budgets = Readonly<Record<BudgetName, number>>;

/** The names, in the order of documentation. */
export const BUDGET_NAMES = Object.keys(budgetRows) as readonly BudgetName[];

export function budgetRow(name: BudgetName): BudgetRow {
  return budgetRows[name];
}

/** The budget that a key is of. */
export function budgetOfKey(key: string): BudgetName | undefined {
  return BUDGET_NAMES.find((name) => budgetRows[name].key === key);
}

/** A value for each, given how much each is in its key's unit. */
export function budgetsFrom(valueOf: (row: BudgetRow) => number): Budgets {
  const budgets = BUDGET_NAMES.map((name) => [name, valueOf(budgetRows[name]) * budgetRows[name].factor]);
  return Object.fromEntries(budgets) as Budgets;
}

export const DEFAULT_BUDGETS: Budgets = budgetsFrom((row) => row.default);
