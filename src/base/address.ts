/**
 * This file gives addresses in the one memory types that say what stands there, so that a P where a goroutine is meant does not compile. At run time an
 * address is the plain number that it always was.
 *
 * A *block type* is an interface without values: what a layout file knows of a block beyond the offsets. A property named after an enum of offsets, of type
 * `true`, says that those offsets may be added to the block's address; a property named after one of the offsets says what the word there is the address
 * of. Words that are not listed are numbers. A block that begins with another one extends it, and its address serves where the other's is asked for.
 *
 *     interface Machine { MAt: true; [MAt.P]: PAddr; [MAt.G]: GAddr }
 *     type MAddr = Address<Machine>;
 *     const g = w[m + MAt.G] as GAddr;
 *
 * The sum of address and offset is a number for the compiler; the lint rule `interlane/layout` reads the same interfaces and sees to it that the offset
 * belongs to the block, that a word that is an address is read as the address it is, and that nothing else is written to it. Accessor functions would do
 * without the rule, but V8 has no room left to inline them where it matters: channel operations, locks and switches took 5 to 12 % longer.
 */

declare const pointee: unique symbol;

/** Word address of a block; 0 is nil. */
export type Address<Block> = 0 | (number & { readonly [pointee]: Block });
