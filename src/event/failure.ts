/**
 * This file defines the codes of failures: what a panic or a fatal error is. Whoever raises it says the code, and the code travels with it as data; its text is
 * for people only. `panic("index out of range: mine")` is a panic of the program's own, whatever it says.
 */

interface Row {
  /** The panic's value is a runtime.Error; otherwise a string. */
  readonly error?: true;
}

/** In numeric order, which is part of the trace format: append only. */
const table = {
  /** The program called panic, or a package of std that is written in Go. */
  'panic.user': {},
  'panic.assertion': {},
  'panic.nil-argument': { error: true },
  'panic.nil-pointer': { error: true },
  'panic.index': { error: true },
  'panic.slice': { error: true },
  'panic.array-length': { error: true },
  'panic.divide': { error: true },
  'panic.shift': { error: true },
  'panic.nil-map': { error: true },
  'panic.make': { error: true },
  'panic.unhashable': { error: true },
  'panic.uncomparable': { error: true },
  'panic.conversion': { error: true },
  'panic.send-on-closed-channel': { error: true },
  'panic.close-of-closed-channel': { error: true },
  'panic.close-of-nil-channel': { error: true },
  'panic.negative-waitgroup': {},
  'panic.waitgroup-misuse': {},
  'panic.cond-copied': {},
  'panic.test-ended': {},
  /** A function of a package was given what it does not take. */
  'panic.argument': {},
  'fatal.unlock-of-unlocked': {},
  'fatal.stack-overflow': {},
  'fatal.go-of-nil-func': {},
  'fatal.out-of-memory': {},
  'fatal.no-thread': {},
  'fatal.thread-exhaustion': {},
  'deadlock.all-asleep': {},
  /** Main has called Goexit, and nobody else is left. */
  'deadlock.no-goroutines': {},
  /** Error or String of a panic's value has panicked while the program was dying of that panic. */
  'fatal.panic-while-printing': {},
} as const satisfies Record<string, Row>;

export type FailureCode = keyof typeof table;
/** Codes of what is not supported: those of the diagnostics. */
export type UnsupportedCode = `unsupported.${string}`;
/** Codes in numeric order. */
export const FAILURES = Object.keys(table) as FailureCode[];

const NUMBERS = new Map(FAILURES.map((code, number) => [code, number]));

/** The number of a code in events and in memory. */
export function failureNumber(code: FailureCode): number {
  return NUMBERS.get(code)!;
}

/** Whether the value of a panic with this code is a runtime.Error. */
export function isRuntimeError(code: FailureCode): boolean {
  return (table[code] as Row).error === true;
}
