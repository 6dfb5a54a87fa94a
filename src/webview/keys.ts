/** This file lists the panel's key commands: id, title, default keys, effect. The host offers the same ids as commands and key bindings. */
import type { WebviewToHost } from '../protocol/messages';
import type { Navigator } from './navigate';
import { aloneOrNot } from './state';
import type { Store } from './store';

/** What a key command may act on. */
export interface KeyContext {
  readonly store: Store;
  readonly navigator: Navigator;
  readonly post: (message: WebviewToHost) => void;
}

export interface KeyCommand {
  /** Without the prefix `interlane.panel.`. */
  readonly id: string;
  readonly title: string;
  readonly section: 'Move in time' | 'Zoom' | 'Findings' | 'View';
  /** As {@link keyOf} writes them: `Shift+H`, `ArrowLeft`, `?`. */
  readonly keys: readonly string[];
  readonly run: (context: KeyContext) => void;
}

/** Zoom and pan of one key press. */
const ZOOM = 1.5;
const PAN = 0.25;

const RACES = ['data-race'];
const STUCK = ['deadlock', 'partial-deadlock', 'leak'];

export const KEY_COMMANDS: readonly KeyCommand[] = [
  {
    id: 'nextEvent',
    title: 'Next event on the lane',
    section: 'Move in time',
    keys: ['ArrowRight'],
    run: ({ navigator }) => navigator.alongLane(1),
  },
  {
    id: 'previousEvent',
    title: 'Previous event on the lane',
    section: 'Move in time',
    keys: ['ArrowLeft'],
    run: ({ navigator }) => navigator.alongLane(-1),
  },
  {
    id: 'laneUp',
    title: 'Lane above',
    section: 'Move in time',
    keys: ['ArrowUp'],
    run: ({ navigator }) => navigator.acrossLanes(-1),
  },
  {
    id: 'laneDown',
    title: 'Lane below',
    section: 'Move in time',
    keys: ['ArrowDown'],
    run: ({ navigator }) => navigator.acrossLanes(1),
  },
  {
    id: 'nextStep',
    title: 'Next step of the program',
    section: 'Move in time',
    keys: ['.'],
    run: ({ navigator }) => navigator.step(1),
  },
  {
    id: 'previousStep',
    title: 'Previous step of the program',
    section: 'Move in time',
    keys: [','],
    run: ({ navigator }) => navigator.step(-1),
  },
  {
    id: 'firstStep',
    title: 'First step',
    section: 'Move in time',
    keys: ['Home'],
    run: ({ navigator }) => navigator.first(),
  },
  {
    id: 'lastStep',
    title: 'Last step',
    section: 'Move in time',
    keys: ['End'],
    run: ({ navigator }) => navigator.last(),
  },
  {
    id: 'reveal',
    title: 'Show the line in the editor',
    section: 'Move in time',
    keys: ['Enter'],
    run: ({ navigator }) => navigator.reveal(),
  },

  {
    id: 'zoomIn',
    title: 'Zoom in',
    section: 'Zoom',
    keys: ['w', '+', '='],
    run: ({ navigator }) => navigator.zoom(ZOOM),
  },
  {
    id: 'zoomOut',
    title: 'Zoom out',
    section: 'Zoom',
    keys: ['s', '-'],
    run: ({ navigator }) => navigator.zoom(1 / ZOOM),
  },
  {
    id: 'panLeft',
    title: 'Pan to earlier',
    section: 'Zoom',
    keys: ['a'],
    run: ({ navigator }) => navigator.panBy(-PAN),
  },
  { id: 'panRight', title: 'Pan to later', section: 'Zoom', keys: ['d'], run: ({ navigator }) => navigator.panBy(PAN) },
  {
    id: 'centre',
    title: 'Centre the selection',
    section: 'Zoom',
    keys: ['f'],
    run: ({ navigator }) => navigator.centre(),
  },
  {
    id: 'fitSelection',
    title: 'Fit the selection',
    section: 'Zoom',
    keys: ['f f'],
    run: ({ navigator }) => navigator.fitSelection(),
  },
  { id: 'fitAll', title: 'Fit everything', section: 'Zoom', keys: ['0'], run: ({ navigator }) => navigator.fitAll() },
  {
    id: 'undoNavigation',
    title: 'Back to the last window',
    section: 'Zoom',
    keys: ['z'],
    run: ({ navigator }) => navigator.undo(),
  },
  {
    id: 'redoNavigation',
    title: 'Forward again',
    section: 'Zoom',
    keys: ['Shift+Z'],
    run: ({ navigator }) => navigator.redo(),
  },

  {
    id: 'nextRace',
    title: 'Next data race',
    section: 'Findings',
    keys: ['r'],
    run: ({ navigator }) => navigator.nextFinding(RACES, 1),
  },
  {
    id: 'previousRace',
    title: 'Previous data race',
    section: 'Findings',
    keys: ['Shift+R'],
    run: ({ navigator }) => navigator.nextFinding(RACES, -1),
  },
  {
    id: 'nextDeadlock',
    title: 'Next deadlock or leak',
    section: 'Findings',
    keys: ['k'],
    run: ({ navigator }) => navigator.nextFinding(STUCK, 1),
  },
  {
    id: 'otherAccess',
    title: 'Other access of the race',
    section: 'Findings',
    keys: ['j'],
    run: ({ navigator }) => navigator.otherAccess(),
  },
  {
    id: 'cause',
    title: 'Go to the cause',
    section: 'Findings',
    keys: ['c'],
    run: ({ navigator }) => navigator.follow('cause'),
  },
  {
    id: 'effect',
    title: 'Go to the effect',
    section: 'Findings',
    keys: ['e'],
    run: ({ navigator }) => navigator.follow('effect'),
  },
  {
    id: 'allArrows',
    title: 'All arrows of the window',
    section: 'Findings',
    keys: ['h'],
    run: ({ store: { state }, store }) =>
      store.set({
        allArrows: !state.allArrows,
        announcement: state.allArrows ? 'Arrows of the selection' : 'All arrows of the window',
      }),
  },

  {
    id: 'goroutines',
    title: 'Goroutines',
    section: 'View',
    keys: ['1'],
    run: ({ navigator }) => navigator.setPreset('goroutines'),
  },
  { id: 'cores', title: 'Cores', section: 'View', keys: ['2'], run: ({ navigator }) => navigator.setPreset('cores') },
  {
    id: 'axis',
    title: 'Steps or virtual time',
    section: 'View',
    keys: ['x'],
    run: ({ store, navigator }) => navigator.setAxis(store.state.axis === 'step' ? 'time' : 'step'),
  },
  {
    id: 'table',
    title: 'Table of the same data',
    section: 'View',
    keys: ['t'],
    run: ({ store }) => store.set({ table: !store.state.table }),
  },
  {
    id: 'output',
    title: 'Output of the program',
    section: 'View',
    keys: ['Shift+O'],
    run: ({ navigator }) => navigator.showOutput(),
  },
  {
    id: 'alone',
    title: 'Focus mode: the timeline alone',
    section: 'View',
    keys: ['Shift+F'],
    run: ({ store }) => store.set(aloneOrNot(store.state)),
  },
  {
    id: 'help',
    title: 'These keys',
    section: 'View',
    keys: ['?'],
    run: ({ store }) => store.set({ help: !store.state.help }),
  },
  { id: 'escape', title: 'Clear, then back to the editor', section: 'View', keys: ['Escape'], run: escape },
];

