/** This file tests with real signals and a heap that is really exhausted what a person sees of a simulator that dies before, during and after a run. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ProgramState } from '../../src/host/programs';
import { FAILURES_TO_OFF } from '../../src/host/respawn';
import { statusText } from '../../src/host/statusBar';
import { EXHAUSTING, logText, Watched } from './simulators';
import { api, closeAll, codeOf, diagnosticsOf, openText, replaceText, set, stateOf, until } from './support';

const GOOD = 'func main() {\n\tprintln(1)\n}\n';
const ENDLESS = 'func main() {\n\tfor {\n\t}\n}\n';

interface Way {
  readonly name: string;
  /** What runs when it is ended. */
  readonly text: string;
  /** Ends it; absent: the text does. */
  readonly signal?: NodeJS.Signals;
  readonly title: string;
  readonly code: string;
  /** What the log says of it. */
  readonly logged: RegExp;
}

const KILLED: Way = {
  name: 'SIGKILL',
  text: ENDLESS,
  signal: 'SIGKILL',
  title: 'The simulator crashed',
  code: 'simulator.crashed',
  logged: /ended while running \(crashed: it was ended by SIGKILL\)/,
};
const ABORTED: Way = {
  ...KILLED,
  name: 'an abort',
  signal: 'SIGABRT',
  logged: /ended while running \(crashed: it was ended by SIGABRT/,
};
const EXHAUSTED: Way = {
  name: 'an exhausted heap',
  text: EXHAUSTING,
  title: 'Out of memory',
  code: 'simulator.out-of-memory',
  logged: /ended while running \(out-of-memory: .*memory/,
};

async function good(editor: vscode.TextEditor): Promise<ProgramState> {
  return stateOf(editor, 'a run', (state) => state.good && !state.stale && state.phase === 'idle');
}

/** Waits until the text as it stands now is being run. */
async function running(editor: vscode.TextEditor): Promise<void> {
  const present = (state: ProgramState): boolean => state.files[0]?.version === editor.document.version;
  await stateOf(editor, 'in mid-run', (state) => state.phase === 'running' && present(state));
}

suite('a simulator that is ended', () => {
  let simulators: Watched;

  suiteSetup(async () => {
    // What is to be met in mid-run does not end by itself.
    await set('budget.instructions', 1e12);
    await set('budget.wallTime', 600_000);
    simulators = await Watched.start();
  });
  suiteTeardown(async () => {
    simulators.stop();
    await set('budget.instructions', undefined);
    await set('budget.wallTime', undefined);
  });
  teardown(closeAll);

  /** Ends the simulator while a text is being run that is there for it. @returns when that has been told */
  async function die(editor: vscode.TextEditor, { signal, code }: Way): Promise<vscode.Diagnostic> {
    if (signal !== undefined) {
      await running(editor);
      simulators.signal(signal);
    }
    return until('the finding', () => diagnosticsOf(editor).find((diagnostic) => codeOf(diagnostic) === code));
  }

  for (const signal of ['SIGKILL', 'SIGABRT'] as const) {
    test(`by ${signal} before a run: nobody is told, the run comes`, async () => {
      const { worker } = await api();
      const before = worker.replacements;
      await good(await openText(GOOD));
      simulators.signal(signal);
      const editor = await openText(GOOD);
      const state = await good(editor);
      await until('its end', () => worker.replacements === before + 1);
      assert.deepEqual([state.failure, diagnosticsOf(editor), worker.off], [undefined, [], false]);
      assert.match(await logText(), new RegExp(`ended while nothing \\(crashed: it was ended by ${signal}`));
    });

    test(`by ${signal} after a run: what was found stays, and the next run comes`, async () => {
      const { worker } = await api();
      const editor = await openText('func main() {\n\tpanic("kept")\n}\n');
      const state = await good(editor);
      const { good: result } = state;
      const before = worker.replacements;
      simulators.signal(signal);
      await until('its end', () => worker.replacements === before + 1);
      assert.deepEqual([state.good, state.stale, state.failure], [result, false, undefined]);
      assert.deepEqual(diagnosticsOf(editor).map(codeOf), ['panic.user']);
      await replaceText(editor, GOOD);
      await until('the next run', () => state.good !== result && !state.stale);
      assert.deepEqual(diagnosticsOf(editor), []);
    });
  }

  for (const way of [KILLED, ABORTED, EXHAUSTED]) {
    test(`by ${way.name} during a run: told at the file, the last good run stays greyed, the text is kept, the next run comes`, async () => {
      const editor = await openText(GOOD);
      const state = await good(editor);
      const { good: result } = state;
      await replaceText(editor, way.text);
      const finding = await die(editor, way);
      assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(finding.range.start.line, 0, 'at main');
      assert.deepEqual([state.good, state.stale, state.phase], [result, true, 'idle']);
      assert.equal(statusText(state), `$(error) ${way.title}`);
      assert.deepEqual([editor.document.isDirty, editor.document.getText()], [true, way.text]);
      await until('the reason in the log', async () => way.logged.test(await logText()));
      await replaceText(editor, GOOD);
      await until('the next run', () => state.good !== result && !state.stale && !state.failure);
      assert.deepEqual(diagnosticsOf(editor), []);
    });
  }

  test('in three ways in a row is off, said once; a run by hand brings it back', async () => {
    const { worker, runs } = await api();
    const other = await openText(GOOD);
    await good(other); // an answer, which forgives what was before
    const ways = [KILLED, EXHAUSTED, ABORTED];
    assert.equal(ways.length, FAILURES_TO_OFF);
    const said = async (): Promise<number> => (await logText()).split('; it is off').length - 1;
    const before = await said();
    for (const [k, way] of ways.entries()) {
      assert.equal(worker.off, false, `after ${k} deaths`);
      await die(await openText(way.text), way);
    }
    assert.equal(worker.off, true);
    await replaceText(await vscode.window.showTextDocument(other.document), `${GOOD}// waits\n`);
    const state = await stateOf(other, 'told', ({ failure }) => failure?.kind === 'off');
    assert.deepEqual([state.stale, diagnosticsOf(other)], [true, []], 'no fault of this file');
    await until('one word in the log', async () => (await said()) === before + 1);
    await runs.runNow(other.document);
    assert.deepEqual([worker.off, state.failure, state.stale], [false, undefined, false]);
    await until('one word in the log, still', async () => (await said()) === before + 1);
  }).timeout(90_000);
});
