/** This file tests what the checker finds out of each body: the promises that the compiler builds on. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call, Expr, FuncDecl, Selector, Stmt } from '../../src/lang/ast';
import type { Program } from '../../src/lang/program';
import { typeString } from '../../src/lang/typeString';
import { constString } from '../../src/lang/constantText';
import type { ConstValue, VarObj } from '../../src/lang/types';
import type { CallKind, Selection, Typing } from '../../src/lang/typing';
import { UseFinder } from '../../src/lang/variables';
import { walk } from '../../src/lang/walk';
import { check } from '../../src/std/importer';

function checked(text: string): Program {
  const program = check([{ name: 'test.lane', text }]);
  assert.deepEqual(program.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message), []); // prettier-ignore
  return program;
}

/** What is known of the body of main, that of the program looked at last. */
let typing: Typing;

/** Statements of main, whose body is `body`. */
function statements(body: string, before = ''): readonly Stmt[] {
  const program = checked(`${before}\nfunc main() {\n${body}\n}\n`);
  typing = program.mainFunc!.typing!;
  return program.mainFunc!.decl!.body!.stmts;
}

/** The right side of the first statement, an assignment. */
function rhs(body: string, before = ''): Expr {
  const [s] = statements(body, before);
  assert.ok(s?.kind === 'AssignStmt');
  return s.rhs[0]!;
}

const shownValue = (value: ConstValue): string => (value.kind === 'string' ? value.v : constString(value));
const shown = (e: Expr): string => {
  const [type, value] = [typing.typeOf(e), typing.constantOf(e)];
  return `${typing.modeOf(e)} ${type ? typeString(type) : '-'}${value ? ` ${value.kind} ${shownValue(value)}` : ''}`;
};

suite('types of expressions', () => {
  test('an untyped constant gets the type it is used as', () => {
    const [s] = statements('\tvar f float64 = 1\n\t_ = f');
    assert.ok(s?.kind === 'DeclStmt' && s.decl.specs[0]?.kind === 'ValueSpec');
    assert.equal(shown(s.decl.specs[0].values[0]!), 'constant float64 float 1');
  });

  test('or its default type, in variables and for ...any', () => {
    assert.equal(shown(rhs("\tx := 'a' + 1\n\t_ = x")), 'constant rune int 98');
    const call = rhs('\t_, _ = fmt.Println(1.5, "a", 2)') as Call;
    assert.deepEqual(call.args.map(shown), [
      'constant float64 float 1.5',
      'constant string string a',
      'constant int int 2',
    ]);
  });

  test('operands of a non-constant operation get the type of the other', () => {
    const e = rhs('\ty := uint8(1) + x', 'var x uint8\n');
    assert.ok(e.kind === 'Binary');
    assert.equal(shown(e), 'value uint8');
    const shift = rhs('\tvar_ = 1 << n', 'var n = 3\nvar var_ int64\n');
    assert.ok(shift.kind === 'Binary');
    assert.deepEqual([shown(shift), shown(shift.x)], ['value int64', 'constant int64 int 1']);
  });

  test('a comparison is a bool, and its constant operand has the other type', () => {
    const e = rhs('\tb := x == 1', 'var x int64\n');
    assert.ok(e.kind === 'Binary');
    assert.deepEqual([shown(e), shown(e.y)], ['value bool', 'constant int64 int 1']);
  });

  test('nil has the type of what it stands for', () => {
    assert.equal(shown(rhs('\tp = nil', 'var p *int\n')), 'nil *int');
  });

  test('a call of several results has a tuple, one of none an empty one', () => {
    assert.equal(
      shown(rhs('\ta, b := f()\n\t_, _ = a, b', 'func f() (int, string) { return 1, "" }\n')),
      'value (int, string)',
    );
    const [s] = statements('\tf()', 'func f() {}\n');
    assert.ok(s?.kind === 'ExprStmt');
    assert.equal(shown(s.x), 'novalue ()');
  });

  test('a duration is a time.Duration, a size an untyped integer', () => {
    assert.equal(shown(rhs('\td := 1.5ms\n\t_ = d')), 'constant time.Duration int 1500000');
    assert.equal(shown(rhs('\tn := 64KB\n\t_ = n')), 'constant int int 65536');
  });

  test('integer constants keep all 64 bits', () => {
    assert.equal(shown(rhs('\tx := uint64(1<<64 - 1)\n\t_ = x')), 'constant uint64 int 18446744073709551615');
  });
});

