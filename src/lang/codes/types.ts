/** This file lists the diagnostic codes of the type checker. */
import type { CodeTable } from './row';

export const typeCodes = {} as const satisfies CodeTable;
