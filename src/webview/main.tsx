/** This file starts the panel: store, navigation, receiver of messages, and the first drawing. */
import { render } from 'preact';
import { PROTOCOL_VERSION } from '../protocol/messages';
import { exposeFrames } from './canvas/frames';
import { loadState, onMessage, post, saveState } from './host';
import { keepState } from './keepState';
import { Navigator } from './navigate';
import { Receiver } from './receiver';
import { Store } from './store';
import { publishTheme, readTheme, watchTheme } from './theme';
import { App } from './view/app';
import { showOnlyVisibleText } from './visibleNodes';
import './webview.css';

window.addEventListener('error', ({ message, error }) => report(message, error));
window.addEventListener('unhandledrejection', ({ reason }) => report(String(reason), reason));

function report(message: string, error: unknown): void {
  // The browser's own notice that a resize took two frames is no failure.
  if (message.includes('ResizeObserver')) return;
  post({ type: 'error', message, stack: error instanceof Error ? (error.stack ?? '') : '' });
}

const root = document.getElementById('root')!;
publishTheme(readTheme(), root);
watchTheme((theme) => publishTheme(theme, root));

const store = new Store();
const navigator = new Navigator(store, post);
const receiver = new Receiver(store, navigator, post, loadState());
keepState(store, () => receiver.uri, saveState);

exposeFrames();
showOnlyVisibleText();
onMessage((message) => receiver.receive(message));
render(
  <App
    panel={{ store, navigator, post }}
    painted={() => {
      receiver.painted();
      document.body.dataset.ready = '1'; // what tests and picture scripts wait for
    }}
  />,
  root,
);
post({ type: 'ready', version: PROTOCOL_VERSION });
