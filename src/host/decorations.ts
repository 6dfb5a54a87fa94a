/**
 * This file marks findings in the editor (gutter sign and a few words at the end of the line) and the line that the panel points at.
 * One decoration type a kind, changed only when what it shows changes.
 */
import * as vscode from 'vscode';
import type { ExplainedFinding } from '../report/explained';
import { placeFile, placeRange } from './places';
import type { GoodRun, ProgramState } from './programs';
import type { Runs } from './runs';
import { readSettings } from './settings';
import { wordsAfter } from './words';

export class Decorations implements vscode.Disposable {
  private readonly race: vscode.TextEditorDecorationType;
  private readonly stuck: vscode.TextEditorDecorationType;
  private readonly hovered = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  });
  private readonly focused = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
    borderColor: new vscode.ThemeColor('focusBorder'),
  });
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    extensionUri: vscode.Uri,
    private readonly runs: Runs,
  ) {
    const sign = (name: string): vscode.TextEditorDecorationType => {
      const icon = (theme: string): vscode.Uri =>
        vscode.Uri.joinPath(extensionUri, 'media', `gutter-${name}-${theme}.svg`);
      return vscode.window.createTextEditorDecorationType({
        light: { gutterIconPath: icon('light') },
        dark: { gutterIconPath: icon('dark') },
        gutterIconSize: 'contain',
        overviewRulerColor: new vscode.ThemeColor('editorError.foreground'),
        overviewRulerLane: vscode.OverviewRulerLane.Right,
        after: { margin: '0 0 0 1.5em', color: new vscode.ThemeColor('editorError.foreground') },
      });
    };
    this.race = sign('race');
    this.stuck = sign('stuck');
    this.subscriptions = [
      runs.onDidChange(({ state, change }) => {
        if (change !== 'phase' && change !== 'progress' && change !== 'trace') this.refresh(state);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.refreshAll()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('interlane.editor')) this.refreshAll();
      }),
    ];
  }

  dispose(): void {
    for (const disposable of [...this.subscriptions, this.race, this.stuck, this.hovered, this.focused])
      disposable.dispose();
  }

  /** Marks the line under the panel's pointer, and no other; nothing scrolls. */
  hover(at: vscode.Location | undefined): void {
    markOnly(this.hovered, at);
  }

  /** Marks the line of the panel's focus, and no other. */
  focus(at: vscode.Location | undefined): void {
    markOnly(this.focused, at);
  }

  private refreshAll(): void {
    for (const state of this.runs.all()) this.refresh(state);
  }

  private refresh(state: ProgramState): void {
    for (const [file, { uri }] of state.files.entries()) {
      const owner = this.runs.get(uri);
      if (owner === undefined || owner === state) this.refreshFile(state, uri, file, owner === state);
    }
  }

  private refreshFile(state: ProgramState, uri: vscode.Uri, file: number, owned: boolean): void {
    const good = owned && !state.stale && state.compiles ? state.good : undefined;
    const words = readSettings(uri).inlineResults;
    const races = good ? marks(good, file, (finding) => finding.kind === 'data-race', words) : [];
    const stuck = good ? marks(good, file, (finding) => finding.kind !== 'data-race', words) : [];
    for (const editor of editorsOf(uri)) {
      editor.setDecorations(this.race, races);
      editor.setDecorations(this.stuck, stuck);
      if (good) continue;
      editor.setDecorations(this.hovered, []);
      editor.setDecorations(this.focused, []);
    }
  }
}

function markOnly(type: vscode.TextEditorDecorationType, at: vscode.Location | undefined): void {
  for (const editor of vscode.window.visibleTextEditors)
    editor.setDecorations(type, at?.uri.toString() === editor.document.uri.toString() ? [at.range] : []);
}

function editorsOf(uri: vscode.Uri): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter((editor) => editor.document.uri.toString() === uri.toString());
}

/** One mark a line of a file: the first finding that stands there gives the words. */
function marks(
  { trace, findings }: GoodRun,
  file: number,
  wanted: (finding: ExplainedFinding) => boolean,
  words: boolean,
): vscode.DecorationOptions[] {
  const { meta } = trace;
  const byLine = new Map<number, vscode.DecorationOptions>();
  for (const finding of findings) {
    if (!wanted(finding)) continue;
    for (const site of finding.sites) {
      const range = placeFile(meta, site.place) === file ? placeRange(meta, site.place) : undefined;
      if (!range || !['access', 'previous-access', 'waits', 'here', 'sends', 'receives'].includes(site.role)) continue;
      if (byLine.has(range.start.line)) continue;
      byLine.set(range.start.line, {
        range: new vscode.Range(range.start.line, range.start.character, range.start.line, Number.MAX_SAFE_INTEGER),
        ...(words ? wordsAfter(finding.title) : {}),
      });
    }
  }
  return [...byLine.values()];
}
