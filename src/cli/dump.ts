/** This file is `interlane dump`: what each stage of the engine sees, as text. */
import { disassemble } from '../bytecode/disassemble';
import { dialectOf } from '../lang/check';
import { parseFile } from '../lang/parser';
import { printTokens, printTree } from '../lang/print';
import { printTypes } from '../lang/printTypes';
import { scan } from '../lang/scanner';
import type { Compiled, SourceText } from '../session/compile';
import { buildTimeline } from '../timeline/build';
import { printTimeline } from '../timeline/print';
import type { Invocation } from './args';
import { eventLines } from './eventLines';
import { EXIT } from './exit';
import type { Io } from './io';
import type { Limits } from './limits';
import { limitsOf, simulateWith } from './simulation';
import { compileOperands, diagnosticLines, readSources } from './sources';
import { UsageError } from './values';

/** Stages that need no more than a text. */
const TEXT_STAGES: ReadonlyMap<string, (source: SourceText) => string> = new Map([
  ['tokens', ({ name, text }: SourceText) => printTokens(text, scan(text, dialectOf(name)))],
  ['ast', ({ name, text }: SourceText) => printTree(text, parseFile(text, dialectOf(name), 0).file)],
]);

const STAGES = ['tokens', 'ast', 'types', 'code', 'events', 'trace'];

export function dump(invocation: Invocation, io: Io): number {
  const { operands, flags } = invocation;
  const stage = flags.text('stage') ?? '';
  if (!STAGES.includes(stage))
    throw new UsageError(`dump: expected --stage=${STAGES.join('|')}${stage && `, not ${stage}`}`);
  const ofText = TEXT_STAGES.get(stage);
  if (ofText) {
    for (const source of readSources(operands, io)) io.stdout(ofText(source));
    return 0;
  }
  const limits = limitsOf(flags, io);
  const compiled = compileOperands(operands, flags, io, limits);
  if (stage === 'types') {
    io.stdout(printTypes(compiled.program));
    return 0;
  }
  if (!compiled.code) {
    io.stderr(diagnosticLines(compiled.program));
    return EXIT.compile;
  }
  io.stdout(stage === 'code' ? disassemble(compiled.code) : ofRun(stage, compiled, invocation, io, limits));
  return limits.signal ? EXIT[limits.signal] : 0;
}

function ofRun(stage: string, compiled: Compiled, { flags }: Invocation, io: Io, limits: Limits): string {
  const simulation = simulateWith(compiled, flags, io, limits);
  if (!simulation) return '';
  const { trace, findings } = simulation;
  return stage === 'events' ? eventLines(trace) : printTimeline(buildTimeline(trace, findings));
}
