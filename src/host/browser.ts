/** This file starts the extension in a browser: the simulator is a web worker, whose script is read as any file of the extension. */
import * as vscode from 'vscode';
import { activateWith, type InterlaneApi } from './main';
import { simulatorWebWorker, type WebWorker } from './simulatorWebWorker';

declare const Worker: new (url: string) => WebWorker;

export function activate(context: vscode.ExtensionContext): InterlaneApi {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web', 'worker.js');
  const address = async (): Promise<string> => {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(script));
    return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  };
  return activateWith(
    context,
    simulatorWebWorker(address, (url) => new Worker(url)),
  );
}
