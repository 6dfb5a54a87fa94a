/** This file shows the toolbar: what one can do with the run, where one is, which view. */
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { aloneOrNot, type AppState } from '../state';
import { useApp, usePanel } from './context';
import { Codicon, Play, Sign } from './icons';
import { useFolding } from './useFolding';

const VIEWS: readonly (readonly [AppState['preset'], string, string])[] = [
  ['goroutines', 'Goroutines', 'What does my code do, and why does it wait? (1)'],
  ['cores', 'Cores', 'How do goroutines get onto threads and cores? (2)'],
];
const AXES: readonly (readonly [AppState['axis'], string, string])[] = [
  ['step', 'Steps', 'One column a step of the program (X)'],
  ['time', 'Time', 'Virtual time of the simulated machine (X)'],
];

/** What the toolbar gives up, first to last. 'stop': a place of its own; it takes that of Replay while something runs, or else that of Run. */
const FOLDS = ['labels', 'tabs', 'secondary', 'stop', 'seed', 'air', 'total', 'run', 'replay', 'steps'] as const;
type Fold = (typeof FOLDS)[number];

export function Toolbar(): VNode {
  const line = useRef<HTMLDivElement>(null);
  const steps = useApp(({ run }) => run?.timeline.steps ?? 0);
  const preset = useApp((state) => state.preset);
  const chosen = useApp(chosenSeed) ?? '';
  const level = useFolding(line, FOLDS.length, `${steps} ${preset} ${chosen}`);
  const folded = (fold: Fold): boolean => FOLDS.indexOf(fold) < level;
  return (
    <div class={folded('air') ? 'toolbar dense' : 'toolbar'} ref={line} role="toolbar" aria-label="Interlane">
      <RunButtons folded={folded} />
      <Steps short={folded('total')} bare={folded('steps')} />
      {folded('tabs') ? <ViewMenu /> : <ViewTabs />}
      <span class="space" />
      {folded('secondary') ? <More replay={folded('replay')} /> : <AxisSwitch />}
      {!folded('secondary') && <Toggles />}
    </div>
  );
}

function RunButtons({ folded }: { folded: (fold: Fold) => boolean }): VNode {
  const { post } = usePanel();
  const busy = useApp(({ activity }) => activity.work !== undefined);
  const one = folded('stop');
  return (
    <>
      {!(folded('replay') && busy) && (
        <button
          type="button"
          class="button primary"
          aria-label="Run"
          onClick={() => post({ type: 'command', command: 'run' })}
        >
          <Play />
          {!folded('run') && 'Run'}
        </button>
      )}
      {!folded('replay') && (!one || !busy) && <Replay small={folded('labels')} />}
      {(!one || busy) && <Stop disabled={!busy} />}
      {!folded('seed') && <ChosenSeed />}
      <span class="rule" aria-hidden="true" />
    </>
  );
}

/** The seed that a person has chosen for this file, if it is not that of the settings. */
const chosenSeed = ({ seed, usualSeed }: AppState): number | undefined => (seed === usualSeed ? undefined : seed);

/** Says that the seed is another than the usual one, and leads back to that. */
function ChosenSeed(): VNode | null {
  const { post } = usePanel();
  const seed = useApp(chosenSeed);
  const usual = useApp(({ usualSeed }) => usualSeed);
  if (seed === undefined) return null;
  return (
    <button
      type="button"
      class="button small"
      title={`This file runs with seed ${seed}; back to the default seed ${usual}`}
      aria-label={`Seed ${seed}: back to the default seed ${usual}`}
      onClick={() => post({ type: 'command', command: 'usualSeed' })}
    >
      Seed {seed}
      <Codicon name="close" />
    </button>
  );
}

function Replay({ small }: { small: boolean }): VNode {
  const { post } = usePanel();
  const hasRun = useApp(({ run }) => run !== undefined);
  return (
    <button
      type="button"
      class={small ? 'icon-button' : 'button'}
      title="Run this schedule again"
      aria-label="Replay"
      disabled={!hasRun}
      onClick={() => post({ type: 'command', command: 'replay' })}
    >
      <Codicon name="debug-restart" />
      {!small && 'Replay'}
    </button>
  );
}

function Stop({ disabled }: { disabled: boolean }): VNode {
  const { post } = usePanel();
  return (
    <button
      type="button"
      class="icon-button"
      title="Stop, and show what has been found so far"
      aria-label="Stop"
      disabled={disabled}
      onClick={() => post({ type: 'command', command: 'stop' })}
    >
      <Codicon name="debug-stop" />
    </button>
  );
}

