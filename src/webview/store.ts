/** This file holds the one mutable thing of the panel: the current state, and who is told when it changes. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { INITIAL, type AppState } from './state';

export type Listener = (now: AppState, before: AppState) => void;

export class Store {
  private current: AppState = INITIAL;
  private readonly listeners = new Set<Listener>();

  get state(): AppState {
    return this.current;
  }

  /** Changes some fields and tells the listeners; a change that changes nothing is none. */
  set(change: Partial<AppState>): void {
    const before = this.current;
    const keys = Object.keys(change) as (keyof AppState)[];
    if (keys.every((key) => Object.is(before[key], change[key]))) return;
    this.current = { ...before, ...change };
    for (const listener of [...this.listeners]) listener(this.current, before);
  }

  /** @returns stops listening */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** A part of the state; the component is drawn again when that part changes (compared by identity). */
export function useSelected<T>(store: Store, select: (state: AppState) => T): T {
  const [, redraw] = useState(0);
  const value = select(store.state);
  const latest = useRef({ select, value });
  latest.current = { select, value };
  useLayoutEffect(() => {
    const check = (now: AppState): void => {
      if (!Object.is(latest.current.select(now), latest.current.value)) redraw((count) => count + 1);
    };
    check(store.state);
    return store.subscribe(check);
  }, [store]);
  return value;
}
