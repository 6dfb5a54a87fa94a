/** This file is `interlane trace`: one execution, written in the format that the name of the output asks for. */
import type { Interrupt } from '../base/interrupt';
import { cutWords } from '../report/cutWords';
import { renderSvg } from '../report/svg';
import type { SimulationResult } from '../session/simulation';
import { encodeTrace } from '../trace/format';
import { encodeChrome } from '../report/chrome';
import type { Invocation } from './args';
import { EXIT } from './exit';
import { WriteError, type Io } from './io';
import { limitsOf, simulateWith } from './simulation';
import { compileOperands, diagnosticLines, reason } from './sources';
import { UsageError } from './values';

interface Format {
  readonly write: (simulation: SimulationResult, interrupt: Interrupt) => string;
  /** About how many ns a row of the trace takes: they are left of the time limit. */
  readonly rowNs: number;
}

const OWN: Format = { write: ({ trace: own }, interrupt) => encodeTrace(own, interrupt), rowNs: 2000 };
const CHROME: Format = {
  write: ({ trace: own, findings }, interrupt) => encodeChrome(own, findings, interrupt),
  rowNs: 7000,
};
const SVG: Format = {
  write: ({ trace: own, findings }, interrupt) => renderSvg(own, findings, {}, interrupt),
  rowNs: 2000,
};

/** By ending, longest first. */
const FORMATS: readonly (readonly [string, Format])[] = [
  ['.trace.json', CHROME],
  ['.json', OWN],
  ['.svg', SVG],
];

/** Endings of formats that come later. */
const LATER = /\.(pftrace|html|csv|mmd)$/;

export function trace({ operands, flags }: Invocation, io: Io): number {
  const output = flags.text('output');
  if (output === undefined)
    throw new UsageError('trace: expected -o OUT, with OUT ending in .json, .trace.json or .svg');
  const format = formatFor(output);
  probe(output, io);
  const limits = limitsOf(flags, io);
  const compiled = compileOperands(operands, flags, io, limits);
  if (!compiled.code) {
    io.stderr(diagnosticLines(compiled.program));
    return EXIT.compile;
  }
  const simulation = simulateWith(compiled, flags, io, limits, { tellingNs: format.rowNs });
  if (!simulation) return 0;
  write(output, format.write(simulation, limits.interrupt.untilCancelled), io);
  const cut = cutWords(simulation.trace);
  if (cut !== undefined) io.stderr(`interlane: ${cut}; --set trace.maxEvents=N gives it room for N\n`);
  return limits.signal ? EXIT[limits.signal] : 0;
}

/** Before the run whose trace would be lost. @throws UsageError */
function probe(output: string, io: Io): void {
  try {
    io.probe(output);
  } catch (error) {
    throw new UsageError(`expected a file that can be written: ${reason(error, output)}`);
  }
}

/** `-` is the trace's own JSON on standard output. */
function formatFor(output: string): Format {
  if (output === '-') return OWN;
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
    if (error instanceof WriteError) throw error;
    throw new WriteError(reason(error, output));
  }
}
