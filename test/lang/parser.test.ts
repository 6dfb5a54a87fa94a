/** This file tests the parser: recorded trees, messages, recovery, the words of Interlane, laws on any text, and programs nobody here wrote. */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SourceFile } from '../../src/base/span';
import type { Dialect, Node } from '../../src/lang/ast';
import { parseFile } from '../../src/lang/parser';
import { printTokens, printTree } from '../../src/lang/print';
import { scan } from '../../src/lang/scanner';
import { forEachChild, pathAt, walk } from '../../src/lang/walk';
import { goFiles, goRoot } from '../support/go-tree';
import { assertGolden } from '../support/golden';
import { anyText } from './texts';

const goldens = join(__dirname, 'golden');

function messages(text: string, dialect: Dialect = 'lane'): string[] {
  const source = new SourceFile('', text);
  return parseFile(text, dialect, 0).diagnostics.map((d) => {
    const { line, column } = source.position(d.span.start);
    return `${line + 1}:${column + 1} ${d.message}`;
  });
}

/** Diagnostics, then the tree. */
function printed(text: string, dialect: Dialect): string {
  const { file } = parseFile(text, dialect, 0);
  return `${messages(text, dialect)
    .map((m) => `! ${m}\n`)
    .join('')}${printTree(text, file)}`;
}

function countNodes(root: Node, kind: Node['kind']): number {
  let count = 0;
  walk(root, (node) => {
    if (node.kind === kind) count++;
  });
  return count;
}

const inMain = (body: string): string => `func main() {\n${body}\n}\n`;

suite('parser: recorded trees', () => {
  for (const name of readdirSync(goldens).filter((n) => /\.(lane|go)$/.test(n))) {
    test(name, () => {
      const text = readFileSync(join(goldens, name), 'utf8');
      assertGolden(join(goldens, `${name}.golden`), printed(text, name.endsWith('.go') ? 'go' : 'lane'));
    });
  }

  test('tokens', () => {
    const text = 'x := 4ms // wait\n';
    assert.equal(
      printTokens(text, scan(text, 'lane')),
      '1:1 name "x"\n1:3 :=\n1:6 duration "4ms"\n1:17 ; "newline"\n2:1 EOF\n',
    );
  });
});

