/** This file lays out the timeline: headers as elements, pictures on canvases beside and above them. */
import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { headerOf, shorterForms, type Header } from '../../picture/headers';
import { estimatedWidth } from '../../picture/textWidth';
import type { GroupRow, LaneRow } from '../../picture/layout';
import { unitSymbol } from '../../picture/ruler';
import { Painter } from '../canvas/painter';
import { densityOf, layoutOf, regionsOf } from '../derive';
import { Pointer } from '../pointer';
import { DETAILS_FROM, NAMES_ONLY } from '../regions';
import { duration, plural } from '../words';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';
import { Legend } from './legend';
import { Tooltip } from './tooltip';

export function TimelineView({ painted }: { painted: () => void }): VNode {
  const panel = usePanel();
  const { store, navigator, post } = panel;
  const { header, canvas } = useApp(regionsOf);
  const density = useApp(densityOf);
  const [tooltip, setTooltip] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const overview = useRef<HTMLDivElement>(null);
  const canvases = {
    overview: useRef<HTMLCanvasElement>(null),
    ruler: useRef<HTMLCanvasElement>(null),
    lanes: useRef<HTMLCanvasElement>(null),
    overlay: useRef<HTMLCanvasElement>(null),
  };
  const across = useRef({ header, canvas });
  across.current = { header, canvas };
  const painter = useRef<Painter | undefined>(undefined);

  /** A scroll bar may be wider than the air right of the canvas. */
  function resized(): void {
    const { clientWidth, clientHeight } = scroller.current!;
    const width = Math.max(0, Math.min(across.current.canvas, clientWidth - across.current.header));
    painter.current?.resize(width, clientHeight);
    store.set({ width });
  }

  useLayoutEffect(() => {
    const element = scroller.current!;
    const made = new Painter(
      store,
      {
        scroller: element,
        overview: canvases.overview.current!,
        ruler: canvases.ruler.current!,
        lanes: canvases.lanes.current!,
        overlay: canvases.overlay.current!,
      },
      painted,
    );
    painter.current = made;
    const targets = { scroller: element, area: area.current!, ruler: ruler.current!, overview: overview.current! };
    const pointer = new Pointer(
      store,
      navigator,
      made,
      targets,
      () => across.current.header,
      (place) => post({ type: 'hover', place }),
      setTooltip,
    );
    const observer = new ResizeObserver(resized);
    observer.observe(element);
    return () => {
      observer.disconnect();
      pointer.stop();
      made.stop();
    };
  }, [store]);

  useLayoutEffect(resized, [header, canvas]);

  useRevealLane(scroller);

  return (
    <section
      class={['timeline', density.name, header < DETAILS_FROM && 'names-only'].filter(Boolean).join(' ')}
      aria-label="Timeline"
      style={headerStyle(header)}
    >
      <OverviewRow overview={overview} canvas={canvases.overview} />
      <RulerRow ruler={ruler} canvas={canvases.ruler} />
      <Lanes scroller={scroller} area={area} lanes={canvases.lanes} overlay={canvases.overlay} />
      <Legend />
      {tooltip && <Tooltip />}
    </section>
  );
}

/** Px of a header from which its words stand where they do in wide ones. */
const FULL_PADDING_FROM = 76;

/** Headers that shrink give up their air, then what indents them. */
function headerStyle(header: number): Record<string, string> {
  const share = Math.min(1, Math.max(0, (header - NAMES_ONLY) / (FULL_PADDING_FROM - NAMES_ONLY)));
  const indent = header >= DETAILS_FROM ? 12 : 4 * share;
  return { '--pad': `${5 + 19 * share}px`, '--air': `${2 + 4 * share}px`, '--indent': `${indent}px` };
}

type Ref<T> = RefObject<T | null>;

function OverviewRow({ overview, canvas }: { overview: Ref<HTMLDivElement>; canvas: Ref<HTMLCanvasElement> }): VNode {
  const run = useApp((state) => state.run);
  const { header } = useApp(regionsOf);
  const meta = run?.timeline.trace.meta;
  const facts =
    run && meta
      ? [plural(run.timeline.steps, 'step'), ...(header < DETAILS_FROM ? [] : [duration(meta.endTime)])].join(', ')
      : '';
  return (
    <div class="overview-row">
      <div class="row-title" hidden={header < FULL_PADDING_FROM}>
        <span class="t12">Overview</span>
        <span class="t11 dim">{facts}</span>
      </div>
      <div class="canvas-box" ref={overview}>
        <canvas ref={canvas} aria-hidden="true" />
      </div>
    </div>
  );
}

function RulerRow({ ruler, canvas }: { ruler: Ref<HTMLDivElement>; canvas: Ref<HTMLCanvasElement> }): VNode {
  const axis = useApp((state) => state.axis);
  const { header } = useApp(regionsOf);
  const unit = useApp(({ run, axis: of, view, width }) =>
    run && width > 0
      ? run.timeline.ruler(of, { start: view.from, end: view.to }, Math.max(2, Math.floor(width / 80))).unit
      : '',
  );
  return (
    <div class="ruler-row">
      <div class="row-title">
        <span class="t12">{axis === 'step' ? 'Step' : header < DETAILS_FROM ? 'Time' : 'Virtual time'}</span>
        {unit && header >= FULL_PADDING_FROM && <span class="t11 dim">{unitSymbol(unit)}</span>}
      </div>
      <div class="canvas-box" ref={ruler}>
        <canvas ref={canvas} aria-hidden="true" />
      </div>
    </div>
  );
}

