/** This file tests that no program and no text takes the editor down: endless ones are stopped with a finding, a dead simulator is replaced and told. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ProgramState } from '../../src/host/programs';
import { FAILURES_TO_OFF } from '../../src/host/respawn';
import { statusText } from '../../src/host/statusBar';
import { api, closeAll, codeOf, diagnosticsOf, openText, replaceText, until } from './support';

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

const ENDLESS_TEXT = 'func main() {\n\tfor {\n\t}\n}\n';

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

  test('Problems show what a program says as text: nothing reorders, hides or runs', async () => {
    const editor = await openText('func main() {\n\tpanic("a\\x1b[31m\\u202e [b](command:c) $(d)\\u200b")\n}\n');
    const finding = await until('the panic', () => diagnosticsOf(editor).find((d) => codeOf(d) === 'panic.user'));
    assert.ok(finding.message.includes('a\\x1b[31m\\u202e [b](command:c) $(d)\\u200b'), finding.message);
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

suite('a simulator that dies', () => {
  teardown(closeAll);

  /** Opens an endless program, and waits until it runs. */
  async function endless(text = ENDLESS_TEXT): Promise<{ editor: vscode.TextEditor; state: ProgramState }> {
    const { runs } = await api();
    const editor = await openText(text);
    const state = await until('a run', () => {
      const known = runs.get(editor.document.uri);
      return known && compiled(known, editor) && known;
    });
    return { editor, state };
  }
  const compiled = (state: ProgramState, { document }: vscode.TextEditor): boolean =>
    state.phase === 'running' && state.files[0]?.version === document.version;

  test('is replaced; the run in hand is told at main, and the others run', async () => {
    const { worker, runs } = await api();
    const other = await openText('func main() {\n\tprintln(1)\n}\n');
    await until('a run', () => runs.get(other.document.uri)?.good);
    const { editor, state } = await endless(`// endless\n${ENDLESS_TEXT}`);
    const before = worker.replacements;
    const waiting = runs.runNow(other.document);
    worker.kill();
    await waiting;
    assert.equal(runs.get(other.document.uri)?.failure, undefined);
    assert.equal(worker.replacements, before + 1);
    const [death] = diagnosticsOf(editor);
    assert.equal(death?.code, 'simulator.crashed');
    assert.equal(death.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(death.range.start.line, 1);
    assert.match(statusText(state), /crashed/);
  });

  test('what ended the simulator is not run again by itself, until it is changed', async () => {
    const { worker, runs } = await api();
    const { editor, state } = await endless();
    const before = worker.replacements;
    worker.kill();
    await until('the finding', () => diagnosticsOf(editor)[0]?.code === 'simulator.crashed');
    let refused = 0;
    const listening = runs.onDidChange(({ state: changed, change }) => {
      if (changed === state && change === 'failure') refused++;
    });
    await replaceText(editor, ENDLESS_TEXT);
    await until('refused', () => refused > 0);
    listening.dispose();
    assert.deepEqual([state.phase, state.failure?.kind], ['idle', 'crashed']);
    await replaceText(editor, 'func main() {\n\tprintln(1)\n}\n');
    await until('a run', () => state.good && !state.failure);
    assert.deepEqual(diagnosticsOf(editor), []);
    assert.equal(worker.replacements, before + 1);
  });

  test('leaves the last good run, stale', async () => {
    const { worker, runs } = await api();
    const editor = await openText('func main() {\n\tprintln(1)\n}\n');
    const state = await until('a run', () => {
      const known = runs.get(editor.document.uri);
      return known?.good && known;
    });
    const { good } = state;
    await replaceText(editor, ENDLESS_TEXT);
    await until('the next run', () => compiled(state, editor));
    worker.kill();
    await until('the failure', () => state.failure);
    assert.deepEqual([state.good, state.stale, state.phase], [good, true, 'idle']);
  });

  test('again and again is off; a restart brings it back with all that waited', async () => {
    const { worker, runs } = await api();
    const good = await openText('func main() {\n\tprintln(1)\n}\n');
    await until('an answer, which forgives what was before', () => runs.get(good.document.uri)?.good);
    const { editor, state } = await endless();
    for (let death = 1; death < FAILURES_TO_OFF; death++) {
      worker.kill();
      await until('the failure', () => state.failure);
      assert.equal(worker.off, false);
      await replaceText(editor, `${ENDLESS_TEXT}// ${death}\n`);
      await until('the next run', () => compiled(state, editor));
    }
    worker.kill();
    await until('off', () => worker.off);
    const waiting = await openText('func main() {\n\tprintln(1)\n}\n');
    const other = await until('told', () => {
      const known = runs.get(waiting.document.uri);
      return known?.failure && known;
    });
    assert.equal(other.failure?.kind, 'off');
    assert.deepEqual(diagnosticsOf(waiting), []);
    await vscode.commands.executeCommand('interlane.restartSimulator');
    await until('the run that waited', () => other.good && !other.failure);
    assert.equal(worker.off, false);
  }).timeout(60_000);
});
