/** This file is `interlane trace`: one execution, written in the format that the name of the output asks for. */
import { renderSvg } from '../report/svg';
import type { SimulationResult } from '../session/simulation';
import { encodeTrace } from '../trace/format';
import { encodeChrome } from '../report/chrome';
import type { Invocation } from './args';
import { EXIT } from './exit';
import type { Io } from './io';
import { simulateWith } from './simulation';
import { compileOperands, diagnosticLines } from './sources';
import { UsageError } from './values';

type Format = (simulation: SimulationResult) => string;

/** By ending, longest first. */
const FORMATS: readonly (readonly [string, Format])[] = [
  ['.trace.json', ({ trace, findings }) => encodeChrome(trace, findings)],
  ['.json', ({ trace }) => encodeTrace(trace)],
  ['.svg', ({ trace, findings }) => renderSvg(trace, findings)],
];

/** Endings of formats that come later. */
const LATER = /\.(pftrace|html|csv|mmd)$/;

export function trace({ operands, flags }: Invocation, io: Io): number {
  const output = flags.text('output');
  if (output === undefined)
    throw new UsageError('trace: expected -o OUT, with OUT ending in .json, .trace.json or .svg');
  const format = formatFor(output);
  const compiled = compileOperands(operands, flags, io);
  if (!compiled.code) {
    io.stderr(diagnosticLines(compiled.program));
    return EXIT.compile;
  }
  const simulation = simulateWith(compiled, flags, io);
  if (!simulation) return 0;
  write(output, format(simulation), io);
  return 0;
}

/** `-` is the trace's own JSON on standard output. */
function formatFor(output: string): Format {
  if (output === '-') return ({ trace: own }) => encodeTrace(own);
  const found = FORMATS.find(([ending]) => output.endsWith(ending));
  if (found) return found[1];
  if (LATER.test(output))
    throw new UsageError(`${output}: this format is not in this version; there are .json, .trace.json and .svg`);
  throw new UsageError(`${output}: expected a name that ends in .json, .trace.json or .svg`);
}

function write(output: string, text: string, io: Io): void {
  try {
    io.write(output, text.endsWith('\n') ? text : text + '\n');
  } catch (error) {
    throw new UsageError(
      `expected a file that can be written: ${output}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    );
  }
}