/** Closes what is open, then clears the selection, then leaves. */
function escape({ store, navigator, post }: KeyContext): void {
  const { help, alone, focus, finding } = store.state;
  if (help) store.set({ help: false });
  else if (alone) store.set(aloneOrNot(store.state));
  else if (focus.row >= 0 || finding >= 0) navigator.clearFocus();
  else post({ type: 'focusEditor' });
}

/** The parts of a keyboard event that name a key. */
export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** `Shift+H`, `h`, `ArrowLeft`, `?`; undefined for a chord that belongs to the editor. */
export function keyOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): string | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const isLetter = /^[a-z]$/i.test(key);
  if (isLetter) return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
  return key.length > 1 && shiftKey ? `Shift+${key}` : key;
}

/** Ms between the two presses of a double key. */
const DOUBLE = 400;

/** Finds the command of each key press; knows double keys (`f f`). */
export class KeyTable {
  private last = { key: '', at: -Infinity };

  /** @param now ms */
  find(pressed: Pressed, now: number): KeyCommand | undefined {
    const key = keyOf(pressed);
    if (key === undefined) return undefined;
    const twice = this.last.key === key && now - this.last.at < DOUBLE ? `${key} ${key}` : undefined;
    const double = twice ? KEY_COMMANDS.find(({ keys }) => keys.includes(twice)) : undefined;
    this.last = double ? { key: '', at: -Infinity } : { key, at: now };
    return double ?? KEY_COMMANDS.find(({ keys }) => keys.includes(key));
  }
}

/** The command of an id as the host sends it, with or without prefix. */
export function commandOf(id: string): KeyCommand | undefined {
  const short = id.slice(id.lastIndexOf('.') + 1);
  return KEY_COMMANDS.find((command) => command.id === short);
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** A key as people read it: `←`, `Shift+H`, `F F`. */
export function keyName(key: string): string {
  return NAMES[key] ?? (/^[a-z]( [a-z])?$/.test(key) ? key.toUpperCase() : key);
}