/** `◀ 32 / 77 ▶`; `32` where there is room for nothing else. */
function Steps({ short, bare }: { short: boolean; bare: boolean }): VNode {
  const { navigator } = usePanel();
  const step = useApp(({ focus }) => focus.step);
  const steps = useApp(({ run }) => run?.timeline.steps ?? 0);
  const now = step < 0 ? '–' : String(step);
  const total = steps === 0 ? '–' : String(steps - 1);
  // Room for the last step, so that nothing moves on the way there.
  const room = { minWidth: `${total.length * (short ? 1 : 2) + (short ? 0 : 3)}ch` };
  const button = (name: 'Previous step' | 'Next step', key: string, direction: 1 | -1): VNode => (
    <button
      type="button"
      class="icon-button"
      title={`${name} (${key})`}
      aria-label={name}
      disabled={steps === 0}
      onClick={() => navigator.step(direction)}
    >
      <Sign name={direction > 0 ? 'next' : 'previous'} />
    </button>
  );
  return (
    <div class="steps" role="group" aria-label="Steps of the program">
      {!bare && button('Previous step', ',', -1)}
      <output class="mono" style={room} title={`Step ${now} of ${total}`}>
        {short ? now : `${now} / ${total}`}
      </output>
      {!bare && button('Next step', '.', 1)}
      <span class="rule" aria-hidden="true" />
    </div>
  );
}

function ViewTabs(): VNode {
  const { navigator } = usePanel();
  const preset = useApp((state) => state.preset);
  return (
    <div class="views" role="tablist" aria-label="View">
      {VIEWS.map(([id, name, hint]) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`view-${id}`}
          aria-selected={preset === id}
          title={hint}
          onClick={() => navigator.setPreset(id)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function ViewMenu(): VNode {
  const { navigator } = usePanel();
  const preset = useApp((state) => state.preset);
  return (
    <span class="select">
      <select
        aria-label="View"
        value={preset}
        onChange={({ currentTarget }) => navigator.setPreset(currentTarget.value as AppState['preset'])}
      >
        {VIEWS.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Codicon name="chevron-down" />
    </span>
  );
}

function AxisSwitch(): VNode {
  const { navigator } = usePanel();
  const axis = useApp((state) => state.axis);
  return (
    <div class="switch" role="radiogroup" aria-label="Axis">
      {AXES.map(([id, name, hint]) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={axis === id}
          title={hint}
          onClick={() => navigator.setAxis(id)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function Toggles(): VNode {
  const { store } = usePanel();
  const table = useApp((state) => state.table);
  const hasRun = useApp(({ run }) => run !== undefined);
  return (
    <>
      <button
        type="button"
        class="icon-button"
        title="Table of the same data (T)"
        aria-label="Table view"
        aria-pressed={table}
        onClick={() => store.set({ table: !table })}
      >
        <Codicon name="list-tree" />
      </button>
      <button
        type="button"
        class="icon-button"
        title="Focus mode: the timeline alone (Shift+F)"
        aria-label="Timeline alone"
        disabled={!hasRun}
        onClick={() => store.set(aloneOrNot(store.state))}
      >
        <Codicon name="screen-full" />
      </button>
      <button
        type="button"
        class="icon-button"
        title="All keys (?)"
        aria-label="All keys"
        onClick={() => store.set({ help: true })}
      >
        <Codicon name="question" />
      </button>
    </>
  );
}

/** What the narrow toolbar has no room for. */
function More({ replay }: { replay: boolean }): VNode {
  const { store, navigator, post } = usePanel();
  const chosen = useApp(chosenSeed);
  const [open, setOpen] = useState(false);
  const axis = useApp((state) => state.axis);
  const table = useApp((state) => state.table);
  const act = (action: () => void) => () => {
    setOpen(false);
    action();
  };
  return (
    <div
      class="more"
      onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOpen(false)}
    >
      <button
        type="button"
        class="icon-button"
        aria-label="More"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Codicon name="ellipsis" />
      </button>
      {open && (
        <div class="menu" role="menu">
          {chosen !== undefined && (
            <button type="button" role="menuitem" onClick={act(() => post({ type: 'command', command: 'usualSeed' }))}>
              <Codicon name="blank" />
              Default seed instead of {chosen}
            </button>
          )}
          {replay && (
            <button type="button" role="menuitem" onClick={act(() => post({ type: 'command', command: 'replay' }))}>
              <Codicon name="debug-restart" />
              Replay
            </button>
          )}
          {AXES.map(([id, name]) => (
            <button
              key={id}
              type="button"
              role="menuitemradio"
              aria-checked={axis === id}
              onClick={act(() => navigator.setAxis(id))}
            >
              <Codicon name={axis === id ? 'check' : 'blank'} />
              {name}
            </button>
          ))}
          <button
            type="button"
            role="menuitemcheckbox"
            aria-checked={table}
            onClick={act(() => store.set({ table: !table }))}
          >
            <Codicon name={table ? 'check' : 'blank'} />
            Table
          </button>
          <button type="button" role="menuitem" onClick={act(() => store.set(aloneOrNot(store.state)))}>
            <Codicon name="blank" />
            Timeline alone
          </button>
          <button type="button" role="menuitem" onClick={act(() => store.set({ help: true }))}>
            <Codicon name="blank" />
            All keys
          </button>
        </div>
      )}
    </div>
  );
}
