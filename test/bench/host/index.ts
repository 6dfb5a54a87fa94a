/** This file measures from inside the extension host: activation, typing to diagnostics, run to first paint. It writes its samples as JSON. */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { InterlaneApi } from '../../../src/host/main';

const ROUNDS = 7;
const DELAY = 300;

/** A racy program of `lines` lines, most of them functions that are called. */
export function programOf(lines: number): string {
  const head =
    'var count int\n\nfunc add(n int, wg *sync.WaitGroup) {\n\tdefer wg.Done()\n\tfor i := 0; i < n; i++ {\n\t\tcount++\n\t}\n}\n';
  const bodies: string[] = [];
  const calls: string[] = [];
  for (let k = 0; (bodies.length + 1) * 7 + calls.length + 20 < lines; k++) {
    bodies.push(`\nfunc step${k}(x int) int {\n\ty := x + ${k}\n\tif y > 10 {\n\t\ty -= 3\n\t}\n\treturn y\n}`);
    calls.push(`\tx = step${k}(x)`);
  }
  const main = `\nfunc main() {\n\tvar wg sync.WaitGroup\n\twg.Add(2)\n\tgo add(20, &wg)\n\tgo add(20, &wg)\n\tx := 0\n${calls.join('\n')}\n\twg.Wait()\n\tprintln(x, count)\n}\n`;
  return `${head}${bodies.join('\n')}\n${main}`;
}

async function until<T>(probe: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Milliseconds from the end of the pause in typing to published diagnostics of a run of the new text. */
async function editToDiagnostics(api: InterlaneApi, editor: vscode.TextEditor): Promise<number> {
  const uri = editor.document.uri;
  const before = api.runs.get(uri)?.good;
  const published = new Promise<void>((resolve) => {
    const listener = vscode.languages.onDidChangeDiagnostics((event) => {
      if (!event.uris.some((changed) => changed.toString() === uri.toString())) return;
      if (api.runs.get(uri)?.good === before || api.runs.get(uri)?.stale) return;
      listener.dispose();
      resolve();
    });
  });
  await editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount, 0), '// typed\n'));
  const typed = performance.now();
  await published;
  return performance.now() - typed - DELAY;
}

/** Milliseconds from the end of a run to the panel's message that it is on the screen. */
async function runToPaint(api: InterlaneApi, document: vscode.TextDocument): Promise<number> {
  const paints = api.paints.length;
  await api.runs.runNow(document);
  const ran = performance.now();
  await until(() => api.paints.length > paints);
  return performance.now() - ran;
}

export async function run(): Promise<void> {
  const samples: Record<string, number[]> = {};
  const add = (name: string, value: number): void => void (samples[name] ??= []).push(value);
  const extension = vscode.extensions.getExtension<InterlaneApi>('interlane.interlane')!;
  const begun = performance.now();
  const api = await extension.activate();
  add('activation', performance.now() - begun);
  await vscode.workspace.getConfiguration('interlane').update('run.delay', DELAY, vscode.ConfigurationTarget.Global);
  for (const lines of [30, 100, 2000]) {
    const document = await vscode.workspace.openTextDocument({ language: 'interlane', content: programOf(lines) });
    const editor = await vscode.window.showTextDocument(document);
    await until(() => api.runs.get(document.uri)?.good);
    for (let round = 0; round < ROUNDS; round++)
      add(`edit-to-diagnostics-${lines}`, await editToDiagnostics(api, editor));
  }
  const document = await vscode.workspace.openTextDocument({ language: 'interlane', content: programOf(100) });
  await vscode.window.showTextDocument(document);
  const opened = performance.now();
  await vscode.commands.executeCommand('interlane.run', document.uri);
  await until(() => api.paints.length > 0);
  add('panel-open', performance.now() - opened);
  for (let round = 0; round < ROUNDS; round++) add('panel-paint', await runToPaint(api, document));
  writeFileSync(process.env.INTERLANE_BENCH_FILE!, JSON.stringify(samples));
}
