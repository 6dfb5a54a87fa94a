/** This file writes the 64 bits that an event tells of a value as `fmt` prints that value, by the name of its Go type. */
import { formatDuration } from './duration';
import { formatFloat } from './float';

const bits = new DataView(new ArrayBuffer(8));

/** Text of the two halves of a word. */
type Writer = (lo: number, hi: number) => string;

const boolean: Writer = (lo) => (lo === 0 ? 'false' : 'true');
const signed: Writer = (lo, hi) => BigInt.asIntN(64, whole(lo, hi)).toString();
const unsigned: Writer = (lo, hi) => BigInt.asUintN(64, whole(lo, hi)).toString();

/** By Go's name of the type. */
const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ...names('bool atomic.Bool', boolean),
  ...names('int int8 int16 int32 int64 rune atomic.Int32 atomic.Int64', signed),
  ...names('uint uint8 uint16 uint32 uint64 uintptr byte atomic.Uint32 atomic.Uint64 atomic.Uintptr', unsigned),
  ['float64', (lo, hi) => formatFloat(float(lo, hi), 'g', -1, 64)],
  ['float32', (lo, hi) => formatFloat(float(lo, hi), 'g', -1, 32)],
  ['time.Duration', (lo, hi) => formatDuration(BigInt.asIntN(64, whole(lo, hi)))],
  ['struct{}', () => '{}'],
]);

/** A value in Go's notation; '' when its text cannot be known from its first 8 bytes (strings, structs, interfaces). */
export function wordText(type: string, lo: number, hi: number): string {
  if (type.startsWith('*') || type.startsWith('chan ')) return lo === 0 && hi === 0 ? '<nil>' : '';
  return WRITERS.get(type)?.(lo, hi) ?? '';
}

function names(types: string, writer: Writer): [string, Writer][] {
  return types.split(' ').map((type) => [type, writer]);
}

function whole(lo: number, hi: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

function float(lo: number, hi: number): number {
  bits.setInt32(0, lo, true);
  bits.setInt32(4, hi, true);
  return bits.getFloat64(0, true);
}
