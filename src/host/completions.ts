/**
 * This file completes what is typed in an Interlane file: names of the program, and snippets where they may stand. The editor would offer a snippet at any
 * letter of its prefix, and Enter at the end of `total += n` would take `netwait(…)`: so the file of snippets names no prefixes, by which they remain in the
 * editor's list "Insert Snippet", and are offered here.
 */
import * as vscode from 'vscode';
import { completionAt, type Beginning } from '../service/completion';

/** As the file of snippets has it. */
interface Snippet {
  /** What is typed for it. */
  readonly typed: string;
  readonly where: Beginning | 'both';
  readonly body: readonly string[];
  readonly description: string;
}

export class Completions implements vscode.CompletionItemProvider {
  private snippets: Promise<readonly Snippet[]> | undefined;

  constructor(private readonly extensionUri: vscode.Uri) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionList> {
    const { names, begins, length } = completionAt(document.getText(), document.offsetAt(position));
    const range = new vscode.Range(position.translate(0, -length), position);
    const typed = document.getText(range);
    const snippets = begins ? await this.known() : [];
    const fitting = snippets.filter(({ typed: whole, where }) => whole.startsWith(typed) && (where === 'both' || where === begins)); // prettier-ignore
    const items = [...names.map((name) => nameItem(name, range)), ...fitting.map((snippet) => snippetItem(snippet, range))];
    // Asked again at the next letter: by then the word may be whole.
    return new vscode.CompletionList(items, true);
  } // prettier-ignore

  private known(): Promise<readonly Snippet[]> {
    this.snippets ??= readSnippets(vscode.Uri.joinPath(this.extensionUri, 'snippets', 'interlane.json'));
    return this.snippets;
  }
}

async function readSnippets(file: vscode.Uri): Promise<readonly Snippet[]> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return Object.values(JSON.parse(text) as Record<string, Snippet>);
}

function nameItem(name: string, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Text);
  item.range = range;
  item.sortText = `0${name}`;
  return item;
}

function snippetItem({ typed, body, description }: Snippet, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem(typed, vscode.CompletionItemKind.Snippet);
  item.range = range;
  item.detail = description;
  item.insertText = new vscode.SnippetString(body.join('\n'));
  item.documentation = body.join('\n').replace(/\$\{\d+:?([^}]*)\}|\$\d+/g, '$1');
  item.sortText = `1${typed}`;
  return item;
}
