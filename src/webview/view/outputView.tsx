/** This file shows all that the program printed: lines, each a way to the step that printed it, and what is searched for in them. */
import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { visible } from '../../base/visible';
import { count } from '../../picture/words';
import { markedPieces, MOST_FOUND, nextPlace, outputOf, placesOf, type Output } from '../output';
import { rowWindow, scrollTo, type Scrolled } from '../rowWindow';
import { plural } from '../words';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';

/** Px of a line, in type of 13 px. */
const LINE = 20;
/** Lines of a press of Page Up or Page Down. */
const PAGE = 15;

export function OutputView(): VNode | null {
  const run = useApp((state) => state.run);
  if (!run) return null;
  const output = outputOf(run);
  return (
    <div class="output-view" tabIndex={-1}>
      {output.lines.count > 0 ? (
        <Searchable output={output} />
      ) : (
        <p class="nothing dim">The program printed nothing.</p>
      )}
      <Stopped />
    </div>
  );
}

/** Said where the budget has ended the output. */
function Stopped(): VNode | null {
  const { navigator } = usePanel();
  const index = useApp(({ run }) => run?.findings.findIndex(({ code }) => code === 'budget.outputBytes') ?? -1);
  const message = useApp(({ run }) => run?.findings[index]?.message);
  if (!message) return null;
  return (
    <p class="stopped">
      <Codicon name="warning" />
      <span>
        {message}{' '}
        <button type="button" class="plain link" onClick={() => navigator.openFinding(index)}>
          What to do
        </button>
      </span>
    </p>
  );
}

/** What is searched for. */
interface Search {
  readonly word: string;
  readonly places: Int32Array;
  /** Index of the place that one is at; -1. */
  readonly at: number;
}
const NO_SEARCH: Search = { word: '', places: new Int32Array(0), at: -1 };

function Searchable({ output }: { output: Output }): VNode {
  const { store } = usePanel();
  const [active, setActive] = useState(0);
  const [search, setSearch] = useState(NO_SEARCH);
  const field = useRef<HTMLInputElement>(null);
  const { lines, text } = output;
  const line = Math.min(active, lines.count - 1);
  const current = useApp(({ focus }) => focus.row);

  // The line of the step comes into sight, wherever the step was chosen.
  useEffect(() => {
    const of = output.lineOf(current);
    if (of >= 0) setActive(of);
  }, [output, current]);
  const places = useMemo(() => placesOf(search.word, text), [search.word, text]);

  const goTo = (at: number, word = search.word, of = places): void => {
    const found = of[at];
    setSearch({ word, places: of, at });
    if (found !== undefined) setActive(output.lineAt(found));
    store.set({ announcement: word === '' ? '' : `${foundWords(of, at)}${found === undefined ? '' : `: ${output.lineText(output.lineAt(found))}`}` });
  }; // prettier-ignore
  const searchFor = (word: string): void => {
    const of = placesOf(word, text);
    goTo(nextPlace(of, lines.starts[line]! - 1, 1), word, of);
  };
  const move = (direction: 1 | -1): void => {
    const from = places[search.at] ?? lines.starts[line]! - (direction === 1 ? 1 : 0);
    goTo(nextPlace(places, from, direction));
  };
  const shown = { ...search, places };
  return (
    <>
      <SearchBar output={output} search={shown} field={field} searchFor={searchFor} move={move} />
      <Lines output={output} search={shown} active={line} setActive={setActive} current={current} field={field} move={move} />
    </>
  ); // prettier-ignore
}

const foundWords = (places: Int32Array, at: number): string =>
  places.length === 0
    ? 'Not found'
    : `${at < 0 ? '' : `${count(at + 1)} of `}${count(places.length)}${places.length === MOST_FOUND ? '+' : ''}`;

interface SearchBarProps {
  readonly output: Output;
  readonly search: Search;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly searchFor: (word: string) => void;
  readonly move: (direction: 1 | -1) => void;
}

function SearchBar({ output, search, field, searchFor, move }: SearchBarProps): VNode {
  const { post } = usePanel();
  const { word, places, at } = search;
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === 'F3') move(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      if (word === '') return;
      searchFor('');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="output-bar" role="search">
      <input
        ref={field}
        type="text"
        placeholder="Search"
        title="Search the output (/)"
        aria-label="Search the output"
        value={word}
        spellcheck={false}
        onInput={({ currentTarget }) => searchFor(currentTarget.value)}
        onKeyDown={keyDown}
      />
      <span class="t11 dim found">{word === '' ? plural(output.lines.count, 'line') : foundWords(places, at)}</span>
      {(
        [
          [-1, 'Previous match', 'Shift+F3', 'arrow-up'],
          [1, 'Next match', 'F3', 'arrow-down'],
        ] as const
      ).map(([direction, name, key, icon]) => (
        <button
          key={name}
          type="button"
          class="icon-button"
          title={`${name} (${key})`}
          aria-label={name}
          disabled={places.length === 0}
          onClick={() => move(direction)}
        >
          <Codicon name={icon} />
        </button>
      ))}
      <button
        type="button"
        class="icon-button"
        title="Copy all of the output"
        aria-label="Copy all of the output"
        onClick={() => post({ type: 'copy', text: visible(output.text) })}
      >
        <Codicon name="copy" />
      </button>
    </div>
  );
}

