/** This file tells from what a dead process has left (status, signal, last output) what it died of. */
import type { Death } from './simulator';

/** How a process ended, as `child_process` says it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What V8 and Node print when an allocation fails that nothing can contain. */
const OUT_OF_MEMORY = /out of memory|allocation failed|invalid (array|string|table|map|set)? ?(size|length) error/i;

/** @param output the end of what the process has printed */
export function obituary({ code, signal }: Exit, output: string): Death {
  const how = signal === null ? `it exited with status ${code}` : `it was ended by ${signal}`;
  const detail = output.trim() === '' ? how : `${how}; it had printed:\n${output.trim()}`;
  return deathOf(detail, output);
}

/** A death of which only words are known. @param words in which to look for the cause */
export function deathOf(detail: string, words = detail): Death {
  return { cause: OUT_OF_MEMORY.test(words) ? 'out-of-memory' : 'crashed', detail };
}