suite('parser: messages and recovery', () => {
  test('one mistake, one message, in the words of the Go compiler', () => {
    const cases: [string, string][] = [
      ['x := f(1, 2', '2:12 syntax error: unexpected newline in argument list; possibly missing comma or )'],
      ['x := 1 +', '3:1 syntax error: unexpected }, expected expression'],
      ['if x {', '4:1 syntax error: unexpected EOF, expected }'],
      ['if x\n{\n}', '2:5 syntax error: unexpected newline, expected { after if clause'],
      ['for {\n} else {\n}', '3:3 syntax error: unexpected keyword else at end of statement'],
      [
        'x := [3]int{1, 2\n}',
        '2:17 syntax error: unexpected newline in composite literal; possibly missing comma or }',
      ],
      ['a b', '2:3 syntax error: unexpected name b at end of statement'],
      ['var 3 int', '2:5 syntax error: unexpected literal 3, expected name'],
      ['x, y', '2:5 syntax error: unexpected newline, expected := or = or comma'],
      ['if x := 1; {\n}', '2:10 syntax error: missing condition in if statement'],
      ['if x = 2 {\n}', '2:6 syntax error: cannot use assignment x = 2 as value'],
      ['x := "a', '2:6 newline in string'],
      ['f("a', '2:3 newline in string'],
      ['x := 1 # 2', "2:8 invalid character U+0023 '#'"],
      ['go (f())', '2:4 expression in go must not be parenthesized'],
      ['t.n := 1', '2:1 non-name t.n on left side of :='],
      ['y := x.(type)', '2:6 use of .(type) outside type switch'],
      ['s = s[1::2]', '2:9 middle index required in 3-index slice'],
      ['else {\n}', '2:1 syntax error: unexpected keyword else, expected }'],
      ['import "fmt"', '2:1 syntax error: unexpected keyword import, expected }'],
    ];
    for (const [body, message] of cases) assert.deepEqual(messages(inMain(body)), [message], body);
  });

  test('mistakes at the top of a file', () => {
    assert.deepEqual(messages('x := 1\n\nfunc main() {}\n'), [
      '1:1 syntax error: non-declaration statement outside function body',
    ]);
    assert.deepEqual(messages('func main()\n{\n}\n'), ['2:1 syntax error: unexpected semicolon or newline before {']);
    assert.deepEqual(messages('func main() {\n}\n}\n'), [
      '3:1 syntax error: non-declaration statement outside function body',
    ]);
    assert.deepEqual(messages('func f(a int, string) {}'), ['1:21 syntax error: missing parameter type']);
    assert.deepEqual(messages('func main() {}', 'go'), ['1:1 syntax error: package statement must be first']);
    assert.deepEqual(messages('var x = 1\n\nimport "fmt"\n'), [
      '3:1 syntax error: imports must appear before other declarations',
    ]);
  });

  test('a missing brace costs one message, and the next function is still there', () => {
    const text = 'func a() {\n\tif x {\n\t\tf(\n\nfunc b() {\n}\n\nfunc c() {}\n';
    const { file, diagnostics } = parseFile(text, 'lane', 0);
    assert.equal(diagnostics.length, 1);
    assert.deepEqual(
      file.decls.map((d) => (d.kind === 'FuncDecl' ? d.name.name : d.kind)),
      ['a', 'b', 'c'],
    );
  });

  test('a bracket that is not closed ends with its line, a comma that is missing does not end its list', () => {
    const body = 'f(1, 2\n\tx := g(\n\t\ta\n\t\tb,\n\t)\n\tfor range h(1 {\n\t\tk()\n\t}';
    const { file, diagnostics } = parseFile(inMain(body), 'lane', 0);
    assert.deepEqual(messages(inMain(body)), [
      '2:7 syntax error: unexpected newline in argument list; possibly missing comma or )',
      '4:4 syntax error: unexpected newline in argument list; possibly missing comma or )',
      '7:16 syntax error: unexpected { in argument list; possibly missing comma or )',
    ]);
    assert.equal(diagnostics.length, 3);
    assert.equal(countNodes(file, 'Call'), 4);
    assert.equal(countNodes(file, 'RangeStmt'), 1);
  });

  test('a field that is wrong costs that field only', () => {
    const { file, diagnostics } = parseFile('type T struct {\n\ta int b string\n\tc int\n}\n', 'lane', 0);
    assert.equal(diagnostics.length, 1);
    assert.equal(countNodes(file, 'Field'), 2);
  });

  test('an unfinished selector keeps its operand', () => {
    const { file } = parseFile(inMain('mu.\n\tx := 1'), 'lane', 0);
    assert.equal(countNodes(file, 'Selector'), 1);
  });

  test('a mistyped == is repaired in the tree and offered as a fix', () => {
    const { file, diagnostics } = parseFile(inMain('if x = 2 {\n}'), 'lane', 0);
    assert.equal(countNodes(file, 'Binary'), 1);
    assert.equal(diagnostics[0]?.fixes?.[0]?.edits[0]?.text, '==');
  });

  test('a file that is not a program gets a bounded number of messages', () => {
    assert.ok(parseFile('#\n'.repeat(10_000), 'lane', 0).diagnostics.length <= 201);
    assert.ok(parseFile('func a b\n'.repeat(10_000), 'lane', 0).diagnostics.length <= 201);
  });

  test('deep nesting is one message, whatever nests', () => {
    const n = 100_000;
    for (const text of [
      `var x = ${'('.repeat(n)}`,
      `var x = 1${'+1'.repeat(n)}`,
      `var x = a${'.b'.repeat(n)}`,
      `var x ${'[]'.repeat(n)}`,
      `var x ${'func('.repeat(n)}`,
      inMain('{'.repeat(n)),
      inMain(`if x {}${' else if x {}'.repeat(n)}`),
      inMain('a:'.repeat(n)),
    ]) {
      assert.deepEqual(
        parseFile(text, 'lane', 0).diagnostics.map((d) => d.code),
        ['syntax.too-deep'],
      );
    }
  });

  test('nesting that people write is accepted', () => {
    assert.deepEqual(messages(`var x = ${'('.repeat(100)}1${')'.repeat(100)}`), []);
    assert.deepEqual(messages(`var x = 1${' + 1'.repeat(200)}`), []);
  });
});

