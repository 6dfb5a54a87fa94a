/** This file is the type checker's door: source texts in, typed program out. */
import { LateMap } from '../base/late';
import { SourceFile } from '../base/span';
import type { Dialect, FileNode } from './ast';
import { collect } from './check/collect';
import { Checker, type CheckOptions, type EntryFile, type Rules } from './check/checker';
import { checkAnonymousInterfaces, checkSizes, settle } from './check/cycles';
import { rawExpr } from './check/expressions';
import { initOrder } from './check/initOrder';
import { checkMachine } from './check/machine';
import { checkProcesses, isOfPackage } from './check/processes';
import { resolve } from './check/resolve';
import { funcBody, stmt } from './check/statements';
import { changeTo, editDistance, nearest } from './check/suggestions';
import { findTraps, withoutTraps } from './check/traps';
import { collectSignature, typeExpr } from './check/typeExprs';
import { reportSizes } from './check/typeSizes';
import { reportUnused } from './check/unused';
import type { Diagnostic, Fix } from './diagnostic';
import { parseFile, type Parse } from './parser';
import type { MachineSetting, Program } from './program';
import type { CheckedPackage, FuncObj, Obj, Scope, VarObj } from './types';
import { universe } from './universe';

export type { CheckOptions } from './check/checker';

export interface SourceText {
  readonly name: string;
  readonly text: string;
}

const rules: Rules = { rawExpr, typeExpr, resolve, funcBody, signature: collectSignature, stmt };

/** The dialect of a file, by its name. */
export function dialectOf(name: string): Dialect {
  return name.endsWith('.go') ? 'go' : 'lane';
}

/** A file with the tree of its text, parsed as the file of that number. */
export interface ParsedText extends SourceText {
  readonly parse: Parse;
}

/** Parses and checks the files of one program, whatever the texts hold. @throws Interrupted */
export function checkProgram(sources: readonly SourceText[], options: CheckOptions = {}): Program {
  return checkParsed(
    sources.map(({ name, text }, i) => ({ name, text, parse: parseFile(text, dialectOf(name), i, options.interrupt) })),
    options,
  );
}

/** Checks the files of one program. The trees are only read: they can belong to several programs. */
export function checkParsed(sources: readonly ParsedText[], options: CheckOptions = {}): Program {
  const files = sources.map(({ parse }) => parse.file);
  const syntax = sources.flatMap(({ parse }) => parse.diagnostics);
  const sourceFiles = sources.map(({ name, text }) => new SourceFile(name, text));
  const broken = new Set(syntax.filter((d) => d.severity === 'error').map((d) => d.file));
  const entry = options.entry?.(files);
  const all = withEntry(files, sourceFiles, entry);
  const { pkg, checker, machine } = checkFiles('main', all.files, all.sources, options, broken);
  const main = pkg.scope.names.get(entry?.func ?? 'main');
  if (main?.kind !== 'func' && pkg.processes.length === 0) reportMissingMain(checker, broken);
  const mainFunc = startOf(main);
  const told = checker.diagnostics.filter(({ file }) => file < files.length);
  const diagnostics = [...syntax, ...withoutEchoes(told, syntax, sourceFiles)].sort(
    (a, b) => a.file - b.file || a.span.start - b.span.start,
  );
  return {
    sources: sourceFiles,
    files,
    main: pkg,
    imports: dependencies(pkg),
    ...(mainFunc && { mainFunc }),
    machine,
    diagnostics,
    ok: !diagnostics.some((d) => d.severity === 'error'),
    scopes: checker.perFileScopes.slice(0, files.length),
    traps: findTraps(checker),
  };
}

/** The files to check. That of the surroundings is of the dialect of std: what it declares is in no file of the program. */
function withEntry(
  files: readonly FileNode[],
  sources: readonly SourceFile[],
  entry: EntryFile | undefined,
): { files: readonly FileNode[]; sources: readonly SourceFile[] } {
  if (!entry) return { files, sources };
  const { file } = parseFile(entry.text, 'std', files.length);
  return { files: [...files, file], sources: [...sources, new SourceFile('', entry.text)] };
}

/** Leaves out what is said of a line with a syntax error: as a rule it is the same mistake. */
function withoutEchoes(
  found: readonly Diagnostic[],
  syntax: readonly Diagnostic[],
  files: readonly SourceFile[],
): readonly Diagnostic[] {
  if (syntax.length === 0) return found;
  const place = (d: Diagnostic): string => `${d.file}:${files[d.file]?.position(d.span.start).line ?? 0}`;
  const lines = new Set(syntax.map(place));
  return found.filter((d) => !lines.has(place(d)));
}

/** Checks a package of std from its source texts; these must be free of mistakes. */
export function checkStdPackage(
  path: string,
  texts: readonly SourceText[],
  options: CheckOptions,
): { pkg: CheckedPackage; diagnostics: readonly Diagnostic[] } {
  const parsed = texts.map(({ text }, i) => parseFile(text, 'std', i, options.interrupt));
  const files = parsed.map((p) => p.file);
  const sourceFiles = texts.map(({ name, text }) => new SourceFile(name, text));
  const { pkg, checker } = checkFiles(path, files, sourceFiles, options, new Set());
  return { pkg, diagnostics: [...parsed.flatMap((p) => p.diagnostics), ...checker.diagnostics] };
}