interface LinesProps {
  readonly output: Output;
  readonly search: Search;
  readonly active: number;
  readonly setActive: (line: number) => void;
  /** Row of the trace that is selected; -1. */
  readonly current: number;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly move: (direction: 1 | -1) => void;
}

/** The lines; only those in sight are elements. */
function Lines({ output, search, active, setActive, current, field, move }: LinesProps): VNode {
  const { store, navigator } = usePanel();
  const font = useApp(({ room }) => room.font);
  const run = useApp((state) => state.run)!;
  const list = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Scrolled>({ scrollTop: 0, clientHeight: 400 });
  const row = Math.round(LINE * Math.max(1, font / 13));
  const { count: total } = output.lines;
  const measure = (): void => {
    const { scrollTop, clientHeight } = list.current!;
    setSeen({ scrollTop, clientHeight });
  };
  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(list.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = list.current!;
    const top = scrollTo(active, total, row, element);
    if (top !== undefined) element.scrollTop = top;
    measure();
  }, [active, total, row]);

  const open = (line: number): void => {
    const at = output.rowOf(line);
    setActive(line);
    if (at >= 0) navigator.focusRow(at);
    else store.set({ announcement: 'The timeline has no room for the step that printed this line' });
  };
  const keyDown = (event: KeyboardEvent): void => {
    const target = LINE_MOVES[event.key]?.(active, total);
    if (target !== undefined) setActive(Math.min(Math.max(target, 0), total - 1));
    else if (event.key === 'Enter') open(active);
    else if (event.key === 'F3') move(event.shiftKey ? -1 : 1);
    else if (event.key === '/') field.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { first, end, top, height } = rowWindow(total, row, seen);
  const digits = String(Math.max(0, run.timeline.steps - 1)).length;
  return (
    <div
      class={output.hasErrors ? 'output-lines with-errors' : 'output-lines'}
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label="Output"
      aria-activedescendant={lineElement(active)}
      style={{ '--row': `${row}px`, '--digits': String(Math.max(digits, 2)) }}
      onScroll={measure}
      onKeyDown={keyDown}
      onClick={({ target }) => {
        const of = (target as Element).closest<HTMLElement>('[data-line]');
        // Who selects text wants to stay.
        if (of && getSelection()?.isCollapsed !== false) open(Number(of.dataset.line));
      }}
    >
      <div class="output-room" role="presentation" style={{ height: `${height}px` }}>
        {Array.from({ length: end - first }, (_, i) => (
          <Line
            key={first + i}
            output={output}
            line={first + i}
            total={total}
            top={top + i * row}
            isActive={first + i === active}
            isCurrent={output.isOf(first + i, current)}
            search={search}
          />
        ))}
      </div>
    </div>
  );
}

const LINE_MOVES: Readonly<Record<string, (active: number, total: number) => number>> = {
  ArrowDown: (active) => active + 1,
  ArrowUp: (active) => active - 1,
  PageDown: (active) => active + PAGE,
  PageUp: (active) => active - PAGE,
  Home: () => 0,
  End: (_, total) => total - 1,
};

const lineElement = (line: number): string => `output-${line}`;

interface LineProps {
  readonly output: Output;
  readonly line: number;
  readonly total: number;
  readonly top: number;
  readonly isActive: boolean;
  /** The selected step printed it. */
  readonly isCurrent: boolean;
  readonly search: Search;
}

function Line({ output, line, total, top, isActive, isCurrent, search }: LineProps): VNode {
  const run = useApp((state) => state.run)!;
  const at = output.rowOf(line);
  const isError = output.isError(line);
  const { word, places } = search;
  const start = output.lines.starts[line]!;
  const pieces = markedPieces(output.lineText(line), start, word === '' ? NO_SEARCH.places : places, word.length);
  return (
    <div
      class={['output-line', isActive && 'active', isCurrent && 'current', isError && 'stderr'].filter(Boolean).join(' ')}
      id={lineElement(line)}
      data-line={line}
      role="option"
      aria-selected={isActive}
      aria-current={isCurrent ? 'step' : undefined}
      aria-posinset={line + 1}
      aria-setsize={total}
      style={{ top: `${top}px` }}
      title={at >= 0 ? run.timeline.describeRow(at).slice(0, 200) : 'The timeline has no room for its step'}
    >
      <span class="step">{output.goesOn(line) ? '…' : at >= 0 ? run.timeline.trace.columns.step[at] : '–'}</span>
      {output.hasErrors && <span class="stream">{isError && 'err'}</span>}
      <span class="said">
        {pieces.map(({ text, place }, i) =>
          place < 0 ? text : <mark key={i} class={place === search.at ? 'here' : ''}>{text}</mark>,
        )}
      </span>
    </div>
  ); // prettier-ignore
}
