/** This file shows the toolbar: what one can do with the run, where one is, which view. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { AppState } from '../state';
import { useApp, usePanel } from './context';
import { Codicon, Play, Sign } from './icons';

const VIEWS: readonly (readonly [AppState['preset'], string, string])[] = [
  ['goroutines', 'Goroutines', 'What does my code do, and why does it wait? (1)'],
  ['cores', 'Cores', 'How do goroutines get onto threads and cores? (2)'],
];
const AXES: readonly (readonly [AppState['axis'], string, string])[] = [
  ['step', 'Steps', 'One column a step of the program (X)'],
  ['time', 'Time', 'Virtual time of the simulated machine (X)'],
];

export function Toolbar(): VNode {
  const narrow = useApp((state) => state.narrow);
  const stacked = useApp((state) => state.stacked);
  return (
    <div class="toolbar" role="toolbar" aria-label="Interlane">
      <RunButtons small={stacked} />
      <Steps />
      {narrow ? <ViewMenu /> : <ViewTabs />}
      <span class="space" />
      {narrow ? <More /> : <AxisSwitch />}
      {!narrow && <Toggles />}
    </div>
  );
}

function RunButtons({ small }: { small: boolean }): VNode {
  const { post } = usePanel();
  const hasRun = useApp(({ run }) => run !== undefined);
  return (
    <>
      <button type="button" class="button primary" onClick={() => post({ type: 'command', command: 'run' })}>
        <Play />
        Run
      </button>
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
      <span class="rule" aria-hidden="true" />
    </>
  );
}

/** `◀ 32 / 77 ▶` */
function Steps(): VNode {
  const { navigator } = usePanel();
  const step = useApp(({ focus }) => focus.step);
  const steps = useApp(({ run }) => run?.timeline.steps ?? 0);
  const shown = steps === 0 ? '– / –' : `${step < 0 ? '–' : step} / ${steps - 1}`;
  return (
    <div class="steps" role="group" aria-label="Steps of the program">
      <button
        type="button"
        class="icon-button"
        title="Previous step (,)"
        aria-label="Previous step"
        disabled={steps === 0}
        onClick={() => navigator.step(-1)}
      >
        <Sign name="previous" />
      </button>
      <output class="mono">{shown}</output>
      <button
        type="button"
        class="icon-button"
        title="Next step (.)"
        aria-label="Next step"
        disabled={steps === 0}
        onClick={() => navigator.step(1)}
      >
        <Sign name="next" />
      </button>
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
function More(): VNode {
  const { store, navigator } = usePanel();
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
          <button type="button" role="menuitem" onClick={act(() => store.set({ help: true }))}>
            <Codicon name="blank" />
            All keys
          </button>
        </div>
      )}
    </div>
  );
}
