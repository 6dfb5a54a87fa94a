/** This file is a process of its own that takes texts of shapes from their characters to diagnostics, as the simulator does, and tells what each took. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compileSources } from '../../src/session/compile';
import { plainDiagnostics } from '../../src/worker/plain';
import { CountingInterrupt } from '../support/countingInterrupt';
import { crossedShapes } from './shapes/crossed';
import { SHAPES, textOf } from './shapes/all';

/** A text to take: of which shape, how long. */
export interface Question {
  readonly shape: string;
  readonly characters: number;
}

/** What it took. */
export interface Answer {
  /** Seconds of the processor, of all threads. */
  readonly cpu: number;
  /** Work that was told of, in units of an interrupt. */
  readonly units: number;
  /** Most resident memory that this process has had so far. */
  readonly peakMb: number;
  readonly diagnostics: number;
  readonly characters: number;
  /** Whether there is code: the text is right. */
  readonly compiles: boolean;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const BY_NAME = new Map([...SHAPES, ...crossedShapes].map((shape) => [shape.name, shape]));

function answer({ shape: name, characters }: Question): Answer {
  const shape = BY_NAME.get(name)!;
  const text = textOf(shape, characters);
  // What was made of it on the way is not the compiler's.
  collect();
  const interrupt = new CountingInterrupt();
  const before = process.cpuUsage();
  const { program, code } = compileSources([{ name: `survey.${shape.dialect ?? 'lane'}`, text }], { interrupt });
  const diagnostics = plainDiagnostics(program).length;
  const { user, system } = process.cpuUsage(before);
  return {
    cpu: (user + system) / 1e6,
    units: interrupt.units,
    peakMb: process.resourceUsage().maxRSS / 1024,
    diagnostics,
    characters: text.length,
    compiles: code !== undefined,
  };
}

// What every text needs is there before the first one is measured: the packages that all .lane files see.
compileSources([{ name: 'first.lane', text: 'func main() { fmt.Println(1) }\n' }]);
process.on('message', (question: Question) => process.send!(answer(question)));
process.send!('ready');
