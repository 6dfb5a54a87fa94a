/**
 * This file checks what processes have to themselves: where a program has them, each starts in a `func main` of its own, and every variable belongs to one.
 */
import { LateMap } from '../../base/late';
import type { Span } from '../../base/span';
import type { Fix } from '../diagnostic';
import type { CheckedProcess, FuncObj, InitStep, Obj, ProcessObj, VarObj } from '../types';
import type { Checker } from './checker';
import type { Members } from './collect';
import { wholeLines } from './wholeLines';

/** Quick fixes offered for a variable: one a process. */
const MOST_FIXES = 5;
/** Work of a declaration, in units of the interrupt. */
const MEMBER_UNITS = 20;

/** What each process starts with. `inits`: all initialisers of the program, in dependency order. Reports what belongs to none. */
export function checkProcesses(
  c: Checker,
  processes: readonly Members[],
  inits: readonly InitStep[],
): CheckedProcess[] {
  if (processes.length === 0) return [];
  const objects = processes.map(({ process }) => process!);
  for (const [object, { file }] of c.declInfos) {
    c.interrupt.worked(MEMBER_UNITS);
    if (object.process === undefined && object.span) checkShared(c, object, object.span, file, objects);
  }
  const steps = new LateMap<ProcessObj, InitStep[]>();
  for (const step of inits) {
    const { process } = step.lhs[0]!;
    if (process) (steps.get(process) ?? addTo(steps, process)).push(step);
  }
  return processes.map(({ process, initFuncs }) => {
    const main = mainOf(c, process!);
    return { object: process!, initFuncs, inits: steps.get(process!) ?? [], ...(main && { main }) };
  });
}

function addTo<K, V>(lists: LateMap<K, V[]>, key: K): V[] {
  const list: V[] = [];
  lists.set(key, list);
  return list;
}

/** Whether an initialiser is one of the package, which all processes run. */
export function isOfPackage({ lhs }: InitStep): boolean {
  return lhs[0]!.process === undefined;
}

/** Reports what is declared outside of all processes and cannot be: what would need memory of its own, or a start. */
function checkShared(c: Checker, object: Obj, span: Span, file: number, processes: readonly ProcessObj[]): void {
  if (object.kind === 'var') {
    const message = `processes do not share memory: ${object.name} must be declared in the process that uses it`;
    c.errorIn(file, 'lane.process-memory', span, message, { fixes: () => moves(c, object, file, processes) });
  } else if (object.kind === 'func' && !object.recv && (object.name === 'main' || object.name === 'init')) {
    const message = `this program starts in its processes: func ${object.name} must be declared in one of them`;
    c.errorIn(file, 'lane.process-main', span, message);
  }
}

/** Fixes that move the declaration of a variable into a process, where it stands alone in it. */
function moves(c: Checker, variable: VarObj, file: number, processes: readonly ProcessObj[]): Fix[] {
  const text = c.sources[file]?.text ?? '';
  const decl = c.files[file]?.decls.find(
    (one) => one.kind === 'GenDecl' && one.specs.length === 1 && isOnlyNamed(one.specs[0]!, variable),
  );
  if (!decl) return [];
  const here = processes.filter((process) => process.file === file).slice(0, MOST_FIXES);
  return here.flatMap((process) => {
    const at = text.indexOf('{', process.span!.end) + 1;
    if (at === 0) return [];
    const moved = text.slice(decl.span.start, decl.span.end).replaceAll('\n', '\n\t');
    const edits = [
      { span: { start: at, end: at }, text: `\n\t${moved}${/^[ \t\r]*(\n|$)/.test(text.slice(at)) ? '' : '\n\t'}` },
      { span: wholeLines(text, decl.span), text: '' },
    ].sort((a, b) => a.span.start - b.span.start);
    return [{ title: `Move ${variable.name} into process ${process.name}`, edits }];
  });
}

function isOnlyNamed(
  spec: { readonly kind: string; readonly names?: readonly { span: Span }[] },
  variable: VarObj,
): boolean {
  return spec.kind === 'ValueSpec' && spec.names?.length === 1 && spec.names[0]!.span.start === variable.span!.start;
}

function mainOf(c: Checker, process: ProcessObj): FuncObj | undefined {
  const main = process.scope.names.get('main');
  if (main?.kind === 'func') return main;
  if (!c.isIncomplete(process.file)) {
    c.errorIn(process.file, 'type.main', process.span!, `function main is undeclared in process ${process.name}`);
  }
  return undefined;
}

/** The process that has a name that is not known here. */
export function ownerOf(c: Checker, name: string): ProcessObj | undefined {
  c.owners ??= ownersOf(c);
  return c.owners.get(name);
}

/** Of each name that a process has to itself the first such process. */
function ownersOf(c: Checker): ReadonlyMap<string, ProcessObj> {
  const owners = new Map<string, ProcessObj>();
  for (const object of c.packageScope.names.values()) {
    c.interrupt.worked(MEMBER_UNITS);
    if (object.kind !== 'process') continue;
    for (const name of object.scope.names.keys()) {
      c.interrupt.worked(MEMBER_UNITS);
      if (!owners.has(name)) owners.set(name, object);
    }
  }
  return owners;
}
