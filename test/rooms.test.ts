/** This file states which room of `src/` may import which, and fails on any file that breaks the law. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

/** Pure rooms, lowest first, with the rooms each may import. No package, no platform, no clock, no chance. */
const LIBRARY: Readonly<Record<string, readonly string[]>> = {
  base: [],
  lang: ['base'],
  service: ['base', 'lang'],
  std: ['base', 'lang'],
  bytecode: ['base', 'lang', 'std'],
  values: ['base', 'bytecode'],
  event: ['base'],
  vm: ['base', 'bytecode', 'values', 'event'],
  kernel: ['base', 'event'],
  runtime: ['base', 'event', 'bytecode', 'values', 'vm', 'kernel'],
  machine: ['base', 'event', 'bytecode', 'vm', 'kernel', 'runtime'],
  detect: ['base', 'event'],
  trace: ['base', 'event'],
  explore: ['base', 'event', 'detect'],
  timeline: ['base', 'values', 'event', 'trace'],
  picture: ['base', 'event', 'trace', 'timeline'],
  report: ['base', 'values', 'event', 'detect', 'trace', 'timeline', 'picture'],
  protocol: ['base', 'event', 'detect', 'trace', 'timeline', 'report'],
  session: ['base', 'lang', 'std', 'bytecode', 'event', 'vm', 'runtime', 'machine', 'detect', 'trace', 'report'],
  debug: ['base', 'lang', 'event', 'machine', 'trace'],
};

/** Rooms that wire the others into a program; nobody imports them but who says so. `packages` are patterns of bare module names. */
const PROGRAM: Readonly<Record<string, { rooms: readonly string[]; packages: readonly RegExp[] }>> = {
  launch: { rooms: [], packages: [/^node:/] },
  worker: { rooms: [...Object.keys(LIBRARY), 'launch'], packages: [/^node:/] },
  webview: {
    rooms: ['base', 'event', 'protocol', 'trace', 'timeline', 'picture', 'report'],
    packages: [/^preact(\/|$)/],
  },
  host: {
    rooms: ['base', 'event', 'protocol', 'service', 'report', 'trace', 'debug'],
    packages: [/^node:/, /^vscode$/],
  },
  cli: { rooms: Object.keys(LIBRARY), packages: [/^node:/] },
};

/** Names through which time or chance could enter a library room unseen. */
const FORBIDDEN_GLOBALS = new Set(['Date', 'performance']);

/** A source text under its path from `src/`, e.g. `lang/parser.ts`. */
type Sources = ReadonlyMap<string, string>;

/** Every breach of the law in the given sources, one sentence each. */
function breaches(sources: Sources): string[] {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of sources) {
    const room = path.split('/')[0]!;
    if (!path.includes('/')) found.push(`${path}: a file must stand in a room`);
    else if (!(room in LIBRARY) && !(room in PROGRAM)) found.push(`${path}: no room is called ${room}`);
    else {
      const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
      const imports = importsOf(tree);
      graph.set(path, []);
      for (const { name, erased } of imports) {
        const complaint = name.startsWith('.') ? judgeRelative(path, name) : judgePackage(room, name);
        if (complaint) found.push(`${path}: imports '${name}': ${complaint}`);
        const target = name.startsWith('.') && !erased ? resolve(sources, path, name) : undefined;
        if (target?.startsWith(room + '/')) graph.get(path)!.push(target);
      }
      if (room in LIBRARY) found.push(...impurities(tree).map((what) => `${path}: uses ${what} in a library room`));
    }
  }
  return [...found, ...cycles(graph).map((cycle) => `cycle: ${cycle.join(' -> ')}`)];
}

/** Why a relative import is not allowed, or undefined. */
function judgeRelative(path: string, name: string): string | undefined {
  const target = posix.join(posix.dirname(path), name);
  if (target.startsWith('..')) return 'leaves src';
  const [from, to] = [path.split('/')[0]!, target.split('/')[0]!];
  if (from === to) return undefined;
  const allowed = LIBRARY[from] ?? PROGRAM[from]!.rooms;
  if (allowed.includes(to)) return undefined;
  return to in PROGRAM ? `nobody imports the program room ${to}` : `${from} may not know ${to}`;
}

