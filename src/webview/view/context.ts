/** This file hands the panel's parts to every component. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { WebviewToHost } from '../../protocol/messages';
import type { Navigator } from '../navigate';
import type { AppState } from '../state';
import { useSelected, type Store } from '../store';

export interface Panel {
  readonly store: Store;
  readonly navigator: Navigator;
  readonly post: (message: WebviewToHost) => void;
}

export const PanelContext = createContext<Panel | undefined>(undefined);

/** The panel around a component. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error('a component stands outside the panel');
  return panel;
}

/** A part of the state. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useSelected(usePanel().store, select);
}
