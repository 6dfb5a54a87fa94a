/**
 * This file finds the tests of a program and writes the main function that runs them, as `go test` writes _testmain.go. What it writes is checked with the
 * program, and has no place in it.
 */
import type { Expr, Field, FileNode, FuncDecl } from '../lang/ast';
import type { EntryFile } from '../lang/check/checker';
import { packageName } from '../lang/typeString';

/** A function that takes one pointer to a type of package testing and has no results. */
interface Entry {
  readonly name: string;
  readonly decl: FuncDecl;
}

/** The tests of a program in source order: `func TestXxx(t *testing.T)`. */
export function testsOf(files: readonly FileNode[]): Entry[] {
  return entries(files, 'T').filter(({ name }) => isTestName(name));
}

/** `Test`, `TestAdd`, `Test_add`, but not `Testify`. */
function isTestName(name: string): boolean {
  return /^Test(?!\p{Ll})/u.test(name);
}

export interface TestChoice {
  /** The one test that is to run. */
  readonly only?: string | undefined;
  /** Run tests though the program has a main. */
  readonly always?: boolean | undefined;
}

/** The main function of a program that has none but has tests, or of one whose tests are asked for; undefined where there are none. */
export function testMain(files: readonly FileNode[], { only, always }: TestChoice = {}): EntryFile | undefined {
  if (only === undefined && !always && files.some(hasMain)) return undefined;
  const tests = testsOf(files).filter(({ name }) => only === undefined || name === only);
  if (tests.length === 0) return undefined;
  const taken = declaredNames(files);
  const [func, pkg] = [free('testmain', taken), free('testing', taken)];
  const own = entries(files, 'M').some(({ name }) => name === 'TestMain');
  const text = [
    `package ${files.find((file) => file.packageName)?.packageName?.name ?? 'main'}`,
    `import ${pkg} "testing"`,
    `func ${func}() {`,
    `	m := ${pkg}.MainStart([]${pkg}.InternalTest{`,
    ...tests.map(({ name }) => `		{"${name}", ${name}},`),
    '	})',
    own ? '	TestMain(m)' : '	m.Finish(m.Run())',
    '}',
    '',
  ].join('\n');
  return { text, func };
} // prettier-ignore

function hasMain({ decls }: FileNode): boolean {
  return decls.some((decl) => decl.kind === 'FuncDecl' && !decl.recv && decl.name.name === 'main');
}

function entries(files: readonly FileNode[], type: 'T' | 'M'): Entry[] {
  return files.flatMap((file) =>
    file.decls.flatMap((decl) => {
      if (decl.kind !== 'FuncDecl' || !decl.body || decl.recv) return [];
      const { params, results, typeParams } = decl.signature;
      const [param] = params;
      if (!param || params.length > 1 || results.length > 0 || typeParams.length > 0) return [];
      return takes(file, param, type) ? [{ name: decl.name.name, decl }] : [];
    }),
  );
}

/** Whether a parameter is one `*testing.T`, by the name that the file gives the package. */
function takes(file: FileNode, { names, typeExpr }: Field, type: string): boolean {
  if (names.length > 1 || typeExpr.kind !== 'Star') return false;
  const named: Expr = typeExpr.x;
  if (named.kind === 'Selector' && named.x.kind === 'Ident')
    return named.sel.name === type && importNames(file).includes(named.x.name);
  return named.kind === 'Ident' && named.name === type && importNames(file).includes('.');
}

/** By which names a file has the package testing. */
function importNames(file: FileNode): string[] {
  const specs = file.decls.flatMap((decl) => (decl.kind === 'GenDecl' ? decl.specs : []));
  const imports = specs.flatMap((spec) => (spec.kind === 'ImportSpec' ? [spec] : []));
  const names = imports.filter(({ path }) => /^["`]testing["`]$/.test(path.raw)).map((spec) => spec.name?.name ?? 'testing');
  return names.length === 0 && file.dialect === 'lane' ? ['testing'] : names;
} // prettier-ignore

/** Every name at package level, and of imports. */
function declaredNames(files: readonly FileNode[]): Set<string> {
  const names = new Set<string>();
  for (const decl of files.flatMap((file) => file.decls)) {
    if (decl.kind === 'FuncDecl') names.add(decl.name.name);
    if (decl.kind !== 'GenDecl') continue;
    for (const spec of decl.specs) {
      if (spec.kind === 'ValueSpec') for (const { name } of spec.names) names.add(name);
      if (spec.kind === 'TypeSpec') names.add(spec.name.name);
      if (spec.kind === 'ImportSpec') names.add(spec.name?.name ?? packageName(spec.path.raw.slice(1, -1)));
    }
  }
  return names;
}

/** A name that the program does not have. */
function free(name: string, taken: ReadonlySet<string>): string {
  let result = `_${name}`;
  while (taken.has(result)) result = `_${result}`;
  return result;
}
