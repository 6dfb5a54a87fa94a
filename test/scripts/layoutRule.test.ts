/** This file tests the lint rule that checks offsets against what addresses point to. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import layout from '../../scripts/layout-rule.mjs';
import { ROOT } from '../harness/vscode';

const FILE = join(ROOT, 'test', 'scripts', 'fixture.ts');

/** Addresses and a memory in which the tests' statements stand. */
const PREAMBLE = `
  import type { Address } from '../../src/base/address';
  const enum XAt { Id = 0, Next = 1, Y = 2, Any = 3, Since = 4 }
  const enum YAt { Id = 0, X = 1 }
  interface X { XAt: true; [XAt.Next]: XAddr; [XAt.Y]: YAddr; [XAt.Any]: unknown }
  interface Y { YAt: true; [YAt.X]: XAddr }
  interface LongX extends X { long: true }
  type XAddr = Address<X>;
  type YAddr = Address<Y>;
  declare const w: Int32Array, f: Float64Array, x: XAddr, y: YAddr, long: Address<LongX>, n: number, field: XAt.Next | XAt.Y;
`;

/** What the rule says of each statement: the kind of the fault, or ''. */
function faults(statements: readonly string[]): string[] {
  const text = PREAMBLE + statements.map((each) => `{ ${each} }`).join('\n');
  const program = programOf(text);
  const first = PREAMBLE.split('\n').length;
  const config = {
    files: ['**/*.ts'],
    plugins: { interlane: { rules: { layout } } },
    languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program] } },
    rules: { 'interlane/layout': 'error' },
  } satisfies Linter.Config;
  const messages = new Linter({ cwd: ROOT }).verify(text, config, FILE);
  return statements.map((_, i) =>
    messages
      .filter(({ line }) => line === first + i)
      .map(({ messageId, message }) => messageId ?? message)
      .join(),
  );
}

function programOf(text: string): ts.Program {
  const options: ts.CompilerOptions = { strict: true, noUncheckedIndexedAccess: true, types: [], lib: ['lib.es2022.d.ts'] };
  const host = ts.createCompilerHost(options);
  const onDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === FILE ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true) : onDisk(name, ...rest);
  return ts.createProgram([FILE], options, host);
} // prettier-ignore

function check(kind: string, statements: readonly string[]): void {
  assert.deepEqual(
    faults(statements).map((each, i) => `${statements[i]}  ${each}`),
    statements.map((each) => `${each}  ${kind}`),
  );
}

suite('the rule interlane/layout', () => {
  test('lets words be read and written as their layout says', () => {
    check('', [
      'const id = w[x + XAt.Id]!;',
      'const next = w[x + XAt.Next] as XAddr;',
      'const far = w[(w[x + XAt.Next] as XAddr) + XAt.Y] as YAddr;',
      'const mine = w[long + XAt.Next] as XAddr;',
      'const any = w[x + XAt.Any] as YAddr;',
      'const since = f[(x + XAt.Since) >> 1]!;',
      'if (w[x + XAt.Next] !== 0 && w[x + XAt.Next] === x) w[x + XAt.Next] = 0;',
      'w[x + XAt.Next] = x;',
      'w[y + YAt.X] = long;',
      'w[x + XAt.Id] = n;',
      'w[x + XAt.Id]!++;',
      'w[x + XAt.Any] = y;',
      'const at = n + 3;',
    ]);
  });

  test('reports an offset of another block, and one that is added to a plain number', () => {
    check('base', [
      'const id = w[y + XAt.Id]!;',
      'const id = w[n + XAt.Id]!;',
      'w[y + XAt.Id] = 1;',
      'const since = f[(y + XAt.Since) >> 1]!;',
      'const id = w[w[x + XAt.Any]! + YAt.Id]!;',
      'const at = y + field;',
    ]);
  });

  test('reports an address that is read as a number, or as the address of something else', () => {
    check('read', [
      'const next = w[x + XAt.Next]!;',
      'const next = w[x + XAt.Next] as YAddr;',
      'const id = w[x + XAt.Id] as XAddr;',
      'if (w[x + XAt.Next] === y) n;',
      'w[x + XAt.Next]!++;',
    ]);
  });

  test('reports what is no such address and written to a word that is one, and an address written to one that is none', () => {
    check('write', [
      'w[x + XAt.Next] = y;',
      'w[x + XAt.Next] = n;',
      'w[y + YAt.X] = w[x + XAt.Id]!;',
      'w[x + XAt.Id] = y;',
    ]);
  });
});