suite('calls, selectors and declarations', () => {
  const callKind = (e: Expr): CallKind | undefined => typing.callOf(e as Call);
  const selection = (e: Expr): Selection | undefined => typing.selectionOf(e as Selector);

  const types = `
type Inner struct{ mu sync.Mutex }
type Outer struct{ n int; *Inner }
func (o Outer) Get() int { return o.n }
func (i *Inner) Set() {}
type Getter interface { Get() int; Also() }
var o Outer
var g Getter
`;

  test('calls know what they are', () => {
    assert.deepEqual(callKind(rhs('\tx := int64(1)\n\t_ = x')), { kind: 'conversion' });
    assert.deepEqual(callKind(rhs('\tx := len("a" + s)\n\t_ = x', 'var s string\n')), {
      kind: 'builtin',
      name: 'len',
    });
    assert.equal(callKind(rhs('\tx := o.Get()\n\t_ = x', types))?.kind, 'call');
  });

  test('selections hold the path through embedded fields', () => {
    const field = rhs('\tx := &o.mu\n\t_ = x', types);
    assert.ok(field.kind === 'Unary' && field.x.kind === 'Selector');
    const mu = typing.selectionOf(field.x);
    assert.ok(mu?.kind === 'field');
    assert.deepEqual([mu.path, mu.object.name, mu.object.kind], [[1, 0], 'mu', 'field']);
    const promoted = selection((statements('\to.Set()', types)[0] as { x: Call }).x.fun);
    assert.ok(promoted?.kind === 'method');
    assert.deepEqual([promoted.path, promoted.recv, promoted.object.name], [[1], 'pointer', 'Set']);
    const iface = selection((rhs('\tx := g.Get()\n\t_ = x', types) as Call).fun);
    assert.ok(iface?.kind === 'interfaceMethod');
    assert.deepEqual([iface.path, iface.index, iface.object.name], [[], 1, 'Get']);
    const expression = selection(rhs('\tx := Outer.Get\n\t_ = x', types));
    assert.ok(expression?.kind === 'methodExpr');
    const member = selection(rhs('\tx := time.Now\n\t_ = x'));
    assert.deepEqual(member, { kind: 'package' });
  });

  test(':= says which of its variables are new', () => {
    const s = statements('\ta := 1\n\ta, b := 2, 3\n\t_, _ = a, b')[1];
    assert.ok(s?.kind === 'AssignStmt');
    assert.deepEqual(
      typing.declaredBy(s).map((v) => v?.name),
      [undefined, 'b'],
    );
    assert.ok(s.lhs[0]?.kind === 'Ident' && typing.objectOf(s.lhs[0])?.kind === 'var');
  });

  test('a type switch has a variable in each clause', () => {
    const s = statements(
      '\tswitch v := x.(type) {\n\tcase int:\n\t\t_ = v\n\tcase string, bool:\n\t}',
      'var x any\n',
    )[0];
    assert.ok(s?.kind === 'TypeSwitchStmt');
    assert.deepEqual(s.clauses.map((c) => typeString(typing.variableOf(c)!.type)), ['int', 'any']); // prettier-ignore
  });

  test('range variables have their objects', () => {
    const s = statements('\tfor i, v := range []string{"a"} {\n\t\t_, _ = i, v\n\t}')[0];
    assert.ok(s?.kind === 'RangeStmt' && s.key?.kind === 'Ident' && s.val?.kind === 'Ident');
    assert.deepEqual([s.key, s.val].map((e) => typeString((typing.objectOf(e) as VarObj).type)), ['int', 'string']); // prettier-ignore
    assert.equal(typing.perIteration, true);
  });
});

