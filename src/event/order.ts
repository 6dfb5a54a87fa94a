/**
 * This file defines in which words the table of events (kinds.ts) says what an event orders. The words are those of clocks: an object has clocks, into which
 * goroutines put what they have done and know, and from which others learn it. What a clock is (a list of what was learned, a set of rows of a trace), and what
 * it is to learn, is up to the reader; happensBefore.ts executes the rules on whatever the reader has.
 */

/**
 * Clocks of an object, by name. A channel has as many `sends` and `receives` as it has slots, at least one, and the k-th message uses
 * those at k mod capacity, so that `receives` is at a send what the (k-capacity)-th receive has left there.
 */
export const CLOCKS = [
  'sends', // of a channel: what the k-th send published
  'receives', // of a channel: what the k-th receive published
  'close', // of a channel
  'unlocks', // of a Mutex or RWMutex: all Unlocks
  'readUnlocks', // of an RWMutex: all RUnlocks
  'dones', // of a WaitGroup: all Dones
  'once', // of a Once: the return of its function
  'signal', // of a goroutine: the Signal or Broadcast that wakes it
  'atomic', // of an address: the latest store, with what it read from
  'timer', // of a timer: its latest start
] as const;
export type ClockName = (typeof CLOCKS)[number];

/** What must be true of the fields of the event, or of the channel, for a rule to apply. */
export type Condition = 'a = 0' | 'a ≠ 0' | 'a < 0' | 'buffered' | 'unbuffered';

/** The goroutine that a field names. A goroutine of number 0 is nobody, who learns nothing. */
export type Who = 'g' | 'a' | 'b' | 'obj';

interface When {
  /** By default: always. */
  readonly if?: Condition;
}

/**
 * What an event does. The rules of a row apply from the first to the last, and nothing comes between: a goroutine that publishes before it acquires
 * does not pass on what the same event teaches it.
 */
export type Rule = When &
  (
    | {
        /** The goroutine (by default `g`) learns what the clock holds; one named in another field does so before its next event, even if that is its first. */
        readonly acquire: ClockName;
        readonly for?: Who;
        /** Whose clock it is, when it is a goroutine's. By default: that of `obj`. */
        readonly of?: Who;
      }
    | {
        /** The clock holds, instead of what it held, what `g` has done and knows. */
        readonly publish: ClockName;
        readonly of?: Who;
      }
    | {
        /** The clock holds, besides what it held, what `g` has done and knows. */
        readonly merge: ClockName;
        /** A clock whose acquirers all acquire this one, too: what `g` knows of it they need not learn from it any more. */
        readonly covers?: ClockName;
      }
    | {
        /** The goroutine that a field names starts, knowing what `g` has done and knows. */
        readonly fork: Who;
      }
    | {
        /** Until further notice, what happens by no goroutine (`g` = 0) is done by somebody who knows what the clock holds. */
        readonly assume: ClockName;
      }
    | {
        /** The object is a channel with as many slots as a field says. */
        readonly slots: 'a';
      }
  );

/** A rule as the documentation has it. */
export function wordsOf(rule: Rule): string {
  const when = rule.if === undefined ? '' : `, if ${rule.if}`;
  if ('acquire' in rule)
    return `${rule.for ? `\`${rule.for}\` acquires` : 'acquires'} ${clockWords(rule.acquire, rule.of)}${when}`;
  if ('publish' in rule) return `publishes ${clockWords(rule.publish, rule.of)}${when}`;
  if ('merge' in rule)
    return `merges into ${clockWords(rule.merge)}${rule.covers ? `, covering ${clockWords(rule.covers)}` : ''}${when}`;
  if ('fork' in rule) return `forks \`${rule.fork}\``;
  if ('assume' in rule) return `nobody assumes ${clockWords(rule.assume)}`;
  return `has \`${rule.slots}\` slots`;
}

function clockWords(clock: ClockName, of?: Who): string {
  const index = clock === 'sends' || clock === 'receives' ? '[k]' : '';
  return `\`${clock}${index}\`${of ? ` of \`${of}\`` : ''}`;
}
