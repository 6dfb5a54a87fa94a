/** This file puts the panel together: toolbar, verdict, timeline, explanation; and what stands there when there is no run. */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { NARROW_BELOW } from '../../picture/layout';
import { KeyTable } from '../keys';
import { doesNotCompile, type DrawerTab } from '../state';
import { baseName } from '../words';
import { PanelContext, useApp, usePanel, type Panel } from './context';
import { Empty, Failed, FirstRun, NeverCompiled } from './empty';
import { Help } from './help';
import { Codicon } from './icons';
import { Explanation } from './pane';
import { RunCard } from './runCard';
import { PatternDefinitions } from './swatch';
import { TableView } from './tableView';
import { TimelineView } from './timelineView';
import { Toolbar } from './toolbar';
import { VerdictBar } from './verdictBar';

/** Px of the panel below which the pane becomes a drawer. */
const STACKED_BELOW = 760;

export function App({ panel, painted }: { panel: Panel; painted: () => void }): VNode {
  return (
    <PanelContext.Provider value={panel}>
      <PatternDefinitions />
      <Frame painted={painted} />
    </PanelContext.Provider>
  );
}

function Frame({ painted }: { painted: () => void }): VNode {
  const { store } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const narrow = useApp((state) => state.narrow);
  const stacked = useApp((state) => state.stacked);
  const stale = useApp(doesNotCompile);
  useKeys();
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      // A hidden panel has no width; it keeps its shape.
      if (width > 0) store.set({ narrow: width < NARROW_BELOW, stacked: width < STACKED_BELOW });
    });
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, [store]);
  return (
    <div
      class={['panel', stacked && 'stacked', narrow && 'narrow', stale && 'stale'].filter(Boolean).join(' ')}
      ref={root}
    >
      <header>
        <Title />
        <Toolbar />
        <LiveRegion />
      </header>
      <Body painted={painted} />
      <Help />
    </div>
  );
}

function Body({ painted }: { painted: () => void }): VNode | null {
  const phase = useApp((state) => state.phase);
  const hasRun = useApp(({ run }) => run !== undefined);
  const running = useApp((state) => state.running !== undefined);
  const broken = useApp(doesNotCompile);
  const stacked = useApp((state) => state.stacked);
  const table = useApp((state) => state.table);
  if (phase === 'failed') return <Failed />;
  if (!hasRun && broken) return <NeverCompiled />;
  if (!hasRun && running) return <FirstRun />;
  if (!hasRun) return phase === 'empty' ? <Empty /> : null;
  return (
    <>
      <VerdictBar />
      <div class="main">
        <main>{table ? <TableView /> : <TimelineView painted={painted} />}</main>
        {stacked ? <Drawer /> : <Pane />}
      </div>
    </>
  );
}

function Pane(): VNode {
  return (
    <aside class="pane" aria-label="Explanation" tabIndex={0}>
      <Explanation />
    </aside>
  );
}

const TABS: readonly (readonly [DrawerTab, string])[] = [
  ['explanation', 'Explanation'],
  ['run', 'Run'],
];

/** The pane where there is no room beside the timeline. */
function Drawer(): VNode {
  const { store } = usePanel();
  const open = useApp((state) => state.drawerOpen);
  const tab = useApp((state) => state.drawerTab);
  return (
    <aside class={open ? 'drawer' : 'drawer closed'} aria-label="Explanation">
      <div class="drawer-head">
        <div class="views" role="tablist" aria-label="Drawer">
          {TABS.map(([id, name]) => (
            <button
              key={id}
              id={`drawer-${id}`}
              type="button"
              role="tab"
              aria-selected={tab === id}
              aria-controls="drawer-body"
              onClick={() => store.set({ drawerTab: id, drawerOpen: true })}
            >
              {name}
            </button>
          ))}
        </div>
        <span class="space" />
        <button
          type="button"
          class="icon-button"
          aria-label={open ? 'Close the drawer' : 'Open the drawer'}
          aria-expanded={open}
          onClick={() => store.set({ drawerOpen: !open })}
        >
          <Codicon name={open ? 'chevron-down' : 'chevron-up'} />
        </button>
      </div>
      <div
        class="drawer-body"
        id="drawer-body"
        role="tabpanel"
        aria-labelledby={`drawer-${tab}`}
        tabIndex={0}
        hidden={!open}
      >
        {tab === 'explanation' ? <Explanation /> : <RunCard />}
      </div>
    </aside>
  );
}

/** What the page is, for those who do not see it. */
function Title(): VNode | null {
  const file = useApp(({ run }) => run?.file);
  return file ? <h1 class="sr-only">Timeline of {baseName(file)}</h1> : null;
}

/** Says the focus sentence on each move. */
function LiveRegion(): VNode {
  const announcement = useApp((state) => state.announcement);
  return (
    <div class="sr-only" aria-live="polite" role="log">
      {announcement}
    </div>
  );
}

/** Elements that need plain keys themselves. */
const OWN_KEYS = 'input, textarea, select, dialog, [role="menu"]';
/** Keys by which a focused button is pressed. */
const PRESS = new Set(['Enter', ' ']);

function useKeys(): void {
  const { store, navigator, post } = usePanel();
  useLayoutEffect(() => {
    const table = new KeyTable();
    const pressed = (event: KeyboardEvent): void => {
      const target = event.target as Element;
      if (event.defaultPrevented || (target.closest(OWN_KEYS) && event.key !== 'Escape')) return;
      if (PRESS.has(event.key) && target.closest('button')) return;
      if (store.state.table && event.key.startsWith('Arrow')) return;
      const command = table.find(event, performance.now());
      if (!command) return;
      event.preventDefault();
      command.run({ store, navigator, post });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [store]);
}
