/**
 * This file reads the files among which a document's program is found: of a Go file those of its folder, as they stand in open editors or else on
 * disk; of any other document itself alone. Which of them make the program is not decided here.
 */
import * as vscode from 'vscode';
import { decodeBytes } from '../base/utf8';

/** A file as it was when a run was asked for. */
export interface FolderFile {
  readonly uri: vscode.Uri;
  /** Last part of the path. */
  readonly name: string;
  readonly text: string;
  /** Version of the open document; -1: read from disk. */
  readonly version: number;
}

/** A folder beyond these is no package that somebody wrote by hand: its files are left alone. */
const MAX_FILES = 400;
const MAX_BYTES = 8 * 1024 * 1024;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

export class Folders implements vscode.Disposable {
  /** By folder: texts of its Go files on disk, until something there changes. */
  private readonly onDisk = new Map<string, Promise<ReadonlyMap<string, string>>>();
  private readonly watchers = new Map<string, vscode.FileSystemWatcher>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** A Go file was made, changed or deleted on disk. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  dispose(): void {
    for (const watcher of this.watchers.values()) watcher.dispose();
    this.changed.dispose();
  }

  /** The document and what stands beside it. Never rejects: what cannot be read is not there. */
  async around(document: vscode.TextDocument): Promise<readonly FolderFile[]> {
    const own = fileOf(document);
    if (!own.name.endsWith('.go') || document.isUntitled) return [own];
    const folder = folderOf(document.uri);
    const files = new Map<string, FolderFile>();
    for (const [name, text] of await this.read(folder))
      files.set(name, { uri: vscode.Uri.joinPath(folder, name), name, text, version: -1 });
    for (const open of vscode.workspace.textDocuments)
      if (isGoIn(folder, open.uri)) files.set(baseName(open.uri), fileOf(open));
    files.set(own.name, fileOf(document));
    return [...files.values()];
  }

  private read(folder: vscode.Uri): Promise<ReadonlyMap<string, string>> {
    const key = folder.toString();
    let texts = this.onDisk.get(key);
    if (!texts) {
      this.watch(folder);
      texts = this.readNow(folder).catch((error: unknown) => {
        this.log.info(`the folder ${key} cannot be read: ${String(error)}`);
        return new Map<string, string>();
      });
      this.onDisk.set(key, texts);
    }
    return texts;
  }

  private async readNow(folder: vscode.Uri): Promise<ReadonlyMap<string, string>> {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    const names = entries.flatMap(([name, type]) => (type & vscode.FileType.File && name.endsWith('.go') ? [name] : []));
    if (names.length > MAX_FILES) throw new Error(`${names.length} Go files are more than the ${MAX_FILES} of a package`);
    const texts = new Map<string, string>();
    let bytes = 0;
    for (const name of names) {
      const content = await readIfThere(vscode.Uri.joinPath(folder, name));
      if (!content) continue;
      bytes += content.length;
      if (bytes > MAX_BYTES) throw new Error(`its Go files have more than ${MAX_BYTES} bytes`);
      texts.set(name, decodeBytes(content, BYTE_ORDER_MARK.every((byte, i) => content[i] === byte) ? 3 : 0));
    }
    return texts;
  } // prettier-ignore

  private watch(folder: vscode.Uri): void {
    const key = folder.toString();
    if (this.watchers.has(key)) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*.go'));
    const forget = (uri: vscode.Uri): void => {
      this.onDisk.delete(key);
      this.changed.fire(uri);
    };
    watcher.onDidCreate(forget);
    watcher.onDidChange(forget);
    watcher.onDidDelete(forget);
    this.watchers.set(key, watcher);
  }
}

/** Undefined for a file that went away meanwhile, or may not be read. */
async function readIfThere(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

function fileOf(document: vscode.TextDocument): FolderFile {
  return { uri: document.uri, name: baseName(document.uri), text: document.getText(), version: document.version };
}

function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

function isGoIn(folder: vscode.Uri, uri: vscode.Uri): boolean {
  return uri.path.endsWith('.go') && folderOf(uri).toString() === folder.toString();
}

/** Whether two files stand in one folder. */
export function areNeighbours(a: vscode.Uri, b: vscode.Uri): boolean {
  return folderOf(a).toString() === folderOf(b).toString();
}

/** Last part of a path, as tabs show it. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
