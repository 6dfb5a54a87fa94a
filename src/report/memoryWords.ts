/** This file does the sum for a program that ran out of the simulated machine's memory: who holds how much of it, and what did not fit. */
import type { MemoryMeta } from '../trace/meta';
import { grouped, bytesText } from '../trace/quantity';

interface Part {
  readonly bytes: number;
  readonly words: string;
  /** What to do when this part is the largest. */
  readonly advice: string;
}

/** `stacks of 1,000 goroutines`, `the stack of 1 thread` */
function stacksOf(count: number, noun: string): string {
  return count === 1 ? `the stack of 1 ${noun}` : `the stacks of ${grouped(count)} ${noun}s`;
}

function partsOf(memory: MemoryMeta): readonly Part[] {
  return [
    {
      bytes: memory.goroutineStackBytes,
      words: stacksOf(memory.goroutineStacks, 'goroutine'),
      advice: 'Start fewer goroutines at once: let a fixed number of them take the jobs from a channel.',
    },
    {
      bytes: memory.heapBytes,
      words: 'the heap',
      advice: 'Allocate less: nothing is collected, so what the program does not use any more still counts.',
    },
    {
      bytes: memory.threadStackBytes,
      words: stacksOf(memory.threads, 'thread'),
      advice: 'A goroutine in a system call holds a thread: let fewer of them call at once.',
    },
    { bytes: memory.processBytes, words: 'the process itself', advice: '' },
  ].filter(({ bytes }) => bytes > 0);
}

/** `8 MB for the stacks of 4,096 goroutines + 3 MB for the process itself make 11 MB; 2 KB more do not fit into the machine's 11 MB.` */
export function memorySum(memory: MemoryMeta): string {
  const parts = partsOf(memory);
  const held = parts.map(({ bytes, words }) => `${bytesText(bytes)} for ${words}`).join(' + ');
  const total = parts.length > 1 ? ` make ${bytesText(memory.peakBytes)}` : '';
  const before = parts.length === 0 ? '' : `${held}${total}; `;
  const more = parts.length === 0 ? '' : ' more';
  return `${before}${bytesText(memory.refusedBytes)}${more} do not fit into the machine’s ${bytesText(memory.limitBytes)}.`;
}

/** What to do: less of what takes most, or a larger machine. */
export function memoryAdvice(memory: MemoryMeta): readonly string[] {
  const largest = partsOf(memory).reduce((most, part) => (part.bytes > most.bytes ? part : most), NOTHING);
  const needed = enough(memory);
  const larger = `Or give the machine more memory: \`machine { memory = ${needed} }\`, on the command line \`--set memory=${needed}\`.`;
  return largest.advice === '' ? [larger.replace('Or give', 'Give')] : [largest.advice, larger];
}

const NOTHING: Part = { bytes: 0, words: '', advice: '' };
const MB = 1024 * 1024;

/** The next doubling of the machine's memory into which it would all have fit, as it is written in a program. */
function enough({ limitBytes, peakBytes, refusedBytes }: MemoryMeta): string {
  let megabytes = Math.max(1, Math.ceil(limitBytes / MB)) * 2;
  while (megabytes * MB < peakBytes + refusedBytes) megabytes *= 2;
  return megabytes % 1024 === 0 ? `${megabytes / 1024}GB` : `${megabytes}MB`;
}