interface CheckedFiles {
  readonly pkg: CheckedPackage;
  readonly checker: Checker;
  readonly machine: MachineSetting[];
}

function checkFiles(
  path: string,
  files: readonly FileNode[],
  sources: readonly SourceFile[],
  options: CheckOptions,
  broken: ReadonlySet<number>,
): CheckedFiles {
  const end = Math.max(0, ...sources.map((s) => s.text.length));
  const scope: Scope = { parent: universe, names: new LateMap(), span: { start: 0, end } };
  const c = new Checker(rules, path, files, sources, options, scope, broken);
  checkPackageClauses(c);
  const { initFuncs, processes } = collect(c);
  const objects = [...c.declInfos.keys()];
  // Types first: what is declared with them must find them complete, and endless ones must be out of the way.
  for (const object of objects) if (object.kind === 'typename' && !object.isAlias) resolve(c, object);
  for (const object of objects) if (object.kind === 'typename') resolve(c, object);
  checkSizes(c);
  settle(c.named);
  for (const object of objects) resolve(c, object);
  c.runDelayed();
  settle(c.named);
  checkAnonymousInterfaces(c);
  reportSizes(c);
  const machine = checkMachine(c);
  const inits = withoutTraps(c, initOrder(c));
  reportUnused(c);
  const vars = objects.filter((object): object is VarObj => object.kind === 'var');
  const pkg: CheckedPackage = {
    path,
    funcs: checkedFuncs(c),
    vars,
    inits: inits.filter(isOfPackage),
    initFuncs,
    processes: checkProcesses(c, processes, inits),
    typings: c.typings,
    scope,
    imports: [...c.importedPackages.values()],
  };
  return { pkg, checker: c, machine };
}

/** Functions that have a usable type. */
function checkedFuncs(c: Checker): FuncObj[] {
  return c.funcs.filter((f) => f.type.kind === 'signature');
}

function checkPackageClauses(c: Checker): void {
  const first = c.files.findIndex((f) => f.packageName);
  const name = c.files[first]?.packageName?.name;
  for (const [i, file] of c.files.entries()) {
    const clause = file.packageName;
    if (clause?.name === '_') c.errorIn(i, 'type.package-clause', clause.span, 'invalid package name _');
    if (!clause || clause.name === name || clause.name === '' || clause.name === '_') continue;
    c.errorIn(i, 'type.package-clause', clause.span, `package ${clause.name}; expected package ${name}`, {
      related: [{ message: `package ${name}`, span: c.files[first]!.packageName!.span, file: first }],
    });
  }
}

/** The function in which the program starts: in a package that is not main, a function of that name may be any, and is none that can be started. */
function startOf(main: Obj | undefined): FuncObj | undefined {
  if (main?.kind !== 'func' || main.type.kind !== 'signature') return undefined;
  return main.type.params.length === 0 && main.type.results.length === 0 ? main : undefined;
}

const NO_MAIN = 'function main is undeclared in the main package';
/** What a program without a word is begun with. */
const FIRST_WORDS = 'func main() {\n\t\n}\n';

/** A program starts in func main; tests and packages that are not main need none. Told where a function stands that was to be it, if one does. */
function reportMissingMain(c: Checker, broken: ReadonlySet<number>): void {
  if (broken.size > 0 || c.files.length === 0) return;
  const clause = c.files.find((f) => f.packageName)?.packageName;
  if (clause && clause.name !== 'main') return;
  if (c.sources.some((s) => s.name.endsWith('_test.go'))) return;
  if (!clause && c.files.every(({ decls }) => decls.length === 0)) return reportBlank(c);
  const meant = mainThatWasMeant(c);
  if (meant) c.errorIn(meant.file, 'type.main', meant.span!, NO_MAIN, { fixes: () => [changeTo(meant.span!, 'main')] });
  else c.errorIn(0, 'type.main', clause?.span ?? { start: 0, end: 0 }, NO_MAIN);
}

/** Nothing is wrong with a text that has not been written yet; but it is no program. */
function reportBlank(c: Checker): void {
  const { length } = c.sources[0]!.text;
  const at = { start: length, end: length };
  const text = length > 0 && !c.sources[0]!.text.endsWith('\n') ? `\n${FIRST_WORDS}` : FIRST_WORDS;
  const fixes = (): Fix[] => [{ title: 'Write func main', edits: [{ span: at, text }] }];
  c.errorIn(0, 'type.empty-program', { start: 0, end: 0 }, `${NO_MAIN}: there is nothing in it yet`, { fixes });
}

/** A function that could start the program, if its name were. */
function mainThatWasMeant(c: Checker): FuncObj | undefined {
  const { names } = c.packageScope;
  const functions = [...names].filter(([, object]) => startOf(object) && object.span).map(([name]) => name);
  const near = nearest(c, 'main', functions, (name) => editDistance('main', name, 1) === 1);
  const meant = names.get(near ?? '');
  return meant?.kind === 'func' ? meant : undefined;
}

/** All packages that `pkg` needs, dependencies first. */
function dependencies(pkg: CheckedPackage): CheckedPackage[] {
  const order: CheckedPackage[] = [];
  const visit = (p: CheckedPackage): void => {
    for (const imported of p.imports ?? []) {
      if (order.includes(imported)) continue;
      visit(imported);
      if (!order.includes(imported)) order.push(imported);
    }
  };
  visit(pkg);
  return order;
}
