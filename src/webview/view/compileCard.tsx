/** This file explains why the file does not compile, and what the grey timeline is. */
import type { VNode } from 'preact';
import type { PlainDiagnostic } from '../../protocol/messages';
import { isEmptyProgram } from '../../report/emptyProgram';
import { placeMark, placeWords } from '../../trace/placeWords';
import { startOf } from '../verdict';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';

/** What is said of a file in which nothing is written. */
export const STARTS_IN_MAIN = 'A program starts in func main and ends with it, whatever other goroutines do.';

/** Errors named one by one. */
const NAMED = 5;

export function CompileCard(): VNode | null {
  const { post } = usePanel();
  const diagnostics = useApp((state) => state.stale?.diagnostics ?? []);
  const files = useApp((state) => state.stale?.files ?? []);
  const step = useApp(({ focus }) => focus.step);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const first = errors[0];
  if (!first) return null;
  const empty = isEmptyProgram(diagnostics);
  const fix = first.fixes[0]?.title;
  const goTo = ({ file, range }: PlainDiagnostic): void => {
    post({ type: 'goTo', file, range });
  };
  const words = (at: Parameters<typeof startOf>[0]): string => placeWords(files, startOf(at));
  const related = first.related[0];
  return (
    <>
      <section class="section">
        <h2>
          {empty ? <Codicon name="info" /> : <Codicon name="error" className="error" />}
          <span>{empty ? 'The file is empty' : first.message}</span>
        </h2>
        {empty ? (
          <p>{STARTS_IN_MAIN}</p>
        ) : (
          <p>
            {capital(words(first))} does not compile.
            {related && ` ${capital(words(related))}: ${related.message}.`}
          </p>
        )}
        <div class="buttons">
          {fix && (
            <button type="button" class="button primary small" onClick={() => post({ type: 'applyFix', title: fix })}>
              {fix}
            </button>
          )}
          <button type="button" class="button small" onClick={() => goTo(first)}>
            {empty ? 'Go to the editor' : `Go to ${words(first)}`}
          </button>
        </div>
      </section>
      {errors.length > 1 && (
        <section class="section">
          <h3>{errors.length - 1} more</h3>
          <ul class="sites">
            {errors.slice(1, NAMED).map((error, i) => (
              <li key={i}>
                <span>{error.message}</span>
                <span class="where dim">{placeMark(files, startOf(error))}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="section">
        <h3>What you are looking at</h3>
        <p class="dim">
          The timeline is the last run that compiled. It is grey because its lines no longer match the file; steps can
          still be walked, but the editor does not follow.
        </p>
      </section>
      <section class="section">
        <h3>What happens next</h3>
        <p class="dim">
          As soon as the file compiles, Interlane runs it with the same seed
          {step >= 0 ? ` and keeps your position at step ${step}` : ''}.
        </p>
      </section>
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
