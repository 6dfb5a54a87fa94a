/** This file shows a list of any length in a box of its own: only entries in sight are elements. All are one line high. */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowWindow, scrollTo, type Scrolled } from '../rowWindow';

/** Entries in sight before the box scrolls. */
const MOST_IN_SIGHT = 10;

interface LongListProps {
  readonly count: number;
  /** Px of an entry. */
  readonly row: number;
  /** The entry that is to be in sight. */
  readonly current: number;
  readonly label: string;
  readonly entry: (index: number) => VNode;
}

export function LongList({ count, row, current, label, entry }: LongListProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Scrolled>({ scrollTop: 0, clientHeight: MOST_IN_SIGHT * row });
  const measure = (): void => {
    const { scrollTop, clientHeight } = box.current!;
    setSeen({ scrollTop, clientHeight });
  };
  useLayoutEffect(() => {
    const element = box.current!;
    const top = scrollTo(current, count, row, element);
    if (top !== undefined) element.scrollTop = top;
    measure();
  }, [current, count, row]);
  const { first, end, top, height } = rowWindow(count, row, seen);
  return (
    <div class="long-list" ref={box} onScroll={measure} style={{ maxHeight: `${MOST_IN_SIGHT * row}px` }}>
      <ol aria-label={label} style={{ height: `${height}px` }}>
        {Array.from({ length: end - first }, (_, i) => (
          <li
            key={first + i}
            aria-posinset={first + i + 1}
            aria-setsize={count}
            style={{ top: `${top + i * row}px`, height: `${row}px` }}
          >
            {entry(first + i)}
          </li>
        ))}
      </ol>
    </div>
  );
}
