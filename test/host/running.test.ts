/** This file tests what is told of a run while it goes on, however it ends: by itself, stopped, edited, closed, pushed aside, or with another simulator; and with which seed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ProgramState } from '../../src/host/programs';
import { statusText } from '../../src/host/statusBar';
import { phaseOf, type Phase } from '../../src/report/activity';
import { api, closeAll, openText, replaceText, set, stateOf, until } from './support';

const RACY = 'var x int\n\nfunc main() {\n\tgo func() { x++ }()\n\tx++\n\ttime.Sleep(time.Second)\n}\n';
/** It races, and goes on for ever. */
const LONG = RACY.replace('time.Sleep(time.Second)', 'for {\n\t\ttime.Sleep(time.Millisecond)\n\t}');

/** It ends well with most seeds. */
const SOMETIMES = 'func main() {\n\tif rand.Intn(8) == 1 {\n\t\tpanic("v")\n\t}\n}\n';

const told = ({ activity }: ProgramState): Phase => phaseOf(activity);
const isFarOn = ({ activity: { work } }: ProgramState): boolean => work?.kind === 'running' && work.instructions > 0;
const stop = (editor: vscode.TextEditor): Thenable<unknown> =>
  vscode.commands.executeCommand('interlane.stop', editor.document.uri);

suite('a run that goes on', () => {
  suiteSetup(async () => {
    await set('budget.instructions', 1e12);
    await set('budget.wallTime', 600_000);
  });
  suiteTeardown(async () => {
    await set('budget.instructions', undefined);
    await set('budget.wallTime', undefined);
  });
  teardown(closeAll);

  /** Opens a program that runs for ever, and waits until it has told how far it is. */
  async function goingOn(text = LONG): Promise<{ editor: vscode.TextEditor; state: ProgramState }> {
    const editor = await openText(text);
    return { editor, state: await stateOf(editor, 'progress', isFarOn) };
  }

  test('tells how far it is, and never that it was not run, whoever runs it again', async () => {
    const { runs } = await api();
    const { editor, state } = await goingOn();
    assert.match(statusText(state), /^\$\(sync~spin\) running \d+ %$/);
    const texts = new Set<string>();
    const listening = runs.onDidChange((event) => event.state === state && texts.add(statusText(event.state)));
    void runs.runNow(editor.document);
    void runs.runNow(editor.document);
    assert.equal(told(state), 'compiling');
    await until('progress of the new run', () => isFarOn(state));
    listening.dispose();
    assert.deepEqual(
      [...texts].filter((text) => !/^\$\(sync~spin\) (compiling|running)/.test(text)),
      [],
    );
    await stop(editor);
    await until('the end', () => told(state) === 'stopped');
  });

  test('is stopped, and tells what it has found so far, with its trace where somebody looks', async () => {
    const { panel } = await api();
    const { editor, state } = await goingOn();
    await stop(editor);
    await until('the end', () => told(state) === 'stopped');
    assert.deepEqual([state.good!.traced, state.good!.findings.map(({ kind }) => kind)], [false, ['data-race']]);
    panel.show(editor.document.uri);
    void vscode.commands.executeCommand('interlane.run', editor.document.uri);
    await until('progress of the new run', () => isFarOn(state));
    await stop(editor);
    await until('the end', () => told(state) === 'stopped');
    assert.deepEqual([state.good!.traced, state.good!.findings.map(({ kind }) => kind)], [true, ['data-race']]);
  });

  test('is off when its text changes to one that does not compile; the result before it stays, stale', async () => {
    const editor = await openText(RACY);
    const state = await stateOf(editor, 'a run', (known) => known.good && told(known) === 'done');
    const { good } = state;
    await replaceText(editor, LONG);
    await until('progress', () => isFarOn(state));
    assert.equal(state.good, good, 'the last one is there until it is replaced');
    await replaceText(editor, LONG.replace('x++', 'x+'));
    await until('stale', () => told(state) === 'stale' && !state.compiles);
    assert.equal(state.good, good);
  });

  test('that is stopped leaves nothing behind: the next one runs to its end', async () => {
    const { editor, state } = await goingOn();
    await stop(editor);
    await until('the end', () => told(state) === 'stopped');
    assert.match(statusText(state), /1 race.*\(stopped\)$/);
    await replaceText(editor, RACY);
    await until('the next', () => told(state) === 'done');
    await stop(editor);
    assert.equal(told(state), 'done', 'there is nothing to stop');
  });

  test('is pushed aside for another file, and can be called off while it waits', async () => {
    const { state } = await goingOn();
    const other = await openText(RACY);
    await stateOf(other, 'the other', (known) => told(known) === 'done');
    assert.equal(state.phase, 'running');
    await until('its turn again', () => isFarOn(state));
    await vscode.commands.executeCommand('interlane.stop');
    await until('the end', () => told(state) === 'stopped');
  });

  test('is run again by another simulator, until it is stopped', async () => {
    const { worker } = await api();
    const { editor, state } = await goingOn();
    worker.restart();
    assert.equal(state.phase, 'running');
    await until('it compiles again', () => state.activity.work?.kind === 'running');
    await until('progress', () => isFarOn(state));
    await stop(editor);
    await until('the end', () => told(state) !== 'running');
    assert.equal(told(state), 'stopped');
  });

  test('is off when its file is closed', async () => {
    const { runs } = await api();
    const { editor, state } = await goingOn();
    await closeAll();
    await until('closed', () => runs.get(editor.document.uri) === undefined);
    assert.equal(state.activity.work, undefined);
  });
});

suite('a seed that is chosen', () => {
  teardown(closeAll);

  test('is kept while the file is edited, and shown, until the default is wanted again', async () => {
    const { runs } = await api();
    const editor = await openText(RACY);
    const state = await stateOf(editor, 'a run', (known) => told(known) === 'done');
    const { usual } = runs.seedOf(state);
    await runs.runWithSeed(editor.document, usual + 5);
    const seedShown = (): number | undefined => state.good?.trace.meta.seed;
    assert.equal(seedShown(), usual + 5);
    await replaceText(editor, `${RACY}\n// changed\n`);
    await until('stale', () => told(state) !== 'done');
    await until('the next run', () => told(state) === 'done');
    assert.equal(seedShown(), usual + 5);
    assert.match(statusText(state, usual), new RegExp(`seed ${usual + 5} \\(chosen\\)$`));
    const other = await openText(RACY);
    const otherState = await stateOf(other, 'a run', (known) => told(known) === 'done');
    assert.deepEqual(runs.seedOf(otherState), { seed: usual, usual }, 'other files have the default');
    await vscode.commands.executeCommand('interlane.usualSeed', editor.document.uri);
    assert.equal(seedShown(), usual);
    assert.doesNotMatch(statusText(state, usual), /chosen/);
  });

  test('by a search is one with a finding that the shown run does not have; it is kept', async () => {
    const { runs } = await api();
    const editor = await openText(SOMETIMES);
    const state = await stateOf(editor, 'a run', (known) => told(known) === 'done');
    const messages = (): string[] => state.good!.findings.map(({ title }) => title);
    const before = messages();
    const { seed } = state.good!.trace.meta;
    await vscode.commands.executeCommand('interlane.nextSeed', editor.document.uri);
    assert.notEqual(state.good!.trace.meta.seed, seed);
    assert.equal(runs.seedOf(state).seed, state.good!.trace.meta.seed);
    assert.ok(
      messages().some((title) => !before.includes(title)),
      messages().join(),
    );
  });
});
