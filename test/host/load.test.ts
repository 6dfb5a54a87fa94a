/** This file tests the editor under load: fifty edits a second, thirty files at once, and a long run, while the extension host keeps taking its turns. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXHAUSTING, Watched } from './simulators';
import { api, closeAll, codeOf, diagnosticsOf, openText, replaceText, set, stateOf, until } from './support';

const GOOD = 'func main() {\n\tprintln(1)\n}\n';
const ENDLESS = 'func main() {\n\tfor {\n\t}\n}\n';

/** Counts how often the event loop of this process comes round. */
class Turns {
  count = 0;
  private stopped = false;

  constructor() {
    this.next();
  }

  private next(): void {
    if (this.stopped) return;
    this.count++;
    setTimeout(() => this.next(), 1);
  }

  stop(): number {
    this.stopped = true;
    return this.count;
  }
}

suite('fifty edits a second', () => {
  const EDITS = 150;
  const EVERY_MS = 20;
  let simulators: Watched;

  suiteSetup(async () => {
    await set('run.delay', 0); // every edit asks for a run
    simulators = await Watched.start();
  });
  suiteTeardown(async () => {
    simulators.stop();
    await set('run.delay', undefined);
  });
  teardown(closeAll);

  /** Types at the end of the text, without waiting for what comes of it. */
  async function type(editor: vscode.TextEditor): Promise<void> {
    for (let k = 0; k < EDITS; k++) {
      const pause = new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      const end = new vscode.Position(editor.document.lineCount, 0);
      assert.ok(await editor.edit((edit) => edit.insert(end, `// ${k}\n`), { undoStopBefore: false, undoStopAfter: false }));
      await pause;
    }
  } // prettier-ignore

  for (const [name, text, verdict] of [
    ['an ordinary program', 'func main() {\n\tpanic("mine")\n}\n', /^panic\.user$/],
    ['an endless program', ENDLESS, /^budget\./],
  ] as const) {
    test(`on ${name}: the verdict of the last text comes, and no request waits behind`, async () => {
      const editor = await openText(text);
      await stateOf(editor, 'the first run', ({ good }) => good);
      const turns = new Turns();
      const before = simulators.requests;
      await type(editor);
      const typed = simulators.requests;
      const { version } = editor.document;
      const state = await stateOf(editor, 'the verdict of the last text', ({ good, phase }) => phase === 'idle' && good?.files[0]?.version === version);
      assert.equal(state.stale, false);
      assert.ok(diagnosticsOf(editor).some((diagnostic) => verdict.test(codeOf(diagnostic))));
      assert.ok(typed - before <= EDITS, `${typed - before} requests`);
      assert.ok(simulators.requests - typed <= 2, `${simulators.requests - typed} requests waited behind`);
      assert.ok(turns.stop() > EDITS, 'the extension host took its turns');
    }).timeout(60_000);
  } // prettier-ignore
});

suite('thirty files at once', () => {
  teardown(closeAll);

  const deadlock = 'func main() {\n\tc := make(chan int)\n\t<-c\n}\n';
  const racy =
    'func main() {\n\tx := 0\n\tdone := make(chan bool)\n\tgo func() {\n\t\tx++\n\t\tdone <- true\n\t}()\n\tx++\n\t<-done\n}\n';
  const huge =
    GOOD + Array.from({ length: 10_000 }, (_, k) => `func f${k}(x int) int { return x*${k} + 1 }\n`).join('');
  /** What they are, and what is said of each: a code of each kind, or none. */
  const KINDS: readonly { readonly text: string; readonly count: number; readonly says?: RegExp }[] = [
    { text: GOOD, count: 8 },
    { text: racy, count: 5, says: /^race\./ },
    { text: deadlock, count: 5, says: /^deadlock/ },
    { text: ENDLESS, count: 3, says: /^budget\./ },
    { text: 'func main() {\n\tx := 1\n}\n', count: 5, says: /^type\.unused-variable$/ },
    { text: huge, count: 2 },
    { text: EXHAUSTING, count: 2, says: /^simulator\.out-of-memory$/ },
  ];

  test('each comes to its verdict or its finding, and going from one to the other runs nothing', async () => {
    const simulators = await Watched.start();
    try {
      const files = KINDS.flatMap(({ count, ...kind }) => Array.from({ length: count }, () => kind));
      const editors: { editor: vscode.TextEditor; says: RegExp | undefined }[] = [];
      // Shuffled by a step that has no factor in common with 30.
      for (let k = 0; k < files.length; k++) {
        const { text, says } = files[(k * 7) % files.length]!;
        editors.push({ editor: await openText(text), says });
      }
      assert.equal(editors.length, 30);
      for (const { editor, says } of editors) {
        const state = await stateOf(editor, 'its end', ({ good, compiles, failure, phase }) => phase === 'idle' && (good ?? failure ?? !compiles));
        const codes = diagnosticsOf(editor).map(codeOf);
        if (says) assert.ok(codes.some((code) => says.test(code)), `${codes.join()} instead of ${says}`);
        else assert.deepEqual([codes, state.failure, state.stale], [[], undefined, false]);
      }
      const { requests } = simulators;
      for (const { editor } of editors) {
        await vscode.window.showTextDocument(editor.document);
        assert.equal(vscode.window.activeTextEditor?.document, editor.document);
      }
      assert.equal(simulators.requests, requests);
      assert.equal((await api()).worker.off, false);
    } finally {
      simulators.stop();
    }
  }).timeout(120_000); // prettier-ignore
});

suite('a long run', () => {
  suiteSetup(() => set('budget.instructions', 200_000_000));
  suiteTeardown(() => set('budget.instructions', undefined));
  teardown(closeAll);

  test('leaves the extension host its turns: many between two words of progress, not one', async () => {
    const { runs } = await api();
    const editor = await openText(GOOD);
    await stateOf(editor, 'a run', ({ good }) => good);
    const turns = new Turns();
    const at: number[] = [];
    const listening = runs.onDidChange(({ change }) => {
      if (change === 'progress') at.push(turns.count);
    });
    await replaceText(editor, ENDLESS);
    await until('the budget', () => diagnosticsOf(editor).some((d) => codeOf(d) === 'budget.steps'));
    listening.dispose();
    turns.stop();
    assert.ok(at.length >= 2, `${at.length} words of progress`);
    // On a machine at rest about 200 in a fifth of a second; the run alone would leave one.
    assert.ok((at.at(-1)! - at[0]!) / (at.length - 1) >= 5, at.join());
  });
});
