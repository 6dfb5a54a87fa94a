/** This file shows what there is before the first run, and while there is none because the file has never compiled. */
import type { VNode } from 'preact';
import { STATE_STYLES } from '../../picture/states';
import type { State } from '../../timeline/model';
import { placeWords } from '../../trace/placeWords';
import { startOf } from '../verdict';
import { STARTS_IN_MAIN } from './compileCard';
import { isEmptyProgram } from '../../report/emptyProgram';
import { baseName, plural } from '../words';
import { useApp, usePanel } from './context';
import { doingWords, spentWords } from '../../report/activity';
import { Codicon, Play } from './icons';
import { HOW_FAR, ProgressBar, StopButton } from './progress';
import { stateFill } from './swatch';

/** Bars of the picture: state, left, width, by line. */
const PICTURE: readonly (readonly (readonly [State, number, number])[])[] = [
  [
    ['running', 0, 60],
    ['lock', 60, 260],
  ],
  [
    ['runnable', 24, 48],
    ['running', 72, 108],
    ['syscall', 180, 82],
    ['running', 262, 58],
  ],
  [
    ['runnable', 40, 64],
    ['running', 104, 46],
    ['channel', 150, 64],
    ['running', 214, 106],
  ],
];
/** Px of a running bar. */
const BAR = 20;
const heightOf = (state: State): number => Math.round(BAR * STATE_STYLES[state].height);

function Picture(): VNode {
  return (
    <svg class="picture" width="320" height="96" aria-hidden="true">
      {PICTURE.map((bars, line) => (
        <g key={line}>
          <line class="base" x1="0" x2="320" y1={22.5 + line * 36} y2={22.5 + line * 36} />
          {bars.map(([state, left, width]) => (
            <rect
              key={left}
              x={left + 0.5}
              y={22 + line * 36 - heightOf(state)}
              width={width - 1}
              height={heightOf(state)}
              rx="3"
              {...stateFill(state)}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Nothing has been run yet. */
export function Empty(): VNode {
  const { post } = usePanel();
  const file = useApp((state) => baseName(state.file));
  const seed = useApp((state) => state.seed);
  const examples = useApp((state) => state.examples);
  return (
    <main class="empty">
      <div class="empty-body">
        <Picture />
        <h1>See what this program does</h1>
        <p>
          Interlane runs it in a simulated Go runtime and kernel, and draws every goroutine, thread, lock and channel.
          Nothing is installed and nothing leaves this window.
        </p>
        <div class="actions">
          <button type="button" class="button primary" onClick={() => post({ type: 'command', command: 'run' })}>
            <Play />
            <span class="clip">{file ? `Run ${file}` : 'Run'}</span>
          </button>
          <span class="dim">One schedule, seed {seed}</span>
          {examples > 0 && (
            <>
              <button type="button" class="button" onClick={() => post({ type: 'command', command: 'openExample' })}>
                <Codicon name="book" />
                Open an example
              </button>
              <span class="dim">{plural(examples, 'program')}, one question each</span>
            </>
          )}
        </div>
        <p class="dim after">
          After that it runs again by itself when you stop typing. Press <kbd>?</kbd> for all keys.
        </p>
      </div>
    </main>
  );
}

/** The first run is under way. */
export function FirstRun(): VNode {
  const file = useApp((state) => baseName(state.file));
  const doing = useApp(({ activity }) => doingWords(activity));
  const spent = useApp(({ activity }) => spentWords(activity));
  return (
    <main class="empty" aria-busy="true">
      <div class="empty-body">
        <Picture />
        <h1>
          {doing} {file}
        </h1>
        <ProgressBar />
        <p class="dim after" title={HOW_FAR}>
          {spent || '\u00a0'}
        </p>
        <div class="actions single">
          <StopButton />
        </div>
      </div>
    </main>
  );
}

/** Nothing is written in the file yet. */
function Unwritten({ fix }: { fix: string | undefined }): VNode {
  const { post } = usePanel();
  const file = useApp((state) => baseName(state.file));
  return (
    <main class="empty">
      <div class="empty-body">
        <Picture />
        <h1>{file} is empty</h1>
        <p>{STARTS_IN_MAIN} As soon as there is one, Interlane runs it and draws what it does.</p>
        <div class="actions single">
          {fix && (
            <button
              type="button"
              class="button primary"
              onClick={() => {
                post({ type: 'applyFix', title: fix });
                post({ type: 'focusEditor' });
              }}
            >
              {fix}
            </button>
          )}
          <button type="button" class="button" onClick={() => post({ type: 'command', command: 'openExample' })}>
            <Codicon name="book" />
            Open an example
          </button>
        </div>
      </div>
    </main>
  );
}

/** The file has never compiled. */
export function NeverCompiled(): VNode {
  const diagnostics = useApp((state) => state.stale?.diagnostics ?? []);
  const files = useApp((state) => state.stale?.files ?? []);
  const { post } = usePanel();
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (isEmptyProgram(diagnostics)) return <Unwritten fix={errors[0]?.fixes[0]?.title} />;
  return (
    <main class="empty">
      <div class="empty-body">
        <h1>
          <Codicon name="error" className="error" /> {plural(errors.length, 'error')} to mend first
        </h1>
        <ul class="errors">
          {errors.slice(0, 6).map((error, i) => (
            <li key={i}>
              <code>{error.message}</code> <span class="dim">{placeWords(files, startOf(error))}</span>
            </li>
          ))}
        </ul>
        {errors.length > 6 && <p class="dim">and {errors.length - 6} more</p>}
        <p class="dim after">As soon as the file compiles, Interlane runs it.</p>
        <div class="actions single">
          <button type="button" class="button" onClick={() => post({ type: 'focusEditor' })}>
            Go to the editor
          </button>
        </div>
      </div>
    </main>
  );
}
