/** This file saves what outlives the page, a moment after it has changed. */
import type { PanelState } from '../protocol/messages';
import { persistent, type AppState } from './state';
import type { Store } from './store';

/** Ms for which changes are collected before they are saved. */
const SAVE_AFTER = 250;

/** The parts of the state that outlive the page. */
const SAVED: readonly (keyof AppState)[] = [
  'preset',
  'axis',
  'view',
  'focus',
  'table',
  'collapsed',
  'file',
  'drawer',
  'tab',
  'alone',
  'chosen',
];

/** Saves from now on; `uri` tells which document is on display. */
export function keepState(store: Store, uri: () => string, save: (state: PanelState) => void): void {
  let saving = 0;
  store.subscribe((now, before) => {
    if (SAVED.every((key) => Object.is(now[key], before[key]))) return;
    clearTimeout(saving);
    saving = window.setTimeout(() => save(persistent(store.state, uri())), SAVE_AFTER);
  });
}