/** Why a package may not be imported in a room, or undefined. */
function judgePackage(room: string, name: string): string | undefined {
  if (room in LIBRARY) return 'a library room imports no package';
  return PROGRAM[room]!.packages.some((pattern) => pattern.test(name)) ? undefined : `not a package of ${room}`;
}

/** One import; `erased` when only types pass, so that nothing is left of it in the running program. */
interface Import {
  readonly name: string;
  readonly erased: boolean;
}

/** Every `import`, `import type`, `export … from`, `import()`, `import('…').T` and `require()`. */
function importsOf(tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, erased: boolean): void => {
    if (node && ts.isStringLiteralLike(node)) found.push({ name: node.text, erased });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && isImportCall(node)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isImportCall(node: ts.CallExpression): boolean {
  const called = node.expression;
  return called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
}

/** Uses of the clock or of unseeded chance. */
function impurities(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isMathRandom(node)) found.push('Math.random');
    else if (ts.isIdentifier(node) && FORBIDDEN_GLOBALS.has(node.text) && !isMemberName(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isMathRandom(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isMath(node.expression) && node.name.text === 'random';
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return isMath(node.expression) && !(ts.isStringLiteralLike(key) && key.text !== 'random');
  }
  // `const { random } = Math` and `const m = Math` hide the call; only `Math.name` is a plain use.
  return isMath(node) && !ts.isPropertyAccessExpression(node.parent) && !ts.isElementAccessExpression(node.parent);
}

function isMath(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'Math' && !isMemberName(node);
}

/** Whether the identifier names a member of something (`x.Date`, `{ Date: … }`), except of the global object. */
function isMemberName(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.name === node && parent.expression.getText() !== 'globalThis';
  }
  return (
    (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) &&
    parent.name === node
  );
}

/** The source file that a relative import means, if it is one of ours. */
function resolve(sources: Sources, path: string, name: string): string | undefined {
  const target = posix.join(posix.dirname(path), name);
  return [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((file) => sources.has(file));
}

/**
 * One cycle for each back edge met in a depth-first walk. The graph holds the imports that exist at run time:
 * types may be recursive across files (a syntax tree and the types its checker writes into it), loading may not.
 */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}

/** Every TypeScript file of `src/`. */
function sourcesOnDisk(): Sources {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const wanted = files.map((file) => file.replaceAll('\\', '/')).filter((file) => /\.tsx?$/.test(file));
  return new Map(wanted.map((file) => [file, readFileSync(join(ROOT, 'src', file), 'utf8')]));
}

suite('the rooms of src', () => {
  test('obey the import law', () => {
    const sources = sourcesOnDisk();
    assert.ok(sources.size > 0);
    assert.deepEqual(breaches(sources), []);
  });

  test('are all compiled without surroundings when they are library rooms', () => {
    const { config } = ts.parseConfigFileTextToJson(
      'tsconfig.lib.json',
      readFileSync(join(ROOT, 'tsconfig.lib.json'), 'utf8'),
    ) as { config: { compilerOptions: { lib: string[]; types: string[] }; include: string[] } };
    assert.deepEqual(
      [...config.include].sort(),
      Object.keys(LIBRARY)
        .map((room) => `src/${room}`)
        .sort(),
    );
    assert.deepEqual(config.compilerOptions.lib, ['ES2022']);
    assert.deepEqual(config.compilerOptions.types, []);
  });

  test('are listed lowest first: no library room imports a later one', () => {
    const order = Object.keys(LIBRARY);
    for (const [room, allowed] of Object.entries(LIBRARY)) {
      for (const other of allowed) assert.ok(order.indexOf(other) < order.indexOf(room), `${room} -> ${other}`);
    }
  });
});

suite('the import law', () => {
  const accepts = (path: string, text: string, others: Record<string, string> = {}): void => {
    assert.deepEqual(breaches(new Map(Object.entries({ [path]: text, ...others }))), []);
  };
  const rejects = (path: string, text: string, why: RegExp, others: Record<string, string> = {}): void => {
    const found = breaches(new Map(Object.entries({ [path]: text, ...others })));
    assert.equal(found.length, 1, `${text}: ${JSON.stringify(found)}`);
    assert.match(found[0]!, why);
  };

  test('lets a room import what its line lists, and itself', () => {
    accepts('lang/a.ts', `import { s } from '../base/span'; import type { b } from './b';`);
    accepts('runtime/a.ts', `export { k } from '../kernel/futex'; type T = import('../vm/trap').Trap;`);
    accepts('host/main.ts', `import * as vscode from 'vscode'; import { Worker } from 'node:worker_threads';`);
    accepts('webview/view.tsx', `import { h } from 'preact'; import { useState } from 'preact/hooks';`);
    accepts('cli/main.ts', `import { run } from '../machine/run'; await import('../explore/dfs');`);
  });

  test('catches every form of an import that is not listed', () => {
    const why = /kernel may not know lang/;
    rejects('kernel/a.ts', `import { x } from '../lang/ast';`, why);
    rejects('kernel/a.ts', `import type { X } from '../lang/ast';`, why);
    rejects('kernel/a.ts', `import '../lang/ast';`, why);
    rejects('kernel/a.ts', `export * from '../lang/ast';`, why);
    rejects('kernel/a.ts', `export type { X } from '../lang/ast';`, why);
    rejects('kernel/a.ts', `const x = await import('../lang/ast');`, why);
    rejects('kernel/a.ts', `type X = import('../lang/ast').X;`, why);
    rejects('kernel/a.ts', `import x = require('../lang/ast');`, why);
    rejects('kernel/deep/a.ts', `import x from '../../lang/ast';`, why);
  });

  test('reads code, not comments and strings', () => {
    accepts('kernel/a.ts', `// import x from '../lang/ast'\nconst s = "import x from '../lang/ast'";`);
  });

  test('keeps program rooms out of everything, and platforms out of libraries', () => {
    rejects('lang/a.ts', `import { m } from '../host/main';`, /nobody imports the program room host/);
    rejects('cli/a.ts', `import { m } from '../worker/main';`, /nobody imports the program room worker/);
    rejects('host/a.ts', `import { m } from '../launch/compiled';`, /nobody imports the program room launch/);
    rejects('base/a.ts', `import fs from 'node:fs';`, /a library room imports no package/);
    rejects('protocol/a.ts', `import type { Uri } from 'vscode';`, /a library room imports no package/);
    rejects('worker/a.ts', `import * as vscode from 'vscode';`, /not a package of worker/);
    rejects('webview/a.ts', `import fs from 'node:fs';`, /not a package of webview/);
    rejects('webview/a.ts', `import { r } from '../detect/race';`, /webview may not know detect/);
    rejects('cli/a.ts', `import p from '../../package.json';`, /leaves src/);
  });

  test('knows every room and wants every file in one', () => {
    rejects('utils/a.ts', '', /no room is called utils/);
    rejects('a.ts', '', /must stand in a room/);
  });

  test('finds cycles inside a room, but lets types be recursive', () => {
    const why = /^cycle: vm\/a\.ts -> vm\/b\.ts -> vm\/a\.ts$/;
    rejects('vm/a.ts', `import { B, type C } from './b';`, why, { 'vm/b.ts': `export { a } from './a';` });
    rejects('vm/a.ts', `import './a';`, /^cycle: vm\/a\.ts -> vm\/a\.ts$/);
    accepts('vm/a.ts', `import type { B } from './b';`, { 'vm/b.ts': `import { a } from './a';` });
    accepts('vm/a.ts', `import './b'; import './c';`, { 'vm/b.ts': `import './c';`, 'vm/c.ts': '' });
  });

  test('finds time and chance in library rooms, and lets program rooms have them', () => {
    rejects('event/a.ts', `const x = Math.random();`, /uses Math\.random/);
    rejects('event/a.ts', `const x = Math['random']();`, /uses Math\.random/);
    rejects('event/a.ts', `const { random } = Math;`, /uses Math\.random/);
    rejects('event/a.ts', `const x = Date.now();`, /uses Date/);
    rejects('event/a.ts', `const x = new Date();`, /uses Date/);
    rejects('event/a.ts', `const x = globalThis.performance.now();`, /uses performance/);
    accepts('event/a.ts', `const x = Math.floor(Math['max'](1, 2)); x.Date; const y = { performance: 1 };`);
    accepts('host/a.ts', `const x = Math.random() + Date.now() + performance.now();`);
  });
});
