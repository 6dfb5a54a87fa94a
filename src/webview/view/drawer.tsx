/** This file shows where the explanation, the run and its output stand, behind tabs: in the pane beside the timeline, or in the drawer below it. */
import type { VNode } from 'preact';
import { drawerIsOpen, wishDrawer, type PaneTab } from '../state';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';
import { OutputView } from './outputView';
import { Explanation } from './pane';
import { RunCard } from './runCard';

const TABS: readonly PaneTab[] = ['explanation', 'run', 'output'];

interface TabLook {
  readonly name: string;
  readonly Body: () => VNode | null;
  /** It scrolls by itself, and takes the focus inside. */
  readonly isWhole?: boolean;
}
const LOOKS: Readonly<Record<PaneTab, TabLook>> = {
  explanation: { name: 'Explanation', Body: Explanation },
  run: { name: 'Run', Body: RunCard },
  output: { name: 'Output', Body: OutputView, isWhole: true },
};

/** Tabs next to a pressed one. */
const MOVES: Readonly<Record<string, (at: number) => number>> = {
  ArrowRight: (at) => (at + 1) % TABS.length,
  ArrowLeft: (at) => (at + TABS.length - 1) % TABS.length,
  Home: () => 0,
  End: () => TABS.length - 1,
};

export function Pane(): VNode {
  return (
    <aside class="pane" id="explanation" aria-label="Explanation">
      <div class="pane-head">
        <Tabs chosen={() => undefined} />
      </div>
      <TabBody class="pane-body" hidden={false} />
    </aside>
  );
}

/** The pane where there is no room beside the timeline. */
export function Drawer(): VNode {
  const { store } = usePanel();
  const open = useApp(drawerIsOpen);
  const wish = (wanted: boolean): void => store.set(wishDrawer(store.state, wanted));
  return (
    <aside class="drawer" id="explanation" aria-label="Explanation">
      <div class="drawer-head">
        <Tabs chosen={() => wish(true)} />
        <span class="space" />
        <button
          type="button"
          class="icon-button"
          aria-label={open ? 'Close the drawer' : 'Open the drawer'}
          aria-expanded={open}
          onClick={() => wish(!open)}
        >
          <Codicon name={open ? 'chevron-down' : 'chevron-up'} />
        </button>
      </div>
      <TabBody class="drawer-body" hidden={!open} />
    </aside>
  );
}

/** @param chosen called after a person has chosen one, be it the one that is shown */
function Tabs({ chosen }: { chosen: () => void }): VNode {
  const { store } = usePanel();
  const tab = useApp((state) => state.tab);
  const choose = (id: PaneTab): void => {
    store.set({ tab: id });
    chosen();
  };
  const keyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (!move) return;
    const id = TABS[move(TABS.indexOf(tab))]!;
    choose(id);
    (event.currentTarget as Element).querySelector<HTMLElement>(`#tab-${id}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="views" role="tablist" aria-label="Explanation, run and output" onKeyDown={keyDown}>
      {TABS.map((id) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          tabIndex={tab === id ? 0 : -1}
          aria-selected={tab === id}
          aria-controls="tab-body"
          onClick={() => choose(id)}
        >
          {LOOKS[id].name}
        </button>
      ))}
    </div>
  );
}

function TabBody({ class: name, hidden }: { class: string; hidden: boolean }): VNode {
  const tab = useApp((state) => state.tab);
  const { Body, isWhole = false } = LOOKS[tab];
  return (
    <div
      class={isWhole ? `${name} whole` : name}
      id="tab-body"
      role="tabpanel"
      aria-labelledby={`tab-${tab}`}
      tabIndex={isWhole ? -1 : 0}
      hidden={hidden}
    >
      <Body />
    </div>
  );
}
