/**
 * This file opens the examples that come with the extension, each as a file of its own that a person may change and save: the one in the folder that he works
 * in, if it has it; else a copy that is kept for him. The original lies where an update replaces it, and what he makes of it should outlive that; a document
 * without a name, as it was once opened, asks to be saved when it is closed, though nothing was changed in it.
 */
import * as vscode from 'vscode';
import { documentAt } from './documents';
import { columnFor } from './groups';

export interface Example {
  readonly name: string;
  /** What to look for in it. */
  readonly about: string;
  /** The one that is opened is the first; those of a package run together. */
  readonly files: readonly ExampleFile[];
}

interface ExampleFile {
  /** Relative to the folder of the examples. */
  readonly path: string;
  readonly original: vscode.Uri;
  readonly text: string;
}

/** Of each its paths, in order. The build knows them: where an extension is read over the web its folders cannot be listed. */
const PATHS = JSON.parse(process.env.INTERLANE_EXAMPLES!) as readonly (readonly string[])[];

export class Examples {
  readonly count = PATHS.length;
  private known: Promise<Example[]> | undefined;

  /** @param originals the folder in the extension @param copies the folder for what a person changes */
  constructor(
    private readonly originals: vscode.Uri,
    private readonly copies: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** In the order of their names. */
  list(): Promise<Example[]> {
    this.known ??= Promise.all(PATHS.map((paths) => this.exampleOf(paths)));
    return this.known;
  }

  /** Opens an example beside the panel. */
  async open(example: Example): Promise<void> {
    const [file] = await this.placed(example);
    if (!file) return;
    const viewColumn = columnFor(file);
    await vscode.commands.executeCommand('vscode.open', file, { preview: false, ...(viewColumn && { viewColumn }) });
  }

  /** Whether its files, where they stand, say anything else than the originals. */
  async differs(example: Example): Promise<boolean> {
    const folder = await this.folderOf(example);
    const texts = await Promise.all(example.files.map(({ path }) => textAt(vscode.Uri.joinPath(folder, path))));
    return example.files.some(({ text }, i) => texts[i] !== undefined && texts[i] !== text);
  }

  /** Gives its files their first texts again, as an edit that can be undone. */
  async restore(example: Example): Promise<void> {
    const files = await this.placed(example);
    const documents = await Promise.all(files.map((file) => vscode.workspace.openTextDocument(file)));
    const edit = new vscode.WorkspaceEdit();
    documents.forEach((document, i) => {
      const { text } = example.files[i]!;
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      if (document.getText() !== text) edit.replace(document.uri, all, text);
    });
    await vscode.workspace.applyEdit(edit);
    for (const document of documents) await document.save();
  }

  private async exampleOf(paths: readonly string[]): Promise<Example> {
    const files = await Promise.all(
      paths.map(async (path): Promise<ExampleFile> => {
        const original = vscode.Uri.joinPath(this.originals, path);
        return { path, original, text: decode(await vscode.workspace.fs.readFile(original)) };
      }),
    );
    return { name: paths[0]!.replace(/\.lane$|\/[^/]*$/, ''), about: aboutOf(files[0]!.text), files };
  }

  /** Where its files stand; those that do not yet are copied. Where nothing can be written that is where the originals are. */
  private async placed(example: Example): Promise<vscode.Uri[]> {
    const folder = await this.folderOf(example);
    try {
      return await Promise.all(example.files.map((file) => placedIn(folder, file)));
    } catch (error) {
      this.log.info(`the example ${example.name} cannot be copied to ${folder.toString()}: ${String(error)}`);
      return example.files.map(({ original }) => original);
    }
  }

  private async folderOf({ files }: Example): Promise<vscode.Uri> {
    for (const { uri } of vscode.workspace.workspaceFolders ?? [])
      if (await isThere(vscode.Uri.joinPath(uri, files[0]!.path))) return uri;
    return this.copies;
  }
}

async function placedIn(folder: vscode.Uri, { path, text }: ExampleFile): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder, path);
  if (!(await isThere(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** As an editor has it, or else on disk; undefined where there is none. */
async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  const open = documentAt(uri);
  if (open) return open.getText();
  return (await isThere(uri)) ? decode(await vscode.workspace.fs.readFile(uri)) : undefined;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The prose of the comment with which an example begins. */
function aboutOf(text: string): string {
  const comment = /^(?:\/\/[^\n]*\n)+/.exec(text)?.[0] ?? '';
  const lines = comment.split('\n').map((line) => line.replace(/^\/\/ ?/, ''));
  return lines
    .filter((line) => !/^(verdict|prints):/.test(line))
    .join(' ')
    .trim();
}
