/** This file tests Go packages of several files: which files run together, where findings stand, unsaved texts, changes on disk. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ProgramState } from '../../src/host/programs';
import { api, closeAll, codeOf, diagnosticsOf, replaceText, until } from './support';

const MAIN = `package main

import "sync"

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	go add(&wg)
	go add(&wg)
	wg.Wait()
}
`;
const TOTAL = `package main

import "sync"

var total int

func add(wg *sync.WaitGroup) {
	total++
	wg.Done()
}
`;
const MENDED = TOTAL.replace('var total int', 'var total int\nvar mu sync.Mutex').replace(
  'total++',
  'mu.Lock()\n\ttotal++\n\tmu.Unlock()',
);

class Folder {
  private readonly path = mkdtempSync(join(tmpdir(), 'interlane-package-'));

  uri(name: string): vscode.Uri {
    return vscode.Uri.file(join(this.path, name));
  }
  async write(name: string, content: string | Uint8Array): Promise<void> {
    await vscode.workspace.fs.writeFile(this.uri(name), typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }
  /** As a click in the explorer does: a document that an extension opens outlives its editor by minutes. */
  async open(name: string): Promise<vscode.TextEditor> {
    await vscode.commands.executeCommand('vscode.open', this.uri(name), { preview: false });
    return until(name, () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === this.uri(name).path));
  }
} // prettier-ignore

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<Folder> {
  const folder = new Folder();
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  return folder;
}

async function run(uri: vscode.Uri): Promise<ProgramState> {
  const { runs } = await api();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return runs.runNow(open!);
}

const names = (state: ProgramState): string[] =>
  state.files.map(({ uri }) => uri.path.slice(uri.path.lastIndexOf('/') + 1));

suite('a package of several files', () => {
  teardown(closeAll);

  test('runs as one program; a finding stands in the file where it happens, related to the others', async () => {
    const { runs } = await api();
    const folder = await folderWith({ 'main.go': MAIN, 'total.go': TOTAL });
    const main = await folder.open('main.go');
    const state = await run(main.document.uri);
    assert.deepEqual(names(state), ['main.go', 'total.go']);
    assert.equal(runs.get(folder.uri('total.go')), state);
    const total = vscode.languages.getDiagnostics(folder.uri('total.go'));
    const race = total.find((d) => codeOf(d).startsWith('race.'));
    assert.equal(race?.range.start.line, 7);
    assert.ok(race.relatedInformation?.some(({ location }) => location.uri.path.endsWith('/main.go')));
    assert.ok(diagnosticsOf(main).every((d) => d.severity === vscode.DiagnosticSeverity.Hint));
  });

  test('asked for from the file without main, it is the same program; text that is not saved counts', async () => {
    const folder = await folderWith({ 'main.go': MAIN, 'total.go': TOTAL });
    const total = await folder.open('total.go');
    const state = await run(total.document.uri);
    assert.equal(state.uri.path, folder.uri('main.go').path);
    assert.ok(state.good!.findings.length > 0);
    await replaceText(total, MENDED);
    await until('the mended run', () => !state.stale && state.good?.findings.length === 0);
    assert.deepEqual(diagnosticsOf(total), []);
  });

  test('a file that appears or goes on disk joins or leaves', async () => {
    const folder = await folderWith({ 'main.go': MAIN });
    const main = await folder.open('main.go');
    const state = await run(main.document.uri);
    assert.ok(diagnosticsOf(main).some((d) => d.message === 'undefined: add'));
    await folder.write('total.go', MENDED);
    await until('a run with both', () => state.compiles && state.good?.files.length === 2);
    assert.deepEqual(diagnosticsOf(main), []);
    await vscode.workspace.fs.delete(folder.uri('total.go'));
    await until('the error again', () => diagnosticsOf(main).some((d) => d.message === 'undefined: add'));
  });

  test('several programs in one folder keep to themselves', async () => {
    const { runs } = await api();
    const folder = await folderWith({ 'one.go': 'package main\n\nfunc main() { println(1) }\n', 'two.go': 'package main\n\nfunc main() { println(2) }\n' });
    const one = await run((await folder.open('one.go')).document.uri);
    const two = await run((await folder.open('two.go')).document.uri);
    assert.deepEqual([names(one), names(two)], [['one.go'], ['two.go']]);
    assert.ok(one.compiles && two.compiles);
    assert.equal(runs.get(folder.uri('one.go')), one);
  }); // prettier-ignore

  test('a second package in the folder, an import that nobody has and bytes that are no text are errors at their place, and no more', async () => {
    const folder = await folderWith({
      'main.go': MAIN.replace('"sync"', '(\n\t"sync"\n\n\t"example.com/nowhere"\n)').replace('wg.Wait()', 'wg.Wait()\n\tnowhere.Go()'),
      'total.go': MENDED,
      'other.go': 'package other\n\nfunc Other() {}\n',
      'ill.go': Uint8Array.from([...new TextEncoder().encode('package main\n\nvar ill = "'), 0xff, 0x22, 0x0a]),
    });
    const main = await folder.open('main.go');
    const state = await run(main.document.uri);
    assert.deepEqual(names(state), ['ill.go', 'main.go', 'total.go']);
    assert.match(vscode.languages.getDiagnostics(folder.uri('ill.go')).map((d) => d.message).join(), /invalid UTF-8 encoding/);
    assert.match(diagnosticsOf(main).map((d) => d.message).join(), /example\.com\/nowhere/);
    assert.deepEqual(vscode.languages.getDiagnostics(folder.uri('other.go')), []);
  }); // prettier-ignore

  test('a test file brings its package and runs the tests, though there be a main', async () => {
    const folder = await folderWith({
      'main.go': MAIN,
      'total.go': MENDED,
      'total_test.go':
        'package main\n\nimport "testing"\n\nfunc TestTotal(t *testing.T) {\n\tt.Error("as it should")\n}\n',
    });
    const state = await run((await folder.open('total_test.go')).document.uri);
    assert.deepEqual(names(state), ['main.go', 'total.go', 'total_test.go']);
    assert.match(state.good!.printed.text, /as it should/);
  });

  test('closing the last of its files forgets the program and what was said of it', async () => {
    const { runs } = await api();
    const folder = await folderWith({ 'main.go': MAIN, 'total.go': TOTAL });
    await run((await folder.open('main.go')).document.uri);
    assert.ok(vscode.languages.getDiagnostics(folder.uri('total.go')).length > 0);
    await closeAll();
    await until('nothing', () => runs.get(folder.uri('total.go')) === undefined);
    assert.deepEqual(vscode.languages.getDiagnostics(folder.uri('total.go')), []);
  });
});
