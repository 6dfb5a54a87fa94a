/** This file speaks with the extension host: messages out, messages in, and the state that outlives the page. */
import type { HostToWebview, PanelState, WebviewToHost } from '../protocol/messages';

interface VsCodeApi {
  postMessage(message: WebviewToHost, transfer?: Transferable[]): void;
  getState(): PanelState | undefined;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** VS Code gives the api once a page. */
const api = acquireVsCodeApi();

export const post = (message: WebviewToHost): void => api.postMessage(message);
export const loadState = (): PanelState | undefined => api.getState();
export const saveState = (state: PanelState): void => api.setState(state);

/** Calls back for each message of the host. */
export function onMessage(receive: (message: HostToWebview) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<HostToWebview>) => receive(data));
}