suite('variables', () => {
  interface Found {
    readonly variable: VarObj;
    readonly captured: boolean;
    readonly addressed: boolean;
  }

  function found(body: string, name: string, before = ''): Found {
    const { scopes, mainFunc } = checked(`${before}\nfunc main() {\n${body}\n}\n`);
    const objects = (scopes ?? []).flat().map((scope) => scope.names.get(name));
    const variable = objects.filter((object) => object?.kind === 'var').at(-1);
    assert.ok(variable);
    const uses = new UseFinder().of(mainFunc!.typing!);
    return { variable, captured: uses.captured.has(variable), addressed: uses.addressed.has(variable) };
  }

  test('are captured when another function uses them', () => {
    assert.equal(found('\tx := 1\n\tgo func() { println(x) }()', 'x').captured, true);
    assert.equal(found('\tx := 1\n\tgo func() { x := 2; println(x) }(); println(x)', 'x').captured, false);
    assert.equal(found('\tx := 1\n\tprintln(x)', 'x').captured, false);
    const inner = found('\tgo func() { x := 1; println(x) }()', 'x');
    assert.deepEqual([inner.captured, inner.variable.owner?.kind], [false, 'FuncLit']);
  });

  test('are addressed by &, by methods with pointer receiver, and by slicing an array', () => {
    const pair =
      'type I struct{ a [3]int }\nfunc (i *I) p() {}\ntype P struct{ n int; a [3]int; I; *Q }\ntype Q struct{ a [3]int }\nfunc (q *Q) q() {}\nfunc (p *P) m() {}\nfunc (p P) v() {}\n';
    const uses = ['_ = &x', '_ = &x.n', '_ = &x.a[1]', 'x.m()', 'f := x.m; f()', '_ = x.a[:]', 'x.p()', '_ = x.I.a[:]', '_ = &(x)', '(*P).m(&x)']; // prettier-ignore
    for (const use of uses) assert.equal(found(`\tvar x P\n\t${use}`, 'x', pair).addressed, true, use);
    const others = [
      '_ = x.n',
      'x.v()',
      'x.a[1] = 2',
      'y := &P{}; y.m(); _ = x',
      'x.q()',
      '_ = x.Q.a[:]',
      'f := P.v; f(x)',
    ];
    for (const use of others) assert.equal(found(`\tvar x P\n\t${use}`, 'x', pair).addressed, false, use);
    assert.equal(found('\tx := &P{}\n\t_ = &x.n\n\tx.m()', 'x', pair).addressed, false);
  });

  test('free in a literal are those that literals inside it use too, in order of first use', () => {
    const { mainFunc } = checked(
      'func main() { a, b, c := 1, 2, 3; func() { _ = b; func() { _, _ = c, b }() }(); _ = a }\n',
    );
    const uses = new UseFinder().of(mainFunc!.typing!);
    const free: string[][] = [];
    walk(mainFunc!.decl!, (n) => {
      if (n.kind === 'FuncLit') free.push(uses.free(n).map((v) => v.name));
    });
    assert.deepEqual(free, [['b', 'c'], ['c', 'b']]); // prettier-ignore
  });
});

suite('references', () => {
  const text = `
type Base struct{ n int }
func (b *Base) inc() { b.n++ }
type Deep struct{ Base }
type Mid struct{ *Deep; other int }
type Incrementer interface{ inc() }
type Both interface{ Incrementer; get() int }
func run(i Incrementer, b Both) { i.inc(); b.inc() }
var d = Deep{Base{n: 4}}
func main() {
	m := Mid{&d, 1}
	m.n = d.n + m.Deep.Base.n
	m.inc()
	f := (*Mid).inc
	f(&m)
}
`;

  /** Where names refer to the object that the first name `declared` refers to: the texts around them. */
  function references(declared: string): string[] {
    const program = checked(text);
    const refers = [...program.main.typings].flatMap(([root, known]) => {
      const list: { at: number; object: unknown }[] = [];
      walk(root, (n) => {
        if (n.kind === 'Ident') list.push({ at: n.span.start, object: known.objectOf(n) });
      });
      return list;
    });
    const start = text.indexOf(declared) + declared.search(/\w+\W*$/);
    const { object } = refers.find(({ at }) => at === start)!;
    assert.ok(object);
    const places = refers.filter((r) => r.object === object).map(({ at }) => at).sort((a, b) => a - b); // prettier-ignore
    return places.map((at) => text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at)).trim());
  }

  test('of a field are found through embedding, pointers and literals', () => {
    assert.deepEqual(references('Base struct{ n'), [
      'type Base struct{ n int }',
      'func (b *Base) inc() { b.n++ }',
      'var d = Deep{Base{n: 4}}',
      'm.n = d.n + m.Deep.Base.n',
      'm.n = d.n + m.Deep.Base.n',
      'm.n = d.n + m.Deep.Base.n',
    ]);
  });

  test('of a method are those of the declared one, also where it is promoted', () => {
    assert.deepEqual(references('func (b *Base) inc'), [
      'func (b *Base) inc() { b.n++ }',
      'm.inc()',
      'f := (*Mid).inc',
    ]);
  });

  test("of an interface's method are found through embedded interfaces", () => {
    assert.deepEqual(references('interface{ inc'), [
      'type Incrementer interface{ inc() }',
      'func run(i Incrementer, b Both) { i.inc(); b.inc() }',
      'func run(i Incrementer, b Both) { i.inc(); b.inc() }',
    ]);
  });
});

