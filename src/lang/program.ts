/** This file defines the typed program, the product of the front end and the input of the compiler. */
import type { SourceFile } from '../base/span';
import type { Expr, FileNode, Stmt } from './ast';
import type { Diagnostic } from './diagnostic';
import type { CheckedPackage, ConstValue, FuncObj, Scope } from './types';
import type { Trap } from './unsupported';

/** One entry of `machine { … }`, checked: durations in ns, sizes in bytes, counts. */
export interface MachineSetting {
  readonly key: string;
  readonly value: number;
  readonly expr: Expr;
}

/** The result of parsing and checking the files of one package; usable (for editors) even when it has errors. */
export interface Program {
  readonly sources: readonly SourceFile[];
  readonly files: readonly FileNode[];
  readonly main: CheckedPackage;
  /** Imported std packages, dependencies first. */
  readonly imports: readonly CheckedPackage[];
  readonly mainFunc?: FuncObj;
  readonly machine: readonly MachineSetting[];
  readonly diagnostics: readonly Diagnostic[];
  /** True when no diagnostic is an error: the program can be compiled. */
  readonly ok: boolean;
  /** Statements that cannot run, because they use what is not supported. */
  readonly traps: ReadonlyMap<Stmt, Trap>;
  /** Every scope of each file, outer before inner: the last one whose span holds an offset is the scope there. */
  readonly scopes?: readonly (readonly Scope[])[];
}

export type { ConstValue };
