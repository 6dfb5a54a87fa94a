/**
 * This file compiles a typed program to code. It ties the mutually recursive parts together and works through the queue of functions:
 * the start function, everything the program declares, and of std what that reaches.
 */
import { InternalError } from '../base/assert';
import { Interrupt } from '../base/interrupt';
import type { Program } from '../lang/program';
import type { VarObj } from '../lang/types';
import { anyType, Typ } from '../lang/universe';
import type { Rules } from './body';
import { call } from './calls';
import type { Code, FunctionInfo } from './code';
import { value } from './conversions';
import { expr } from './expressions';
import { compileFunction, type Startup } from './functions';
import { FIXED_PC } from './op';
import { condition } from './operators';
import { load, placeOf, store } from './places';
import { statement } from './statements';
import { Unit } from './unit';
import { runtimeErrorType } from './wrappers';

/** Work of a declaration before its code is compiled, in units of the interrupt. */
const DECLARATION_UNITS = 50;

const rules: Rules = { expr, value, condition, place: placeOf, load, store, call, stmt: statement };

/** Compiles a program without errors. @throws Interrupted */
export function compile(program: Program, interrupt = Interrupt.never): Code {
  if (!program.ok) throw new InternalError('compiling a program with errors');
  const packages = [...program.imports, program.main];
  const unit = new Unit(Typ.string, runtimeErrorType(), program.traps, interrupt);
  const stringType = unit.types.index(Typ.string);
  unit.types.index(anyType);
  for (const pkg of packages) for (const variable of pkg.vars) declareGlobal(unit, variable);
  emitFixed(unit);
  const start = unit.planStart();
  for (const object of program.main.funcs) {
    interrupt.worked(DECLARATION_UNITS);
    if (object.decl?.body && object.name !== '_') unit.functionOf(object);
  }
  const startup: Startup = { packages, main: program.mainFunc };
  const functions = compileAll(unit, startup);
  const { words, spans, data } = unit.asm.finish();
  return {
    sources: program.sources,
    words,
    spans,
    functions,
    types: unit.types.types,
    methodNames: unit.methodNames,
    runtimeErrorType: unit.runtimeErrorType,
    stringType,
    natives: unit.natives,
    selects: unit.selects,
    unsupported: unit.unsupported.map(({ code, reason, advice }) => ({ code, reason, advice })),
    globals: unit.globals,
    globalSlots: unit.globalSlots,
    data,
    start,
    main: program.mainFunc ? unit.functionOf(program.mainFunc) : -1,
    sites: unit.asm.sites,
    unsignedIndices: unit.asm.unsignedIndices,
  };
}

function declareGlobal(unit: Unit, variable: VarObj): void {
  unit.interrupt.worked(DECLARATION_UNITS);
  if (variable.name !== '_') unit.declareGlobal(variable);
}

/** The instructions at fixed places that frames of the vm return to. */
function emitFixed(unit: Unit): void {
  for (const name of ['Unwind', 'PanicText', 'End'] as const) {
    const at = unit.asm.emit(name);
    if (at !== FIXED_PC[name]) throw new InternalError('fixed instruction', { name, at });
  }
}

/** Works through the queue; types found on the way ask for their methods, until nothing is left. */
function compileAll(unit: Unit, startup: Startup): FunctionInfo[] {
  const functions: FunctionInfo[] = [];
  do {
    while (functions.length < unit.planned.length) {
      functions.push(compileFunction(unit, unit.planned[functions.length]!, rules, startup));
    }
  } while (unit.completeTypes() || functions.length < unit.planned.length);
  return functions;
}
