/** This file shows the same data as a tree grid: lanes, and under each its events. Made for screen readers and keyboards; only rows in sight are elements. */
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { momentOf } from '../../picture/headers';
import { estimatedWidth } from '../../picture/textWidth';
import { placeMark } from '../../trace/placeWords';
import { groupsOf, regionsOf } from '../derive';
import { rowWindow, scrollTo, type Scrolled } from '../rowWindow';
import { tableRows, type TableRow, type TableRows } from '../tableRows';
import { duration } from '../words';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';

/** Px of a row, and of the head, which stays above them. */
const ROW = 22;
const HEAD = 24;

/** Px of the cells beside the main one. */
const CELLS = { Step: 56, 'Virtual time': 88, Line: 48 } as const;
type Cell = keyof typeof CELLS;
const ALL_CELLS = Object.keys(CELLS) as Cell[];
/** Which of them give way where the main cell needs the room, first to last. */
const GIVE_WAY: readonly Cell[] = ['Virtual time', 'Line', 'Step'];
/** Px between cells; px of a row beside its words: paddings, icon, indents, air for words that are estimated too short. */
const GAP = 8;
const BESIDE = { base: 60, level: 16 };
/** Rows of which the widths are estimated; of more, a sample. */
const MOST_ESTIMATED = 1000;

/** Px of the widest main cell, with paddings. */
function widestOf(rows: TableRows, font: number): number {
  const stride = Math.ceil(rows.count / MOST_ESTIMATED);
  let widest = 0;
  for (let i = 0; i < rows.count; i += stride) {
    const { title, text, level } = rows.at(i)!;
    const words = estimatedWidth(title, font, true) + estimatedWidth(text, font);
    widest = Math.max(widest, words + BESIDE.base + (level - 1) * BESIDE.level);
  }
  return widest;
}

/** What there is room for besides the main cell. */
function cellsFor(room: number): readonly Cell[] {
  const px = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + CELLS[cell] + GAP, 0);
  let shown: readonly Cell[] = ALL_CELLS;
  for (const cell of GIVE_WAY) if (px(shown) > room) shown = shown.filter((name) => name !== cell);
  return shown;
}

/** What VS Code's menu is opened on. */
const MENU = JSON.stringify({ webviewSection: 'timeline', preventDefaultContextMenuItems: true });

