/** This file tests that no program and no text takes the editor down: endless ones are stopped with a finding, a dead worker is replaced. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, codeOf, diagnosticsOf, openText, until } from './support';

/** Programs without an end, and what their finding says. */
const ENDLESS: readonly { name: string; text: string; line: number; code: RegExp }[] = [
  { name: 'never ends', text: 'func main() {\n\tfor {\n\t}\n}\n', line: 1, code: /^budget\.(steps|wallTime)/ },
  {
    name: 'forks for ever',
    text: 'func main() {\n\tfor {\n\t\tgo func() { select {} }()\n\t}\n}\n',
    line: 2,
    code: /^budget\.(goroutines|memory|steps|wallTime)/,
  },
  {
    name: 'allocates for ever',
    text: 'func main() {\n\tvar all [][]int\n\tfor {\n\t\tall = append(all, make([]int, 10000))\n\t}\n}\n',
    line: 3,
    code: /^budget\.(memory|steps|wallTime)/,
  },
  {
    name: 'prints for ever',
    text: 'func main() {\n\tfor {\n\t\tfmt.Println("again")\n\t}\n}\n',
    line: 2,
    code: /^budget\.(output|steps|wallTime)/,
  },
];

suite('bad input', () => {
  teardown(closeAll);

  for (const { name, text, line, code } of ENDLESS) {
    test(`a program that ${name} is stopped at its line, and the editor answers meanwhile`, async () => {
      const editor = await openText(text);
      const pulses: number[] = [];
      const pulse = setInterval(() => pulses.push(Date.now()), 20);
      const finding = await until('the budget', () => diagnosticsOf(editor).find((d) => code.test(codeOf(d))), 20_000);
      clearInterval(pulse);
      assert.ok(Math.abs(finding.range.start.line - line) <= 1, `line ${finding.range.start.line}`);
      assert.match(finding.message, /interlane\.budget\./, 'says which setting raises the budget');
      const gaps = pulses.slice(1).map((at, i) => at - pulses[i]!);
      assert.ok(gaps.filter((gap) => gap > 2000).length === 0, 'the extension host never stood still');
    }).timeout(40_000);
  }

  test('a worker that dies is replaced, and the next run works', async () => {
    const { worker, runs } = await api();
    const editor = await openText('func main() {\n\tfor {\n\t}\n}\n');
    await until('running', () => runs.get(editor.document.uri)?.phase === 'running');
    const before = worker.replacements;
    worker.kill();
    await until('replaced', () => worker.replacements > before);
    const other = await openText('func main() {\n\tprintln(1)\n}\n');
    await until('a run', () => runs.get(other.document.uri)?.good);
  });

  test('the end of a run that a newer one replaces is not the end of the newer one', async () => {
    const { runs } = await api();
    const editor = await openText('func main() {\n\tfor {\n\t}\n}\n');
    const first = runs.runNow(editor.document);
    await until('the first at the worker', () => (runs.get(editor.document.uri)?.files[0]?.version ?? -1) >= 0);
    const second = runs.runNow(editor.document);
    const state = await first;
    assert.equal(state.phase, 'running');
    runs.cancel(editor.document.uri);
    await second;
    assert.equal(state.phase, 'idle');
  });

  test('cancel ends a run and says nothing false', async () => {
    const { runs } = await api();
    const editor = await openText('func main() {\n\tfor {\n\t}\n}\n');
    const state = await until('running', () => {
      const known = runs.get(editor.document.uri);
      return known?.phase === 'running' && known;
    });
    await vscode.commands.executeCommand('interlane.cancel');
    await until('idle', () => state.phase === 'idle');
    assert.deepEqual(state.good?.findings ?? [], []);
  });

  test('any bytes: diagnostics, no exception', async () => {
    const { runs } = await api();
    const junk = '\u0000\uFEFF"unterminated\n`raw\n/* comment\n)(}{ func func 0x 1e 😀 \uD800 machine { cores = = }';
    // Untitled: a file with these bytes would not be opened as text.
    const document = await vscode.workspace.openTextDocument({ language: 'interlane', content: junk });
    await vscode.window.showTextDocument(document);
    const state = await until('diagnostics', () => {
      const known = runs.get(document.uri);
      return known && known.diagnostics.length > 0 && known;
    });
    assert.equal(state.failure, undefined);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
