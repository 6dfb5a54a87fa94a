/** This file lays out the timeline: headers as elements, pictures on canvases beside and above them. */
import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { headerOf, momentOf, type Header } from '../../picture/headers';
import { HEADER_WIDTH, MARGIN, type GroupRow, type LaneRow } from '../../picture/layout';
import { unitSymbol } from '../../picture/ruler';
import { Painter } from '../canvas/painter';
import { isTall, layoutOf } from '../derive';
import { Pointer } from '../pointer';
import { duration, plural } from '../words';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';
import { Legend } from './legend';
import { Tooltip } from './tooltip';

export function TimelineView({ painted }: { painted: () => void }): VNode {
  const panel = usePanel();
  const { store, navigator, post } = panel;
  const narrow = useApp((state) => state.narrow);
  const header = narrow ? HEADER_WIDTH.narrow : HEADER_WIDTH.wide;
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
  const headerRef = useRef(header);
  headerRef.current = header;
  const painter = useRef<Painter | undefined>(undefined);

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
      () => headerRef.current,
      (place) => post({ type: 'hover', place }),
      setTooltip,
    );
    const resized = (): void => {
      const width = Math.max(0, element.clientWidth - headerRef.current - MARGIN);
      made.resize(width, element.clientHeight);
      store.set({ width });
    };
    const observer = new ResizeObserver(resized);
    observer.observe(element);
    resized();
    return () => {
      observer.disconnect();
      pointer.stop();
      made.stop();
    };
  }, [store]);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const width = Math.max(0, element.clientWidth - header - MARGIN);
    painter.current?.resize(width, element.clientHeight);
    store.set({ width });
  }, [header]);

  useRevealLane(scroller);

  const style = { '--header': `${header}px` };
  return (
    <section class="timeline" aria-label="Timeline" style={style}>
      <OverviewRow overview={overview} canvas={canvases.overview} />
      <RulerRow ruler={ruler} canvas={canvases.ruler} />
      <Lanes scroller={scroller} area={area} lanes={canvases.lanes} overlay={canvases.overlay} />
      <Legend />
      {tooltip && <Tooltip />}
    </section>
  );
}

type Ref<T> = RefObject<T | null>;

function OverviewRow({ overview, canvas }: { overview: Ref<HTMLDivElement>; canvas: Ref<HTMLCanvasElement> }): VNode {
  const run = useApp((state) => state.run);
  const narrow = useApp((state) => state.narrow);
  const meta = run?.timeline.trace.meta;
  const facts =
    run && meta ? [plural(run.timeline.steps, 'step'), ...(narrow ? [] : [duration(meta.endTime)])].join(', ') : '';
  return (
    <div class="overview-row">
      <div class="row-title">
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
  const unit = useApp(({ run, axis: of, view, width }) =>
    run && width > 0
      ? run.timeline.ruler(of, { start: view.from, end: view.to }, Math.max(2, Math.floor(width / 80))).unit
      : '',
  );
  return (
    <div class="ruler-row">
      <div class="row-title">
        <span class="t12">{axis === 'step' ? 'Step' : 'Virtual time'}</span>
        {unit && <span class="t11 dim">{unitSymbol(unit)}</span>}
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

const NO_HEADER: Header = { title: '', detail: '', said: '' };

function LaneHeader({ row }: { row: LaneRow }): VNode {
  const { navigator, store } = usePanel();
  const { lane } = row;
  const selected = useApp((state) => state.lane === lane.id);
  const tall = useApp(isTall);
  const run = useApp((state) => state.run);
  const moment = useApp(({ focus }) => focus.row);
  const { title, detail, said } = useMemo(
    () => (run ? headerOf(run.timeline, row, momentOf(run.timeline, moment)) : NO_HEADER),
    [run, row, moment],
  );
  const select = (): void => {
    const { axis, view, focus } = store.state;
    if (!run) return;
    const unit = focus.row >= 0 ? run.timeline.xOf(focus.row, axis) : view.from;
    const at = lane.kind === 'goroutine' ? run.timeline.nearestRow(lane, axis, unit, Infinity) : -1;
    if (at >= 0) navigator.focusRow(at);
    store.set({ lane: lane.id });
  };
  const classes = ['lane-header', lane.kind, selected && 'selected', tall && 'tall'].filter(Boolean).join(' ');
  return (
    <div
      class={classes}
      id={laneElement(lane.id)}
      role="group"
      aria-label={[lane.title, detail, said].filter(Boolean).join(', ')}
      style={{ top: `${row.y}px`, height: `${row.height}px`, '--indent': `${lane.indent * 12}px` }}
      onClick={select}
    >
      <span class="lane-title">
        <b>{title}</b> <span class="detail">{detail}</span>
      </span>
      {said && (
        <span class="lane-said" title={said}>
          {said}
        </span>
      )}
    </div>
  );
}

/** Scrolls the lane of the focus into sight. */
function useRevealLane(scroller: Ref<HTMLDivElement>): void {
  const lane = useApp((state) => state.lane);
  const layout = useApp(layoutOf);
  useEffect(() => {
    const row = layout.byLane.get(lane);
    const element = scroller.current;
    if (!row || !element) return;
    if (row.y < element.scrollTop) element.scrollTop = Math.max(0, row.y - 24);
    else if (row.y + row.height > element.scrollTop + element.clientHeight)
      element.scrollTop = row.y + row.height - element.clientHeight;
  }, [lane]);
}
