/** This file puts the panel together: toolbar, verdict, timeline, explanation; and what stands there when there is no run. */
import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { regionsOf } from '../derive';
import { KeyTable } from '../keys';
import type { Regions } from '../regions';
import { aloneOrNot, doesNotCompile, isAged, isFaded } from '../state';
import { watchTheme } from '../theme';
import { baseName } from '../words';
import { PanelContext, useApp, usePanel, type Panel } from './context';
import { Drawer, Pane } from './drawer';
import { Empty, FirstRun, NeverCompiled } from './empty';
import { FailedRun } from './failure';
import { Help } from './help';
import { Codicon } from './icons';
import { Splitter } from './splitter';
import { PatternDefinitions } from './swatch';
import { TableView } from './tableView';
import { TimelineView } from './timelineView';
import { Toolbar } from './toolbar';
import { VerdictBar } from './verdictBar';

export function App({ panel, painted }: { panel: Panel; painted: () => void }): VNode {
  return (
    <PanelContext.Provider value={panel}>
      <PatternDefinitions />
      <Frame painted={painted} />
    </PanelContext.Provider>
  );
}

function Frame({ painted }: { painted: () => void }): VNode {
  const root = useRef<HTMLDivElement>(null);
  const regions = useApp(regionsOf);
  const alone = useApp((state) => state.alone);
  const stale = useApp(isFaded);
  const aged = useApp(isAged);
  useKeys();
  useRoom(root);
  useFocusThatStays(
    alone,
    useApp((state) => state.table),
  );
  const { orientation, narrow } = regions;
  const classes = ['panel', orientation, narrow && 'narrow', alone && 'alone', stale && 'stale', aged && 'aged'];
  return (
    <div class={classes.filter(Boolean).join(' ')} ref={root} style={sizesOf(regions)}>
      <header>
        <Title />
        {alone ? <LeaveAlone /> : <Toolbar />}
        <LiveRegion />
      </header>
      <Body painted={painted} />
      <Help />
    </div>
  );
}

/** The regions' sizes as the style sheet reads them. */
function sizesOf(regions: Regions): Record<string, string> {
  const { toolbar, verdict, overview, ruler, legend, drawer, header, pane, lines } = regions;
  const px = Object.entries({ toolbar, verdict, overview, ruler, legend, drawer, header, pane });
  return { ...Object.fromEntries(px.map(([name, size]) => [`--${name}`, `${size}px`])), '--lines': String(lines) };
}

/** Tells the state how much room there is. */
function useRoom(root: RefObject<HTMLElement | null>): void {
  const { store } = usePanel();
  useLayoutEffect(() => {
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = root.current!;
      const font = parseFloat(getComputedStyle(root.current!).fontSize);
      const { room } = store.state;
      // A hidden panel has no width; it keeps its shape.
      if (width <= 0 || (room.width === width && room.height === height && room.font === font)) return;
      store.set({ room: { width, height, font } });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(root.current!);
    measure();
    const unwatch = watchTheme(measure);
    return () => {
      observer.disconnect();
      unwatch();
    };
  }, [store]);
}

/** Where a button that had the focus is gone, the focus is not lost: it goes to the way back, or to the lanes. */
function useFocusThatStays(alone: boolean, table: boolean): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else if (document.activeElement === document.body)
      document.querySelector<HTMLElement>(alone ? '.leave-alone' : '#lanes')?.focus();
  }, [alone, table]);
}

/** The way back from the timeline alone, for who does not know the key. */
function LeaveAlone(): VNode {
  const { store } = usePanel();
  return (
    <button
      type="button"
      class="icon-button leave-alone"
      title="Back to the whole panel (Esc)"
      aria-label="Back to the whole panel"
      onClick={() => store.set(aloneOrNot(store.state))}
    >
      <Codicon name="screen-normal" />
    </button>
  );
}

function Body({ painted }: { painted: () => void }): VNode | null {
  const phase = useApp((state) => state.phase);
  const hasRun = useApp(({ run }) => run !== undefined);
  const running = useApp(({ activity }) => activity.work !== undefined);
  const broken = useApp(doesNotCompile);
  const failed = useApp((state) => state.failure !== undefined);
  const { orientation } = useApp(regionsOf);
  const table = useApp((state) => state.table);
  const alone = useApp((state) => state.alone);
  if (!hasRun && broken) return <NeverCompiled />;
  if (!hasRun && running) return <FirstRun />;
  if (!hasRun && failed) return <FailedRun />;
  if (!hasRun) return phase === 'empty' ? <Empty /> : null;
  return (
    <>
      {!alone && <VerdictBar />}
      <div class="main">
        <main>
          {table ? <TableView /> : <TimelineView painted={painted} />}
          {!alone && <Splitter />}
        </main>
        {!alone && (orientation === 'beside' ? <Pane /> : <Drawer />)}
      </div>
    </>
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
