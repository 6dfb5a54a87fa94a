/**
 * This file says of each field of an event how it is compared between two versions of the machine: by itself, or by the order in which such a thing first
 * appears, where it is the address of something or a number of the compiler. It is read off the words of event/kinds.ts, each of which has a row here.
 */
import { EVENT_NAMES, EVENT_TABLE } from '../../src/event/kinds';

/** `same`: as it is. `left`: not compared. The rest: by first appearance, of objects in memory, of functions, of types. */
export type Comparison = 'same' | 'left' | 'object' | 'function' | 'type';

const OBJECTS = [
  'object waited for (0: none)',
  'channel',
  'mutex',
  'rwmutex',
  'waitgroup',
  'once',
  'cond',
  'timer',
  'address in slots',
  'slot address',
  'channel (0: default)',
];
const BY_WORDS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ...OBJECTS.map((words): [string, Comparison] => [words, 'object']),
  ['function index', 'function'],
  ['element type index', 'type'],
  // How large a goroutine's memory is may change; when it grows may not, since that takes time.
  ['new size in bytes', 'left'],
]);

/** Words of numbers that mean the same in every version: identities that count up, quantities and codes. */
const SAME =
  /^(process id|parent process id|exit status|new goroutine id|goroutine id|P id|\d: |wait reason|nanoseconds|all nanoseconds|goroutine|P whose|capacity|seq|number of|chosen case|as MutexLock|delta|counter after|value|message|failure code|new thread id|thread id|stack bytes|from |to thread|how many|length|stack id|text index)/;

export interface Fields {
  readonly obj: Comparison;
  readonly a: Comparison;
  readonly b: Comparison;
  /** Whether `lo` and `hi` are a value of the program. */
  readonly holdsValue: boolean;
}

function comparisonOf(words: string | undefined): Comparison {
  if (words === undefined) return 'same';
  const found = BY_WORDS.get(words);
  if (found === undefined && !SAME.test(words)) throw new Error(`how is a field compared that is "${words}"?`);
  return found ?? 'same';
}

/** By kind code. */
export const FIELDS: readonly Fields[] = EVENT_NAMES.map((name) => {
  const { obj, a, b, value } = EVENT_TABLE[name];
  const holdsValue = value !== undefined && value !== 'all nanoseconds';
  return { obj: comparisonOf(obj), a: comparisonOf(a), b: comparisonOf(b), holdsValue };
});
