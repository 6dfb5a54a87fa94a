/** This file turns the plain ranges and places of protocol and trace into ranges of the editor. */
import * as vscode from 'vscode';
import type { PlainRange } from '../protocol/messages';
import type { TraceMeta } from '../trace/meta';

export function toRange(range: PlainRange): vscode.Range {
  return new vscode.Range(range.startLine, range.startColumn, range.endLine, range.endColumn);
}

/** Index, among the files of the run, of the file of a place; -1 when there is none. */
export function placeFile(meta: TraceMeta, place: number): number {
  return meta.places[place]?.file ?? -1;
}

/** Range of a place of a trace; undefined when there is none. */
export function placeRange(meta: TraceMeta, place: number): vscode.Range | undefined {
  const at = meta.places[place];
  return at && new vscode.Range(at.line - 1, at.column - 1, at.endLine - 1, at.endColumn - 1);
}
