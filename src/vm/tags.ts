/**
 * This file defines the tag word of every block that the vm allocates: what the block holds, so that whoever walks memory
 * (reachability, variables view, memory chart) can read it. A tag is `kind | payload << 4`.
 */
export const TagKind = {
  /** Values of one type, one after another (user data: boxed variables, new, literals, backing arrays). Payload: index (word index / 4) of the instruction that allocated it, whose name and type are in Code.sites. */
  Values: 0,
  /** Bytes of strings. */
  Bytes: 1,
  /** Closure: slot 0 function index, then captured values. Payload: function index. */
  Closure: 2,
  /** Stack of a goroutine. */
  Stack: 3,
  /** Map header (payload: index of the instruction that made it), its entries and its index table. */
  Map: 4,
  MapEntries: 5,
  MapIndex: 6,
  /** A deferred call, a panic in progress. */
  Defer: 7,
  Panic: 8,
  /** First of the kinds that belong to the runtime and kernel (9–15). */
  FirstRuntime: 9,
} as const;

/** The tag of a block of `kind`. */
export function tagOf(kind: number, payload = 0): number {
  return kind | (payload << 4);
}