suite('parser: what Interlane adds', () => {
  test('package clause and imports are optional in .lane files only', () => {
    assert.deepEqual(messages('func main() {}\n'), []);
    assert.deepEqual(messages('package main\n\nimport "fmt"\n\nfunc main() {}\n', 'go'), []);
    assert.equal(messages('import "fmt"\n', 'go').length, 1);
  });

  test('machine, before and after imports', () => {
    const { file, diagnostics } = parseFile(
      'machine { cores = 2 }\nimport "fmt"\nmachine {\n\tmemory = 8GB // all\n}\n',
      'lane',
      0,
    );
    assert.deepEqual(diagnostics, []);
    assert.equal(countNodes(file, 'MachineEntry'), 2);
  });

  test('machine is an error in .go files', () => {
    const text = 'package main\n\nmachine { cores = 2 }\n\nfunc main() {}\n';
    assert.deepEqual(messages(text, 'go'), ['3:1 machine is a declaration of .lane files; a .go file holds Go only']);
  });

  test('words of a later version are one message each, and what follows is parsed', () => {
    const text = `pipe c = make(chan int, 1)\nshared n int\n${inMain('t := thread f(1)\nthread func() {}()\nspawn p(3)\npid := spawn p(1)')}`;
    const { file, diagnostics } = parseFile(text, 'lane', 0);
    assert.deepEqual(
      diagnostics.map((d) => [d.code, text.slice(d.span.start, d.span.end)]),
      ['pipe', 'shared', 'thread', 'thread', 'spawn', 'spawn'].map((word) => ['lane.not-yet', word]),
    );
    assert.equal(file.decls.length, 3);
  });

  test('a process has a head and declarations, each a body of its own', () => {
    const text = `process p(id int, to *int) {\n\tvar a, b int\n\tfunc main() { a++ }\n}\n\nprocess q { type T int; func (t T) f() {} }\nfunc f() {}\n`;
    const { file, diagnostics } = parseFile(text, 'lane', 0);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      file.decls.map((decl) =>
        decl.kind === 'ProcessDecl'
          ? [decl.head.name.name, decl.head.params.length, decl.decls.map(({ kind }) => kind)]
          : decl.kind,
      ),
      [['p', 2, ['GenDecl', 'FuncDecl']], ['q', 0, ['GenDecl', 'FuncDecl']], 'FuncDecl'],
    );
  });

  test('after a mistake in a process the next declaration is parsed, in it or behind it', () => {
    const parsed = (inside: string): unknown => {
      const { file, diagnostics } = parseFile(
        `process p {\n${inside}\n\tfunc last() {}\n}\n\nprocess q { func main() {} }\n`,
        'lane',
        0,
      );
      assert.equal(diagnostics.length, 1, inside);
      return file.decls.map((decl) => (decl.kind === 'ProcessDecl' ? decl.decls.length : decl.kind));
    };
    assert.deepEqual(parsed('\tx++'), [1, 1]);
    assert.deepEqual(parsed('\tfunc f() {} y'), [2, 1]);
    assert.deepEqual(parsed('\tfor { x() }'), [1, 1]);
    assert.deepEqual(parsed('\tprocess r {\n\t\tfunc f() {}\n\t}'), [2, 1]);
  });

  test('everywhere else these words are names, in both dialects', () => {
    const body =
      'var machine, process, thread, spawn, pipe, shared int\nmachine = process + thread(spawn)\npipe.shared(thread)\nthread, spawn := 1, 2\nthread <- 1\nprocess:\n\tfor shared := range pipe {\n\t}\n\tmachine{1}.x()\n\tthread[0]++';
    const text = `package main\n\ntype thread struct{ spawn shared; process machine }\nfunc pipe(thread spawn, shared process) {\n${body}\n}\n`;
    assert.deepEqual(messages(text), []);
    assert.deepEqual(messages(text, 'go'), []);
  });
});