/** Expressions that are values or types wherever they stand. */
const ALWAYS = new Set([
  'BasicLit',
  'CompositeLit',
  'FuncLit',
  'Selector',
  'Index',
  'SliceExpr',
  'Call',
  'Star',
  'Unary',
  'Binary',
]);
const EXAMPLES = join(__dirname, '..', '..', 'examples');

suite('a program without error', () => {
  for (const name of readdirSync(EXAMPLES).filter((n) => n.endsWith('.lane'))) {
    test(`has a mode and a type on every expression: ${name}`, () => {
      const program = check([{ name, text: readFileSync(join(EXAMPLES, name), 'utf8') }]);
      assert.equal(program.ok, true);
      let count = 0;
      for (const [root, known] of program.main.typings) {
        walk(root, (node) => {
          const e = node as Expr;
          if (!ALWAYS.has(e.kind)) return;
          count++;
          const mode = known.modeOf(e);
          assert.ok(mode && mode !== 'invalid' && known.typeOf(e), `${e.kind} at ${e.span.start}: ${mode}`);
        });
      }
      assert.ok(count > 10);
    });
  }
});

suite('the program', () => {
  test('initialises variables in the order of their needs', () => {
    const { main } = checked(
      'var a = b + f()\nvar b = 1\nvar c, d = g()\nfunc f() int { return c }\nfunc g() (int, int) { return 1, 2 }\nfunc main() { println(a, b, c, d) }\n',
    );
    assert.deepEqual(main.inits.map((step) => step.lhs.map((v) => v.name).join()), ['b', 'c,d', 'a']); // prettier-ignore
  });

  test('lists the packages it needs, dependencies first', () => {
    const { imports } = checked('func main() { fmt.Println(4ms) }\n');
    assert.deepEqual(imports.map((p) => p.path), ['errors', 'io', 'fmt', 'time']); // prettier-ignore
  });

  test('knows main, methods and machine settings', () => {
    const program = checked(
      'machine {\n\tcores = 3\n\tquantum = 2ms\n}\ntype T int\nfunc (t *T) m() {}\nfunc main() {}\n',
    );
    assert.equal(program.ok, true);
    assert.deepEqual(program.machine.map(({ key, value }) => [key, value]), [['cores', 3], ['quantum', 2_000_000]]); // prettier-ignore
    assert.deepEqual(program.main.funcs.map((f) => [f.name, f.recv]), [['m', { typeName: 'T', pointer: true }], ['main', undefined]]); // prettier-ignore
    const decl: FuncDecl | undefined = program.mainFunc?.decl;
    assert.equal(decl?.name.name, 'main');
  });

  test('has a rename for a name that is nearly right', () => {
    const { diagnostics } = check([{ name: 'a.lane', text: 'func main() {\n\tcounter := 1\n\tprintln(cuonter)\n}\n' }]);
    const undefinedName = diagnostics.find((d) => d.code === 'type.undefined');
    assert.deepEqual(undefinedName?.fixes?.[0]?.edits.map((e) => e.text), ['counter']); // prettier-ignore
    const far = check([{ name: 'a.lane', text: 'func main() {\n\tprintln(qqqqqq)\n}\n' }]).diagnostics[0];
    assert.deepEqual(far?.fixes, []);
  });

  test('has no rename to what is not an identifier: a package of the path sync-x, which nobody knows, or of syn and c with an accent of its own', () => {
    for (const [path, fix] of [
      ['sync-x', undefined],
      ['sync\u0301', undefined],
      ['sync8', 'sync8'],
    ] as const) {
      const { diagnostics } = check([{ name: 'a.go', text: `package main\n\nimport "${path}"\n\nfunc main() { synx.Do() }\n` }]); // prettier-ignore
      const undefinedName = diagnostics.find((d) => d.code === 'type.undefined');
      assert.deepEqual(
        undefinedName?.fixes?.map((f) => f.edits[0]?.text),
        fix === undefined ? [] : [fix],
      );
    }
  });

  test('has a rename for a main, a label and an import path that are nearly right', () => {
    const fixOf = (text: string, name = 'a.lane'): unknown => {
      const [found] = check([{ name, text }]).diagnostics.filter(({ severity }) => severity === 'error');
      return [found!.message, text.slice(found!.span.start, found!.span.end), found!.fixes?.[0]?.edits[0]?.text];
    };
    const missing = 'function main is undeclared in the main package';
    assert.deepEqual(fixOf('func other() {}\n\nfunc mian() {}\n'), [missing, 'mian', 'main']);
    assert.deepEqual(fixOf('package main\n\nfunc Main() {}\n', 'a.go'), [missing, 'Main', 'main']);
    // What takes or gives something, and what is far from it, was not meant.
    assert.deepEqual(fixOf('func mian(n int) {}\n'), [missing, '', undefined]);
    assert.deepEqual(fixOf('func fail() {}\n'), [missing, '', undefined]);
    const loop = (inner: string): string => `func main() {\nouter:\n\tfor {\n\t\tfor {\n\t\t\tcontinue outer\n\t\t\t${inner}\n\t\t}\n\t}\n}\n`; // prettier-ignore
    assert.deepEqual(fixOf(loop('break outre')), ['break label not defined: outre', 'outre', 'outer']);
    assert.deepEqual(fixOf(loop('goto oute')), ['label oute not defined', 'oute', 'outer']);
    assert.deepEqual(fixOf(loop('break nowhere')), ['break label not defined: nowhere', 'nowhere', undefined]);
    const imports = (path: string): string => `package main\n\nimport _ "${path}"\n\nfunc main() {}\n`;
    assert.equal((fixOf(imports('sycn/atomic'), 'a.go') as string[])[2], 'sync/atomic');
    assert.equal((fixOf(imports('example.org/x'), 'a.go') as string[])[2], undefined);
  });

  test('without a word is told apart, and begun by a fix', () => {
    for (const text of ['', '\n\n', '// To be written', '/* a\n b */\n']) {
      const { diagnostics, ok } = check([{ name: 'a.lane', text }]);
      assert.deepEqual(diagnostics.map(({ code }) => code), ['type.empty-program'], text); // prettier-ignore
      assert.equal(ok, false);
      const { span, text: added } = diagnostics[0]!.fixes![0]!.edits[0]!;
      assert.equal(
        check([{ name: 'a.lane', text: text.slice(0, span.start) + added + text.slice(span.end) }]).ok,
        true,
      );
    }
    assert.deepEqual(check([{ name: 'a.lane', text: 'var x = 1\n' }]).diagnostics.map(({ code }) => code), ['type.main']); // prettier-ignore
  });

  test('of several files is one package', () => {
    const program = check([
      { name: 'a.go', text: 'package main\n\nfunc main() { println(helper(x)) }\n' },
      { name: 'b.go', text: 'package main\n\nvar x = 1\n\nfunc helper(n int) int { return n + y }\n' },
    ]);
    assert.deepEqual(program.diagnostics.map((d) => [d.file, d.message]), [[1, 'undefined: y']]); // prettier-ignore
  });

  test('without main says so', () => {
    const messages = (name: string, text: string): string[] =>
      check([{ name, text }]).diagnostics.map((d) => d.message);
    assert.deepEqual(messages('a.go', 'package main\n'), ['function main is undeclared in the main package']);
    assert.deepEqual(messages('a.go', 'package lib\n'), []);
    assert.deepEqual(messages('a_test.go', 'package main\n'), []);
  });
});
