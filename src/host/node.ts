/** This file starts the extension where there is Node: the simulator is a process of its own. */
import * as vscode from 'vscode';
import { activateWith, type InterlaneApi } from './main';
import { simulatorProcess } from './simulatorProcess';

export function activate(context: vscode.ExtensionContext): InterlaneApi {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'simulator.js').fsPath;
  const { globalStorageUri: storage } = context;
  return activateWith(
    context,
    simulatorProcess(script, { cache: storage.scheme === 'file' ? storage.fsPath : undefined }),
  );
}
