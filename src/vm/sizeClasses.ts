/** This file defines the sizes that Go's allocator rounds up to (internal/runtime/gc/sizeclasses.go, amd64): they decide what cap() is after append. */

// prettier-ignore
const SIZES = [
  0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224,
  240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152,
  1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912,
  8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
];
const LARGEST = SIZES[SIZES.length - 1]!;
const PAGE = 8192;
/** Blocks with pointers above this size carry a malloc header of 8 bytes. */
const HEADER_ABOVE = 512;
const HEADER = 8;

/** Bytes that Go allocates for a request of `size` bytes (runtime/msize.go); `noPointers`: the memory holds no pointers. */
export function roundUpSize(size: number, noPointers: boolean): number {
  if (size > LARGEST - HEADER) return Math.ceil(size / PAGE) * PAGE;
  const header = !noPointers && size > HEADER_ABOVE ? HEADER : 0;
  return SIZES[firstOfAtLeast(size + header)]! - header;
}

function firstOfAtLeast(size: number): number {
  let low = 0;
  let high = SIZES.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (SIZES[middle]! < size) low = middle + 1;
    else high = middle;
  }
  return low;
}
