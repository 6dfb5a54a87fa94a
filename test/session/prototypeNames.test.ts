/** This file tests that names which every JavaScript object has are names like any other, wherever a program may use one. */
import assert from 'node:assert/strict';
import { runText } from '../support/run';

const NAMES = Object.getOwnPropertyNames(Object.prototype);

/** Uses a name as `what` says; prints ok. */
const USES: Readonly<Record<string, (name: string) => string>> = {
  variable: (n) => `func main() {\n\t${n} := "ok"\n\tfmt.Println(${n})\n}`,
  'package variable': (n) => `var ${n} = "ok"\n\nfunc main() { fmt.Println(${n}) }`,
  constant: (n) => `const ${n} = "ok"\n\nfunc main() { fmt.Println(${n}) }`,
  function: (n) => `func ${n}() string { return "ok" }\n\nfunc main() { fmt.Println(${n}()) }`,
  'type, field and method': (n) =>
    `type ${n} struct{ ${n} string }\n\ntype I interface{ M${n}() string }\n\nfunc (x ${n}) M${n}() string { return x.${n} }\n\nfunc main() { fmt.Println(I(${n}{${n}: "ok"}).M${n}()) }`,
  'parameter and result': (n) =>
    `func f(${n} string) (r${n} string) {\n\tr${n} = ${n}\n\treturn\n}\n\nfunc main() { fmt.Println(f("ok")) }`,
  label: (n) => `func main() {\n${n}:\n\tfor {\n\t\tfor {\n\t\t\tbreak ${n}\n\t\t}\n\t}\n\tfmt.Println("ok")\n}`,
  'alias of a package': (n) => `import ${n} "strings"\n\nfunc main() { fmt.Println(${n}.ToLower("OK")) }`,
  'key of a map': (n) =>
    `func main() {\n\tm := map[string]int{}\n\tm["${n}"]++\n\tif len(m) == 1 && m["${n}"] == 1 && m["x"] == 0 {\n\t\tfmt.Println("ok")\n\t}\n}`,
  'goroutine, channel and lock': (n) =>
    `func ${n}(c${n} chan string) { c${n} <- "ok" }\n\nfunc main() {\n\tvar ${n}Mu sync.Mutex\n\t${n}Mu.Lock()\n\tc := make(chan string)\n\tgo ${n}(c)\n\tfmt.Println(<-c)\n\t${n}Mu.Unlock()\n}`,
};

suite('names of Object.prototype', () => {
  for (const [what, use] of Object.entries(USES)) {
    test(`as ${what}`, () => {
      for (const name of NAMES) {
        const { stdout, diagnostics } = runText(use(name));
        assert.deepEqual([stdout, diagnostics.filter(({ code }) => !code.startsWith('hint'))], ['ok\n', []], name);
      }
    });
  }

  test('where nothing of the name exists, that is said', () => {
    const messages = (text: string, dialect: 'go' | 'lane' = 'lane'): string[] =>
      runText(text, dialect).diagnostics.map(({ message }) => message);
    for (const name of NAMES) {
      assert.ok(messages(`func main() { ${name}() }`).includes(`undefined: ${name}`));
      assert.ok(messages(`package main\n\nfunc main() { ${name}() }`, 'go').includes(`undefined: ${name}`));
      assert.ok(messages(`func main() { fmt.${name}() }`).some((message) => message.startsWith(`undefined: fmt.${name}`)));
      assert.ok(messages(`package main\n\nimport "${name}"`, 'go').some((message) => message.startsWith(`package ${name} is not in std`)));
      assert.ok(messages(`machine { ${name} = 1 }`).some((message) => message.startsWith(`unknown machine key ${name}`)));
    }
  }); // prettier-ignore
});
