/**
 * This file compiles a typed program to code. It ties the mutually recursive parts together and works through the queue of functions:
 * the start function, everything the program declares, and of std what that reaches.
 */
import { InternalError } from '../base/assert';
import { Interrupt } from '../base/interrupt';
import type { Program } from '../lang/program';
import type { CheckedPackage, ProcessObj, VarObj } from '../lang/types';
import { anyType, Typ } from '../lang/universe';
import type { Rules } from './body';
import { call } from './calls';
import type { Code, FunctionInfo } from './code';
import { value } from './conversions';
import { expr } from './expressions';
import { compileFunction } from './functions';
import { FIXED_PC } from './op';
import { condition } from './operators';
import { load, placeOf, store } from './places';
import { statement } from './statements';
import { Unit, type Startup } from './unit';
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
  const declared = program.main.processes;
  const numbers = new Map<ProcessObj | undefined, number>(declared.map(({ object }, i) => [object, i]));
  for (const pkg of packages)
    for (const variable of pkg.vars) declareGlobal(unit, variable, numbers.get(variable.process) ?? -1);
  emitFixed(unit);
  const startups = startupsOf(program, packages);
  const starts = startups.map((startup) => unit.planStart(startup));
  for (const object of program.main.funcs) {
    interrupt.worked(DECLARATION_UNITS);
    if (object.decl?.body && object.name !== '_') unit.functionOf(object);
  }
  const functions = compileAll(unit);
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
    processes: startups.map(({ main }, i) => ({
      name: declared[i]?.object.name ?? '',
      start: starts[i]!,
      main: main ? unit.functionOf(main) : -1,
    })),
    sites: unit.asm.sites,
    unsignedIndices: unit.asm.unsignedIndices,
  };
}

/** How each process starts: with variables of its own, those of packages too. */
function startupsOf({ main, mainFunc }: Program, packages: readonly CheckedPackage[]): Startup[] {
  if (main.processes.length === 0) return [{ initialised: packages, main: mainFunc }];
  return main.processes.map((process) => ({ initialised: [...packages, process], main: process.main }));
}

function declareGlobal(unit: Unit, variable: VarObj, process: number): void {
  unit.interrupt.worked(DECLARATION_UNITS);
  if (variable.name !== '_') unit.declareGlobal(variable, process);
}

/** The instructions at fixed places that frames of the vm return to. */
function emitFixed(unit: Unit): void {
  for (const name of ['Unwind', 'PanicText', 'End'] as const) {
    const at = unit.asm.emit(name);
    if (at !== FIXED_PC[name]) throw new InternalError('fixed instruction', { name, at });
  }
}

/** Works through the queue; types found on the way ask for their methods, until nothing is left. */
function compileAll(unit: Unit): FunctionInfo[] {
  const functions: FunctionInfo[] = [];
  do {
    while (functions.length < unit.planned.length) {
      functions.push(compileFunction(unit, unit.planned[functions.length]!, rules));
    }
  } while (unit.completeTypes() || functions.length < unit.planned.length);
  return functions;
}
