/**
 * This file measures from inside the extension host: activation, typing to diagnostics, run to first paint, and how long the event loop is kept from its turns while a
 * long run goes on. It writes its samples as JSON.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
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

/**
 * Milliseconds from the end of the pause in typing to published diagnostics of a run of the new text. The editor has them then; its event for extensions is no
 * measure, because it is held back for 50 ms (`DebounceEmitter` in VS Code's extHostDiagnostics.ts).
 */
async function editToDiagnostics(api: InterlaneApi, editor: vscode.TextEditor): Promise<number> {
  const uri = editor.document.uri;
  const before = api.runs.get(uri)?.good;
  const published = new Promise<void>((resolve) => {
    const listener = api.runs.onDidChange(({ state, change }) => {
      if (change !== 'run' || state !== api.runs.get(uri) || state.good === before || state.stale) return;
      if (vscode.languages.getDiagnostics(uri).length === 0) throw new Error('the race is not published');
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

/** A run of 50 M instructions with goroutines, channels and a lock; stopped by its budget. */
const LONG = `var mu sync.Mutex
var total int

func feed(c chan int) {
	for x := 1; ; {
		for i := range 500 {
			x = x*31 + i
		}
		c <- x
	}
}

func main() {
	c := make(chan int, 8)
	for range 8 {
		go feed(c)
	}
	for v := range c {
		mu.Lock()
		total += v
		mu.Unlock()
	}
}
`;
const RESOLUTION_MS = 1;

/** How much later than due the event loop of this host came round during a long run, ms: of all turns the middle, the 99th in 100, the worst. */
async function hostDelay(api: InterlaneApi, document: vscode.TextDocument): Promise<Record<'p50' | 'p99' | 'max', number>> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await api.runs.runNow(document);
  delay.disable();
  const late = (ns: number): number => Math.max(0, ns / 1e6 - RESOLUTION_MS);
  return { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) };
} // prettier-ignore

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
  const long = await vscode.workspace.openTextDocument({ language: 'interlane', content: LONG });
  await vscode.window.showTextDocument(long);
  await until(() => api.runs.get(long.uri)?.good);
  for (let round = 0; round < ROUNDS; round++) {
    const { p50, p99, max } = await hostDelay(api, long);
    add('host-delay-p50', p50);
    add('host-delay-p99', p99);
    add('host-delay-max', max);
  }
  writeFileSync(process.env.INTERLANE_BENCH_FILE!, JSON.stringify(samples));
}
