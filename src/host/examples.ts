/**
 * This file opens the examples that come with the extension. One of a single file opens as an untitled copy, which a person may change freely; one
 * that is a package opens where it stands, because its files run together.
 */
import * as vscode from 'vscode';

interface Example {
  readonly name: string;
  /** Its file, or the file with `main` of a package. */
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly isPackage: boolean;
}

const MAIN = 'main.go';

export class Examples {
  private known: Promise<Example[]> | undefined;

  constructor(private readonly folder: vscode.Uri) {}

  /** Lets a person choose an example and opens it. */
  async open(): Promise<vscode.TextDocument | undefined> {
    const items = (await this.list()).map((example) => ({ label: example.name, detail: about(example), example }));
    const chosen = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t('Open an example: each says what to look for'),
      matchOnDetail: true,
    });
    return chosen && openExample(chosen.example);
  }

  async count(): Promise<number> {
    return (await this.list()).length;
  }

  /** In the order of their names. */
  list(): Promise<Example[]> {
    this.known ??= this.read();
    return this.known;
  }

  private async read(): Promise<Example[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.folder);
    const examples = await Promise.all(entries.map(([name, type]) => this.exampleOf(name, type)));
    return examples.filter((example) => example !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async exampleOf(name: string, type: vscode.FileType): Promise<Example | undefined> {
    const isPackage = type === vscode.FileType.Directory;
    if (!isPackage && !name.endsWith('.lane')) return undefined;
    const uri = vscode.Uri.joinPath(this.folder, name, ...(isPackage ? [MAIN] : []));
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { name: name.replace(/\.lane$/, ''), uri, text, isPackage };
  }
}

/** Opens an example in an editor. */
export async function openExample({ uri, text, isPackage }: Example): Promise<vscode.TextDocument> {
  const { openTextDocument } = vscode.workspace;
  const document = await (isPackage
    ? openTextDocument(uri)
    : openTextDocument({ language: 'interlane', content: text }));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The prose of the comment with which an example begins. */
function about({ text }: Example): string {
  const comment = /^(?:\/\/[^\n]*\n)+/.exec(text)?.[0] ?? '';
  const lines = comment.split('\n').map((line) => line.replace(/^\/\/ ?/, ''));
  return lines
    .filter((line) => !/^(verdict|prints):/.test(line))
    .join(' ')
    .trim();
}
