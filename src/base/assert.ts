/** This file defines the second voice of error: a fault of Interlane itself, never of the user's program. */

/** Thrown when Interlane breaks its own rules. Carries the values that a report needs. */
export class InternalError extends Error {
  constructor(what: string, values: Readonly<Record<string, unknown>> = {}) {
    const shown = Object.entries(values)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(', ');
    super(`internal error: ${what}${shown ? ` (${shown})` : ''}`);
    this.name = 'InternalError';
  }
}

/** Throws {@link InternalError} unless `condition` holds. */
export function assert(
  condition: unknown,
  what: string,
  values?: Readonly<Record<string, unknown>>,
): asserts condition {
  if (!condition) throw new InternalError(what, values);
}
