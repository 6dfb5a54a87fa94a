/** This file opens the examples that come with the extension, as untitled copies: a person may change them freely. */
import * as vscode from 'vscode';
import { baseName } from './folders';

interface Example {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly about: string;
}

export class Examples {
  private known: Promise<Example[]> | undefined;

  constructor(private readonly folder: vscode.Uri) {}

  /** Lets a person choose an example and opens it. */
  async open(): Promise<vscode.TextDocument | undefined> {
    const examples = await this.list();
    const items = examples.map((example) => ({ label: example.name, detail: example.about, example }));
    const chosen = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t('Open an example: each says what to look for'),
      matchOnDetail: true,
    });
    if (!chosen) return undefined;
    const bytes = await vscode.workspace.fs.readFile(chosen.example.uri);
    const document = await vscode.workspace.openTextDocument({
      language: 'interlane',
      content: new TextDecoder().decode(bytes),
    });
    await vscode.window.showTextDocument(document);
    return document;
  }

  async count(): Promise<number> {
    return (await this.names()).length;
  }

  private list(): Promise<Example[]> {
    this.known ??= this.read();
    return this.known;
  }

  private async names(): Promise<string[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.folder);
    return entries.map(([name]) => name).filter((name) => name.endsWith('.lane'));
  }

  private async read(): Promise<Example[]> {
    const names = await this.names();
    return Promise.all(
      names.sort().map(async (name) => {
        const uri = vscode.Uri.joinPath(this.folder, name);
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
        const comment = /^(?:\/\/[^\n]*\n)+/.exec(text)?.[0] ?? '';
        const lines = comment
          .split('\n')
          .map((line) => line.replace(/^\/\/ ?/, ''))
          .filter((line) => !/^(verdict|prints):/.test(line));
        return { uri, name: baseName(uri).replace(/\.lane$/, ''), about: lines.join(' ').trim() };
      }),
    );
  }
}
