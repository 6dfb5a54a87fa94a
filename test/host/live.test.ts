/** This file tests what a person meets while typing: diagnostics of compile errors and findings, related places, hints, CodeLens, quick fixes. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, codeOf, diagnosticsOf, openText, replaceText, stateOf, until } from './support';

const RACY = `var count int

func add(done chan bool) {
	for i := 0; i < 3; i++ {
		count++
	}
	done <- true
}

func main() {
	done := make(chan bool)
	go add(done)
	go add(done)
	<-done
	<-done
}
`;

suite('typing', () => {
  teardown(closeAll);

  test('a race is an error at the later access, related to the other, and mirrored as a hint elsewhere', async () => {
    const editor = await openText(RACY);
    const race = await until('the race', () => diagnosticsOf(editor).find((d) => codeOf(d).startsWith('race.')));
    assert.equal(race.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(race.range.start.line, 4);
    assert.match(race.message, /count/);
    assert.equal(race.source, 'Interlane');
    assert.ok(race.relatedInformation && race.relatedInformation.length >= 1, 'other places are related');
    const hints = diagnosticsOf(editor).filter((d) => d.severity === vscode.DiagnosticSeverity.Hint);
    assert.ok(hints.length >= 1, 'other lines of the finding carry a hint');
    assert.ok(hints.every((hint) => hint.range.start.line !== race.range.start.line));
  });

  test('mending the race takes the diagnostic away', async () => {
    const editor = await openText(RACY);
    await until('the race', () => diagnosticsOf(editor).length > 0);
    const mended = RACY.replace('var count int', 'var count int\nvar mu sync.Mutex').replace(
      'count++',
      'mu.Lock()\n\t\tcount++\n\t\tmu.Unlock()',
    );
    await replaceText(editor, mended);
    await until('no diagnostics', () => diagnosticsOf(editor).length === 0 && (runsOf(editor) ?? false));
  });

  test('a deadlock stands at every wait of its cycle', async () => {
    const editor = await openText(`var a, b sync.Mutex

func move(x, y *sync.Mutex, wg *sync.WaitGroup) {
	defer wg.Done()
	x.Lock()
	work(50us)
	y.Lock()
	y.Unlock()
	x.Unlock()
}

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	go move(&a, &b, &wg)
	go move(&b, &a, &wg)
	wg.Wait()
}
`);
    const found = await until('the deadlock', () => {
      const all = diagnosticsOf(editor).filter((d) => codeOf(d).startsWith('deadlock'));
      return all.length > 0 && all;
    });
    assert.ok(
      found.some((d) => d.range.start.line === 6),
      'at the second Lock',
    );
  });

  test('a compile error is marked with Go’s words, and its quick fix mends it', async () => {
    const editor = await openText('func main() {\n\thits := 1\n\tprintln(hit)\n}\n');
    const error = await until('the error', () => diagnosticsOf(editor).find((d) => d.message === 'undefined: hit'));
    assert.equal(error.range.start.line, 2);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      error.range,
    );
    const fix = actions.find((action) => action.edit && action.title.includes('hits'));
    assert.ok(fix?.edit, 'a quick fix names the nearest variable');
    await vscode.workspace.applyEdit(fix.edit);
    await until('no diagnostics', () => diagnosticsOf(editor).length === 0);
  });

  test('what does not compile keeps the last good run and marks it stale', async () => {
    const { runs } = await api();
    const editor = await openText(RACY);
    const state = await until('a run', () => runs.get(editor.document.uri)?.good && runs.get(editor.document.uri));
    const good = state.good;
    await replaceText(editor, RACY.replace('count++', 'count+'));
    await until('stale', () => state.stale && !state.compiles);
    assert.equal(state.good, good);
    await replaceText(editor, RACY);
    await until('fresh again', () => !state.stale && state.compiles && state.good !== good);
  });

  test('CodeLens has two entries above main, before and after the run, and while the file is broken', async () => {
    const editor = await openText(RACY);
    const titles = async (): Promise<string[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        editor.document.uri,
        10,
      );
      return lenses.map((lens) => lens.command?.title ?? '');
    };
    await until('the race', () => diagnosticsOf(editor).length > 0);
    assert.deepEqual(await titles(), ['Run', 'Show race (1)']);
    await replaceText(editor, RACY.replace('count++', 'count+'));
    assert.equal((await titles()).length, 2);
  });

  test('CodeLens of a file that has never compiled says so, and not that it was not run', async () => {
    const editor = await openText('func main() {\n\tprintln(hit)\n}\n');
    await until('the error', () => diagnosticsOf(editor).length > 0);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      editor.document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map((lens) => lens.command?.title),
      ['Run', 'Does not compile'],
    );
  });

  test('nothing is wrong with an empty file; once something is in it that is no program, it is', async () => {
    const editor = await openText('// To be written.\n');
    await stateOf(editor, 'it is known to be no program', ({ compiles }) => !compiles);
    assert.deepEqual(diagnosticsOf(editor), []);
    await replaceText(editor, 'var x = 1\n');
    const missing = await until('the error', () => diagnosticsOf(editor)[0]);
    assert.match(missing.message, /function main is undeclared/);
    await replaceText(editor, '');
    await until('no error', () => diagnosticsOf(editor).length === 0);
  });

  test('CodeLens stands above the first test of a file without main', async () => {
    const editor = await openText(
      'func Testify() {}\n\nfunc TestOne(t *testing.T) { Testify() }\n\nfunc TestTwo(t *testing.T) {}\n',
    );
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      editor.document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map((lens) => lens.range.start.line),
      [2, 2],
    );
    assert.equal(lenses[0]!.command?.title, 'Run');
  });

  test('a Go file is left alone until a person runs it', async () => {
    const { runs, panel } = await api();
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const uri = vscode.Uri.joinPath(folder, '.interlane-host-test.go');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('package main\n\nfunc main() {\n\tx := 1\n}\n'));
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const editor = await vscode.window.showTextDocument(document);
      await new Promise((resolve) => setTimeout(resolve, 800));
      assert.equal(runs.get(uri), undefined);
      await vscode.commands.executeCommand('interlane.run', uri);
      const error = await until('the error', () => diagnosticsOf(editor)[0]);
      assert.equal(error.message, 'declared and not used: x');
      // The workbench shows no page any more when the first one is closed while it is being loaded.
      await until('the page', () => panel.ready);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});

function runsOf(editor: vscode.TextEditor): boolean | undefined {
  const extension = vscode.extensions.getExtension('interlane.interlane')!;
  const { runs } = extension.exports as Awaited<ReturnType<typeof api>>;
  const state = runs.get(editor.document.uri);
  return state?.good !== undefined && !state.stale && state.good.findings.length === 0 ? true : undefined;
}
