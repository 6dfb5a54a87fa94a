/** This file tests that the syntax tree is only read: every tree is frozen before it is checked, and one tree serves several programs. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compile } from '../../src/bytecode/compile';
import type { Decl, Node } from '../../src/lang/ast';
import { checkParsed, dialectOf, type ParsedText } from '../../src/lang/check';
import { parseFile } from '../../src/lang/parser';
import type { Program } from '../../src/lang/program';
import { printTree } from '../../src/lang/print';
import { walk } from '../../src/lang/walk';
import { implicitPackages, stdImporter } from '../../src/std/importer';
import { packageSources } from '../../src/std/packages';
import { endOf } from '../runtime/source';
import { run } from '../runtime/harness';
import { anyText } from './texts';

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

/** A file with a frozen tree: writing to it throws. */
function parsed(name: string, text: string, index = 0): ParsedText {
  const parse = parseFile(text, dialectOf(name), index);
  freeze(parse);
  return { name, text, parse };
}

const checkTrees = (sources: readonly ParsedText[]): Program =>
  checkParsed(sources, { importer: stdImporter, implicitPackages });

const ROOT = join(__dirname, '..', '..');
const FOLDERS = [
  'examples',
  'test/lang/check',
  'test/lang/types',
  'test/vm/programs',
  'test/fuzz',
  'test/session',
  'test/lang/golden',
];

function programs(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).map((name) => join(folder, name)).filter((name) => /\.(go|lane)$/.test(name) && statSync(join(ROOT, name)).isFile()); // prettier-ignore
}

/** Every node of a file that belongs to a body, by body. */
function bodies(source: ParsedText): { size: number; ids: number[] }[] {
  const roots: (Node & { size: number })[] = [];
  const addAll = (decls: readonly Decl[]): void => {
    for (const decl of decls) {
      if (decl.kind === 'GenDecl') roots.push(...decl.specs.filter((spec) => spec.kind !== 'ImportSpec'));
      else if (decl.kind === 'ProcessDecl') {
        roots.push(decl.head);
        addAll(decl.decls);
      } else if (decl.kind !== 'BadDecl') roots.push(decl);
    }
  };
  addAll(source.parse.file.decls);
  return roots.map((root) => {
    const ids: number[] = [];
    walk(root, (node) => void ids.push(node.id));
    return { size: root.size, ids };
  });
}

function assertNumbered(source: ParsedText): void {
  for (const { size, ids } of bodies(source)) {
    assert.equal(new Set(ids).size, ids.length, 'two nodes of one number');
    assert.ok(ids.every((id) => id >= 0 && id < size));
  }
}

suite('the tree is only read', () => {
  for (const folder of FOLDERS.filter((f) => programs(f).length > 0)) {
    test(`by checking and compiling the programs of ${folder}`, () => {
      for (const name of programs(folder)) {
        const source = parsed(name, readFileSync(join(ROOT, name), 'utf8'));
        assertNumbered(source);
        const program = checkTrees([source]);
        if (program.ok) compile(program);
      }
    });
  }

  test('by checking any text, whose nodes are numbered by body', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(anyText, fc.constantFrom('x.lane', 'x.go'), (text, name) => {
        const source = parsed(name, text);
        assertNumbered(source);
        checkTrees([source]);
      }),
      { numRuns: 1000 },
    );
  });

  test('and the packages of std are numbered too', () => {
    for (const [path, text] of Object.entries(packageSources)) {
      const parse = parseFile(text, 'std', 0);
      assertNumbered({ name: path, text, parse });
    }
  });
});

suite('one body in two packages', () => {
  const shared = `
const scale, doubled = one / 2, 2 * (one / 2)

func (p Point) total() Number { return p.X/2 + p.Y*scale }

func main() {
	p := Point{X: 7, Y: 3}
	add := func(n Number) { p.X += n }
	add(one / 4 * 4)
	fmt.Println(p.total(), doubled, fmt.Sprintf("%T", p.X), label(p))
}
`;
  const whole = `
type Number int
type Point struct{ X, Y Number }
const one = 1
func label(x any) string { return "whole" }
`;
  const real = `
type Base struct{ pad [3]string; Y, X Number }
type Point struct{ *Base2; Base }
type Base2 struct{}
type Number float64
const one = 1.0
func label(p fmt.Stringer) string { return p.String() }
func (b Base) String() string { return fmt.Sprint("real ", b.X) }
`;

  const output = (program: Program): string => {
    assert.deepEqual(program.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message), []); // prettier-ignore
    return endOf(run(compile(program)));
  };

  test('has two typings, each compiled to its own code', () => {
    const body = parsed('shared.lane', shared.replace('Point{X: 7, Y: 3}', 'newPoint()'));
    const first = parsed('whole.lane', `${whole}func newPoint() Point { return Point{X: 7, Y: 3} }\n`, 1);
    const second = parsed('real.lane', `${real}func newPoint() Point { return Point{Base: Base{X: 7, Y: 3}} }\n`, 1);
    const programsOfBoth = [checkTrees([body, first]), checkTrees([body, second])];
    // Compiled after both were checked: neither check may have spoilt the other.
    const [a, b] = programsOfBoth.map(output);
    assert.equal(a, '3 0 main.Number whole\nexit 0');
    assert.equal(b, '5.5 1 main.Number real 8\nexit 0');
    const [one, other] = programsOfBoth.map((program) => program.mainFunc!);
    assert.equal(one!.decl, other!.decl);
    assert.notEqual(one!.typing, other!.typing);
    assert.deepEqual(output(programsOfBoth[0]!), a);
  });

  test('also when one of the two has mistakes in it', () => {
    const body = parsed('shared.lane', shared);
    const good = checkTrees([body, parsed('whole.lane', whole, 1)]);
    const bad = checkTrees([body, parsed('bad.lane', 'type Point struct{ X string }\nconst one = "a"\n', 1)]);
    assert.ok(bad.diagnostics.length > 3);
    assert.equal(output(good), '3 0 main.Number whole\nexit 0');
  });

  test('a repeated constant expression means at each place what it means there', () => {
    const text =
      'const (\n\ta int8 = 1 << (iota * 3)\n\tb\n\tc\n)\nfunc main() {\n\tconst (\n\t\tx = 1.5 * iota\n\t\ty\n\t\tz\n\t)\n\tfmt.Println(a, b, c, x, y, z)\n}\n';
    const source = parsed('a.lane', text);
    const before = printTree(text, source.parse.file);
    assert.equal(output(checkTrees([source])), '1 8 64 0 1.5 3\nexit 0');
    assert.equal(printTree(text, source.parse.file), before);
  });
});
