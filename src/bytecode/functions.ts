/** This file compiles whole functions: parameters and results, captured variables, the body, the epilogue that runs deferred calls. */
import type { Span } from '../base/span';
import type { Block, FuncDecl, FuncLit } from '../lang/ast';
import type { Signature, VarObj } from '../lang/types';
import type { Typing } from '../lang/typing';
import { Label } from './assembler';
import { initialise, unboxResults } from './assignments';
import { Body, HEADER_SLOTS, type Rules } from './body';
import type { FunctionInfo } from './code';
import { frameTooLarge, MAX_FRAME_SLOTS } from './limits';
import { slotsOf } from './types';
import type { Planned, SourceBody, Startup, Unit } from './unit';
import { synthetic, type Shape } from './wrappers';

/** Compiles the planned function behind what the assembler has so far. */
export function compileFunction(unit: Unit, planned: Planned, rules: Rules): FunctionInfo {
  const f = new Body(unit, planned, rules);
  const { asm } = unit;
  asm.file = planned.file;
  const entry = asm.pc;
  const shape = compileSource(f, planned);
  const args = shape.paramSlots + shape.resultSlots;
  if (f.frameSlots > MAX_FRAME_SLOTS) throw asm.limit(frameTooLarge(f.frameSlots, args), nameSpan(planned));
  const isSynthetic = !['decl', 'literal', 'start'].includes(planned.source.kind);
  return f.info(entry, asm.pc, shape.paramSlots, shape.resultSlots, isSynthetic);
}

/** Where a function that has a text is named. */
function nameSpan({ source }: Planned): Span | undefined {
  if (source.kind === 'decl') return source.decl.name.span;
  return source.kind === 'literal' ? source.literal.signature.span : undefined;
}

function compileSource(f: Body, planned: Planned): Shape {
  const { source } = planned;
  switch (source.kind) {
    case 'start':
      return start(f, source.startup);
    case 'decl': {
      f.unit.asm.span = source.decl.name.span;
      f.enter(f.unit.bodyOf(source.typing));
      return functionBody(f, source.decl, source.signature, source.decl.body!, []);
    }
    case 'literal':
      f.enter(source.body);
      return literal(f, source.literal);
    default:
      return synthetic(f, source);
  }
}

function start(f: Body, { initialised, main }: Startup): Shape {
  // One declaration may have several initialisers.
  const bodies = new Map<Typing, SourceBody>();
  const bodyOf = (typing: Typing): SourceBody => {
    const body = bodies.get(typing) ?? f.unit.bodyOf(typing);
    bodies.set(typing, body);
    return body;
  };
  for (const { inits, initFuncs } of initialised) {
    for (const step of inits) {
      f.unit.asm.file = step.file;
      f.enter(bodyOf(step.typing));
      f.scoped(() => f.at(step.rhs.span, () => initialise(f, step.lhs, step.rhs)));
    }
    initFuncs.forEach((object, i) => callPlain(f, f.unit.initFunction(object, i)));
  }
  f.unit.asm.file = -1;
  if (main) callPlain(f, f.unit.functionOf(main));
  f.emit('Return');
  return { paramSlots: 0, resultSlots: 0 };
}

function callPlain(f: Body, index: number): void {
  f.scoped(() => {
    f.reserve(HEADER_SLOTS);
    f.emit('Call', index, f.mark() * 2);
  });
}

function literal(f: Body, e: FuncLit): Shape {
  f.unit.asm.span = e.signature.span;
  return functionBody(f, e, f.typeOf(e) as Signature, e.body, f.body.uses.free(e));
}

function functionBody(
  f: Body,
  func: FuncDecl | FuncLit,
  signature: Signature,
  body: Block,
  free: readonly VarObj[],
): Shape {
  const defers = f.typing.defers(func);
  const shape = layOut(f, signature, defers);
  takeCaptured(f, free);
  if (defers) f.epilogue = new Label();
  f.block(body);
  f.at({ start: body.rbrace, end: body.rbrace + 1 }, () => epilogue(f));
  return shape;
}

/** Parameters and results get the first slots; those that live in blocks get their blocks. */
function layOut(f: Body, signature: Signature, defers: boolean): Shape {
  const params = signature.recv ? [signature.recv, ...signature.params] : [...signature.params];
  const paramHomes = params.map((variable) => ({ variable, slot: f.reserve(slotsOf(variable.type)) }));
  const paramSlots = f.mark();
  f.resultSlot = paramSlots;
  f.results = signature.results;
  const resultHomes = signature.results.map((variable) => ({ variable, slot: f.reserve(slotsOf(variable.type)) }));
  const resultSlots = f.mark() - paramSlots;
  for (const { variable, slot } of paramHomes) bindParameter(f, variable, slot, true);
  const namedResults = signature.results.some((r) => r.name !== '');
  if (namedResults || defers) f.zero(paramSlots, resultSlots);
  for (const { variable, slot } of resultHomes) bindParameter(f, variable, slot, false);
  return { paramSlots, resultSlots };
}

function bindParameter(f: Body, variable: VarObj, slot: number, hasValue: boolean): void {
  if (f.isBoxed(variable)) f.declare(variable, hasValue ? slot : undefined);
  else f.assignHome(variable, slot);
}

/** Captured variables are copied to slots of this frame: addresses of blocks, or values that never change. */
function takeCaptured(f: Body, free: readonly VarObj[]): void {
  let from = 0;
  for (const variable of free) {
    const home = f.assignHome(variable);
    const slots = home.boxed ? 1 : slotsOf(variable.type);
    if (slots > 0) f.emit('Captured', home.slot, from, slots);
    from += slots;
  }
}

function epilogue(f: Body): void {
  if (f.epilogue) {
    f.place(f.epilogue);
    const at = f.emit('ReturnDefers', 0);
    unboxResults(f);
    f.unit.asm.patch(at, 0, f.frameSlots);
  } else unboxResults(f);
  f.emit('Return');
}