suite('parser: the tree', () => {
  test('the path to an offset ends at the name around it', () => {
    const text = inMain('fmt.Println(x)');
    const { file } = parseFile(text, 'lane', 0);
    const kinds = (offset: number): string[] => pathAt(file, offset).map((n) => n.kind);
    const full = ['File', 'FuncDecl', 'Block', 'ExprStmt', 'Call', 'Selector', 'Ident'];
    assert.deepEqual(kinds(text.indexOf('Println')), full);
    assert.deepEqual(kinds(text.indexOf('(x')), full);
    assert.deepEqual(kinds(text.indexOf('x)')), ['File', 'FuncDecl', 'Block', 'ExprStmt', 'Call', 'Ident']);
  });

  test('constants repeat the spec before them', () => {
    const { file } = parseFile('const (\n\tA, B = iota, 1\n\tC, D\n\tE int = 5\n\tF\n)\n', 'lane', 0);
    const decl = file.decls[0]!;
    assert.ok(decl.kind === 'GenDecl');
    const specs = decl.specs.map(
      (s) => s.kind === 'ValueSpec' && [s.iota, s.inherited && decl.specs.indexOf(s.inherited)],
    );
    assert.deepEqual(specs, [[0, undefined], [1, 0], [2, undefined], [3, 2]]); // prettier-ignore
  });

  test('law: any text parses, quickly ends, and its spans are inside the text, nested, and in order', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom<Dialect>('lane', 'go', 'std'), (text, dialect) => {
        const { file, diagnostics } = parseFile(text, dialect, 7);
        for (const { span, file } of diagnostics) {
          assert.equal(file, 7);
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
        }
        walk(file, (node) => {
          let at = node.span.start;
          forEachChild(node, (child) => {
            assert.ok(child.span.start >= at, `${child.kind} in ${node.kind} begins before its place`);
            assert.ok(child.span.end <= node.span.end, `${child.kind} reaches out of ${node.kind}`);
            assert.ok(child.span.start <= child.span.end);
            at = child.span.end;
          });
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('a clause of which nothing is there lies inside of its select', () => {
    const text = 'func main() {\n\tselect {\n\tcase v, ok := <-done:\n\tdefault:\nfunc main() {\n\t}\n}\n';
    walk(parseFile(text, 'lane', 0).file, (node) => {
      forEachChild(node, (child) => assert.ok(child.span.end <= node.span.end));
    });
  });

  test('law: a program with one function cut off still shows the functions before it', () => {
    const text = 'func a() { f() }\n\nfunc b() { if x { g(1, 2) } }\n\nfunc c() { h() }\n';
    fc.assert(
      fc.property(fc.integer({ min: text.indexOf('func b'), max: text.length }), (length) => {
        const { decls } = parseFile(text.slice(0, length), 'lane', 0).file;
        assert.ok(decls[0]?.kind === 'FuncDecl' && decls[0].body?.stmts.length === 1);
      }),
    );
  });
});

suite('parser: programs nobody here wrote', () => {
  const root = goRoot();

  test(
    root ? 'three hundred files of the Go tree parse without a message' : 'skipped: no Go tree on this machine',
    function () {
      if (!root) return this.skip();
      this.timeout(60_000);
      const rooms = ['sync', 'runtime', 'net', 'context', 'time', 'go', 'sort', 'slices', 'container', 'fmt'];
      const files = rooms.flatMap((room) =>
        existsSync(join(root, 'src', room)) ? goFiles(join(root, 'src', room)) : [],
      );
      const step = Math.max(1, Math.floor(files.length / 300));
      const wrong: string[] = [];
      for (let i = 0; i < files.length; i += step) {
        const text = readFileSync(files[i]!, 'utf8');
        const [first] = parseFile(text, 'go', 0).diagnostics;
        if (first)
          wrong.push(`${files[i]!}:${new SourceFile('', text).position(first.span.start).line + 1} ${first.message}`);
      }
      assert.deepEqual(wrong, []);
    },
  );

  const syntaxTests = root && join(root, 'test', 'syntax');
  const hasTests = syntaxTests !== undefined && existsSync(syntaxTests);

  test(
    hasTests ? "Go's own tests of syntax errors agree, line by line" : 'skipped: no test/syntax of Go on this machine',
    function () {
      if (!hasTests) return this.skip();
      for (const name of readdirSync(syntaxTests)) {
        const text: string = readFileSync(join(syntaxTests, name), 'utf8');
        const lines = text.split('\n');
        const expected = new Map<number, RegExp[]>();
        for (const [i, line] of lines.entries()) {
          const comment = /\/\/ (?:GC_)?ERROR (.*)$/.exec(line);
          if (!comment) continue;
          const patterns = [...comment[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
            (m) => new RegExp(m[1]!.replace(/\\(["\\])/g, '$1')),
          );
          expected.set(i + 1, patterns);
        }
        const actual = messages(text, 'go').map((m) => ({ line: Number(m.split(':')[0]), message: m }));
        assert.deepEqual(new Set(actual.map((a) => a.line)), new Set(expected.keys()), `${name}: lines`);
        for (const { line, message } of actual) {
          assert.ok(
            expected.get(line)!.some((rx) => rx.test(message)),
            `${name}: ${message}`,
          );
        }
      }
    },
  );
});