export function TableView(): VNode {
  const { navigator, store } = usePanel();
  const groups = useApp(groupsOf);
  const run = useApp((state) => state.run)!;
  const focus = useApp((state) => state.focus);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const [seen, setSeen] = useState<Scrolled>({ scrollTop: 0, clientHeight: 800 });
  const scroller = useRef<HTMLDivElement>(null);
  const axis = useApp((state) => state.axis);
  const rows = useMemo(() => {
    const { timeline } = run;
    const moment = momentOf(timeline, focus.row);
    return tableRows(timeline, groups, open, (lane) => timeline.describeLane(lane, moment, axis));
  }, [run, groups, open, focus.row, axis]);

  // The event of the focus is opened and becomes the active row.
  useEffect(() => {
    if (focus.row < 0 || rows.at(active)?.row === focus.row) return;
    const lane = `g${run.timeline.goroutineOf(focus.row)}`;
    if (!open.has(lane)) setOpen(new Set([...open, lane]));
    const at = rows.indexOf(focus.row);
    if (at >= 0) setActive(at);
  }, [focus.row, rows]);

  const measure = (): void => {
    const element = scroller.current;
    if (!element) return;
    setSeen({ scrollTop: element.scrollTop, clientHeight: element.clientHeight - HEAD });
  };
  useLayoutEffect(measure, [rows]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, clientHeight } = element;
    const top = scrollTo(active, rows.count, ROW, { scrollTop, clientHeight: clientHeight - HEAD });
    if (top !== undefined) element.scrollTop = top;
    measure();
    if (element.contains(document.activeElement)) activeRow(element)?.focus({ preventScroll: true });
  }, [active, rows]);

  // Who opens the table wants to be in it; a panel that has not the focus does not take it.
  useEffect(() => {
    if (document.hasFocus()) activeRow(scroller.current)?.focus({ preventScroll: true });
  }, []);

  const toggle = (row: TableRow, opened: boolean): void => {
    const lane = run.timeline.lane(row.id);
    if (lane?.kind === 'fold') return navigator.unfold(lane);
    const next = new Set(open);
    if (opened) next.add(row.id);
    else next.delete(row.id);
    setOpen(next);
  };
  const keyDown = (event: KeyboardEvent): void => {
    const row = rows.at(active);
    if (!row) return;
    const move: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: rows.count - 1,
      PageDown: active + 15,
      PageUp: active - 15,
    };
    const target = move[event.key];
    if (target !== undefined) setActive(Math.min(Math.max(target, 0), rows.count - 1));
    else if (event.key === 'ArrowRight' && row.expandable) toggle(row, true);
    else if (event.key === 'ArrowLeft' && row.expandable && row.expanded) toggle(row, false);
    else if (event.key === 'ArrowLeft') setActive(Math.max(0, rows.indexOfId(row.parent)));
    else if (event.key === 'Enter' && row.row >= 0) navigator.focusRow(row.row);
    else if (event.key === 'Enter' && row.expandable) toggle(row, !row.expanded);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const { columns, meta } = run.timeline.trace;
  const cells: Readonly<Record<Cell, (at: number) => string>> = {
    Step: (at) => (columns.step[at]! < 0 ? '–' : String(columns.step[at]!)),
    'Virtual time': (at) => duration(columns.time[at]!),
    Line: (at) => {
      const place = meta.places[columns.place[at]!];
      return place ? placeMark(meta.files, place) : '';
    },
  };
  const font = useApp(({ room }) => room.font);
  const width = useApp(regionsOf).canvas;
  const widest = useMemo(() => widestOf(rows, font), [rows, font]);
  const columnsShown = cellsFor(width - widest);
  const template = ['minmax(max-content, 1fr)', ...columnsShown.map((name) => `${CELLS[name]}px`)].join(' ');
  const { first, end, top, height } = rowWindow(rows.count, ROW, seen);
  return (
    <section class="timeline table-view" aria-label="Table">
      <div class="table-scroll" ref={scroller} onScroll={measure} onKeyDown={keyDown}>
        <div
          class="tree"
          role="treegrid"
          data-vscode-context={MENU}
          aria-label="Lanes and their events"
          aria-rowcount={rows.count + 1}
          aria-colcount={columnsShown.length + 1}
          style={{ '--columns': template, '--widest': `${Math.ceil(widest)}px` }}
        >
          <div class="tree-row head" role="row" aria-rowindex={1}>
            {['What', ...columnsShown].map((name) => (
              <span role="columnheader" key={name}>
                {name}
              </span>
            ))}
          </div>
          <div class="tree-body" role="rowgroup" style={{ height: `${height}px` }}>
            {Array.from({ length: end - first }, (_, i) => {
              const index = first + i;
              const row: TableRow = rows.at(index)!;
              const event = row.row >= 0;
              const place = (): void => {
                setActive(index);
                if (event) navigator.focusRow(row.row);
                else toggle(row, !row.expanded);
              };
              return (
                <div
                  key={row.id}
                  class="tree-row"
                  role="row"
                  aria-rowindex={index + 2}
                  aria-level={row.level}
                  aria-posinset={row.position}
                  aria-setsize={row.siblings}
                  aria-expanded={row.expandable ? row.expanded : undefined}
                  aria-selected={event && row.row === focus.row}
                  tabIndex={index === active ? 0 : -1}
                  style={{ top: `${top + i * ROW}px`, '--level': row.level }}
                  onFocus={() => setActive(index)}
                  onClick={place}
                  onContextMenu={() => {
                    setActive(index);
                    if (event) navigator.focusRow(row.row);
                  }}
                >
                  <span role="gridcell" class="what">
                    {row.expandable ? (
                      <Codicon name={row.expanded ? 'chevron-down' : 'chevron-right'} />
                    ) : (
                      <span class="gap" />
                    )}
                    {row.title && <b>{row.title}</b>}
                    <span>{row.text}</span>
                  </span>
                  {columnsShown.map((name) => (
                    <span role="gridcell" key={name}>
                      {event ? cells[name](row.row) : ''}
                    </span>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <button type="button" class="button small leave-table" onClick={() => store.set({ table: false })}>
        Back to the timeline
      </button>
    </section>
  );
}

/** The row that takes the focus. */
const activeRow = (table: HTMLElement | null): HTMLElement | null =>
  table?.querySelector<HTMLElement>('[tabindex="0"][role="row"]') ?? null;
