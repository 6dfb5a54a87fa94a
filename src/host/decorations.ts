/**
 * This file marks findings in the editor (gutter sign and a few words at the end of the line) and the line that the panel points at.
 * One decoration type a kind, changed only when what it shows changes.
 */
import * as vscode from 'vscode';
import type { ExplainedFinding } from '../report/explained';
import { placeRange } from './places';
import type { DocumentState, Runs } from './runs';
import { readSettings } from './settings';

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
        if (change !== 'phase' && change !== 'progress') this.refresh(state);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        for (const state of runs.all()) this.refresh(state);
      }),
    ];
  }

  dispose(): void {
    for (const disposable of [...this.subscriptions, this.race, this.stuck, this.hovered, this.focused])
      disposable.dispose();
  }

  /** Marks the line under the panel's pointer; nothing scrolls. */
  hover(uri: vscode.Uri, range: vscode.Range | undefined): void {
    for (const editor of editorsOf(uri)) editor.setDecorations(this.hovered, range ? [range] : []);
  }

  /** Marks the line of the panel's focus. */
  focus(uri: vscode.Uri, range: vscode.Range | undefined): void {
    for (const editor of editorsOf(uri)) editor.setDecorations(this.focused, range ? [range] : []);
  }

  private refresh(state: DocumentState): void {
    const live = state.good && !state.stale && state.compiles && this.runs.get(state.uri) === state;
    const words = readSettings(state.uri).inlineResults;
    const races = live ? marks(state, (finding) => finding.kind === 'data-race', words) : [];
    const stuck = live ? marks(state, (finding) => finding.kind !== 'data-race', words) : [];
    for (const editor of editorsOf(state.uri)) {
      editor.setDecorations(this.race, races);
      editor.setDecorations(this.stuck, stuck);
      if (!live) {
        editor.setDecorations(this.hovered, []);
        editor.setDecorations(this.focused, []);
      }
    }
  }
}

function editorsOf(uri: vscode.Uri): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter((editor) => editor.document.uri.toString() === uri.toString());
}

/** One mark a line: the first finding that stands there gives the words. */
function marks(
  state: DocumentState,
  wanted: (finding: ExplainedFinding) => boolean,
  words: boolean,
): vscode.DecorationOptions[] {
  const meta = state.good!.trace.meta;
  const byLine = new Map<number, vscode.DecorationOptions>();
  for (const finding of state.good!.findings) {
    if (!wanted(finding)) continue;
    for (const site of finding.sites) {
      const range = placeRange(meta, site.place);
      if (!range || !['access', 'previous-access', 'waits', 'here', 'sends', 'receives'].includes(site.role)) continue;
      if (byLine.has(range.start.line)) continue;
      byLine.set(range.start.line, {
        range: new vscode.Range(range.start.line, range.start.character, range.start.line, Number.MAX_SAFE_INTEGER),
        ...(words ? { renderOptions: { after: { contentText: finding.title } } } : {}),
      });
    }
  }
  return [...byLine.values()];
}
