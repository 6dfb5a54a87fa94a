/** This file shows the same data as a tree grid: lanes, and under each its events. Made for screen readers and keyboards; only rows in sight are elements. */
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { placeMark } from '../../trace/placeWords';
import { groupsOf } from '../derive';
import { indexOfRow, tableRows, type TableRow } from '../tableRows';
import { duration } from '../words';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';

/** Px of a row; rows drawn beyond the edges. */
const ROW = 22;
const OVERSCAN = 12;

export function TableView(): VNode {
  const { navigator, store } = usePanel();
  const groups = useApp(groupsOf);
  const run = useApp((state) => state.run)!;
  const focus = useApp((state) => state.focus);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const [range, setRange] = useState({ first: 0, last: 40 });
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => tableRows(run.timeline, groups, open), [run, groups, open]);

  // The event of the focus is opened and becomes the active row.
  useEffect(() => {
    if (focus.row < 0) return;
    const lane = `g${run.timeline.goroutineOf(focus.row)}`;
    if (!open.has(lane)) setOpen(new Set([...open, lane]));
    const at = indexOfRow(rows, focus.row);
    if (at >= 0) setActive(at);
  }, [focus.row, rows]);

  const measure = (): void => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.max(0, Math.floor(element.scrollTop / ROW) - OVERSCAN);
    setRange({ first, last: Math.ceil((element.scrollTop + element.clientHeight) / ROW) + OVERSCAN });
  };
  useLayoutEffect(measure, [rows]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const y = active * ROW;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + 2 * ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = y + 2 * ROW - element.clientHeight;
    measure();
    if (element.contains(document.activeElement))
      element.querySelector<HTMLElement>('[tabindex="0"][role="row"]')?.focus({ preventScroll: true });
  }, [active, rows]);

  const toggle = (row: TableRow, opened: boolean): void => {
    const next = new Set(open);
    if (opened) next.add(row.id);
    else next.delete(row.id);
    setOpen(next);
  };
  const keyDown = (event: KeyboardEvent): void => {
    const row = rows[active];
    if (!row) return;
    const move: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: active + 15,
      PageUp: active - 15,
    };
    const target = move[event.key];
    if (target !== undefined) setActive(Math.min(Math.max(target, 0), rows.length - 1));
    else if (event.key === 'ArrowRight' && row.expandable) toggle(row, true);
    else if (event.key === 'ArrowLeft' && row.expandable && row.expanded) toggle(row, false);
    else if (event.key === 'ArrowLeft')
      setActive(
        Math.max(
          0,
          rows.findIndex(({ id }) => id === row.parent),
        ),
      );
    else if (event.key === 'Enter' && row.row >= 0) navigator.focusRow(row.row);
    else if (event.key === 'Enter' && row.expandable) toggle(row, !row.expanded);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const { columns, meta } = run.timeline.trace;
  return (
    <section class="timeline table-view" aria-label="Table">
      <div class="table-scroll" ref={scroller} onScroll={measure} onKeyDown={keyDown}>
        <div
          class="tree"
          role="treegrid"
          aria-label="Lanes and their events"
          aria-rowcount={rows.length + 1}
          aria-colcount={4}
        >
          <div class="tree-row head" role="row" aria-rowindex={1}>
            {['What', 'Step', 'Virtual time', 'Line'].map((name) => (
              <span role="columnheader" key={name}>
                {name}
              </span>
            ))}
          </div>
          <div class="tree-body" role="rowgroup" style={{ height: `${rows.length * ROW}px` }}>
            {rows.slice(range.first, range.last).map((row, i) => {
              const index = range.first + i;
              const event = row.row >= 0;
              const at = event ? meta.places[columns.place[row.row]!] : undefined;
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
                  style={{ top: `${index * ROW}px`, '--level': row.level }}
                  onFocus={() => setActive(index)}
                  onClick={place}
                >
                  <span role="gridcell" class="what">
                    {row.expandable ? (
                      <Codicon name={row.expanded ? 'chevron-down' : 'chevron-right'} />
                    ) : (
                      <span class="gap" />
                    )}
                    {row.title && <b>{row.title}</b>}
                    <span class="clip">{row.text}</span>
                  </span>
                  <span role="gridcell">{event ? columns.step[row.row] : ''}</span>
                  <span role="gridcell">{event ? duration(columns.time[row.row]!) : ''}</span>
                  <span role="gridcell">{at ? placeMark(meta.files, at) : ''}</span>
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