function Lanes({
  scroller,
  area,
  lanes,
  overlay,
}: {
  scroller: Ref<HTMLDivElement>;
  area: Ref<HTMLDivElement>;
  lanes: Ref<HTMLCanvasElement>;
  overlay: Ref<HTMLCanvasElement>;
}): VNode {
  const layout = useApp(layoutOf);
  const preset = useApp((state) => state.preset);
  const lane = useApp((state) => state.lane);
  const known = layout.byLane.has(lane);
  return (
    <div
      class="lanes"
      id="lanes"
      ref={scroller}
      tabIndex={0}
      role="application"
      aria-roledescription="timeline"
      aria-label={`${preset === 'goroutines' ? 'Goroutines' : 'Cores'}. Arrow keys move along and across lanes, question mark lists all keys, T shows a table.`}
      data-vscode-context={MENU}
      aria-activedescendant={known ? laneElement(lane) : undefined}
    >
      <div class="pin below" ref={area}>
        <canvas ref={lanes} aria-hidden="true" />
      </div>
      <div class="pin above">
        <canvas ref={overlay} aria-hidden="true" />
      </div>
      <div class="rows" style={{ height: `${layout.height}px` }}>
        {layout.rows.map((row) =>
          row.type === 'group' ? (
            <GroupHeader key={row.group.id} row={row} />
          ) : (
            <LaneHeader key={row.lane.id} row={row} />
          ),
        )}
      </div>
    </div>
  );
}

/** What VS Code's menu is opened on. */
const MENU = JSON.stringify({ webviewSection: 'timeline', preventDefaultContextMenuItems: true });

const laneElement = (id: string): string => `lane-${id}`;

function GroupHeader({ row }: { row: GroupRow }): VNode {
  const { store } = usePanel();
  const { group, collapsed } = row;
  const toggle = (): void => {
    const next = new Set(store.state.collapsed);
    if (!next.delete(group.id)) next.add(group.id);
    store.set({ collapsed: next });
  };
  return (
    <div class="group-header" style={{ top: `${row.y}px` }}>
      <button type="button" aria-expanded={!collapsed} onClick={toggle}>
        <Codicon name={collapsed ? 'chevron-right' : 'chevron-down'} />
        <b>{group.title}</b>
        <span class="dim">{group.detail}</span>
      </button>
      {group.note && (
        <button type="button" class="note" title="Show all of them" onClick={() => store.set({ limit: Infinity })}>
          <span class="dim">{group.note}</span> <span class="link">Show all</span>
        </button>
      )}
    </div>
  );
}

/** Px beside the words of a header, of a level of the tree of go statements, and of the type of what a lane does. */
const HEADER_AIR = 30;
const INDENT = 12;
const SAID = 11;

const NO_HEADER: Header = { title: '', detail: '', said: '' };

function LaneHeader({ row }: { row: LaneRow }): VNode {
  const { navigator, store } = usePanel();
  const { lane } = row;
  const selected = useApp((state) => state.lane === lane.id);
  const { air } = useApp(densityOf);
  const bars = lane.kind === 'goroutine' || lane.kind === 'fold';
  const run = useApp((state) => state.run);
  const focused = useApp(({ focus }) => focus.row);
  const along = useApp(({ axis }) => axis);
  const { title, detail, said } = useMemo(
    () => (run ? headerOf(run.timeline, row, focused, along) : NO_HEADER),
    [run, row, focused, along],
  );
  const select = (): void => {
    const { axis, view, focus } = store.state;
    if (!run) return;
    const unit = focus.row >= 0 ? run.timeline.xOf(focus.row, axis) : view.from;
    const at = lane.kind === 'goroutine' ? run.timeline.nearestRow(lane, axis, unit, Infinity) : -1;
    if (at >= 0) navigator.focusRow(at);
    store.set({ lane: lane.id });
  };
  const { header } = useApp(regionsOf);
  const isShort = useApp(densityOf).name === 'compact' && lane.kind === 'goroutine';
  const room = header - HEADER_AIR - INDENT * lane.indent;
  // Where there are two lines, the style sheet breaks it.
  const shown = isShort ? shorterForms(said).find((form) => estimatedWidth(form, SAID) <= room) : said;
  const classes = ['lane-header', lane.kind, selected && 'selected'].filter(Boolean).join(' ');
  return (
    <div
      class={classes}
      id={laneElement(lane.id)}
      role="group"
      aria-label={[lane.title, detail, said].filter(Boolean).join(', ')}
      title={lane.title}
      style={{
        top: `${row.y}px`,
        height: `${row.height}px`,
        '--depth': String(lane.indent),
        ...(bars && { paddingBottom: `${air}px` }),
      }}
      onClick={select}
    >
      <span class="lane-title">
        <b>{title}</b> <span class="detail">{detail}</span>
      </span>
      {said && (
        <span class="lane-said" title={said}>
          <span>{shown}</span>
        </span>
      )}
    </div>
  );
}

/** Scrolls the lane of the focus into sight, also where a drawer has opened over it. */
function useRevealLane(scroller: Ref<HTMLDivElement>): void {
  const lane = useApp((state) => state.lane);
  const { lanes } = useApp(regionsOf);
  const layout = useApp(layoutOf);
  useEffect(() => {
    const row = layout.byLane.get(lane);
    const element = scroller.current;
    if (!row || !element) return;
    if (row.y < element.scrollTop) element.scrollTop = Math.max(0, row.y - 24);
    else if (row.y + row.height > element.scrollTop + element.clientHeight)
      element.scrollTop = row.y + row.height - element.clientHeight;
  }, [lane, lanes]);
}
