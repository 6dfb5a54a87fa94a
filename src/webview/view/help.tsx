/** This file shows all keys. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { KEY_COMMANDS, keyName, type KeyCommand } from '../keys';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';

const SECTIONS: readonly KeyCommand['section'][] = ['Move in time', 'Zoom', 'Findings', 'View'];
/** What the pointer does. */
const POINTER: readonly (readonly [string, string])[] = [
  ['Ctrl + wheel', 'Zoom at the pointer'],
  ['Shift + wheel', 'Pan'],
  ['Drag', 'Pan; on the ruler: show a range'],
  ['Click', 'Select, and go to the line'],
  ['Double click', 'Fit the slice'],
  ['Right click', 'What can be done with it'],
];

/** What the list of the output does. */
const OUTPUT: readonly (readonly [string, string])[] = [
  ['Enter', 'Go to the step that printed the line'],
  ['/', 'Search'],
  ['F3', 'Next match; with Shift: previous'],
];

export function Help(): VNode | null {
  const { store } = usePanel();
  const open = useApp((state) => state.help);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    else if (!open && element.open) element.close();
  }, [open]);
  const close = (): void => store.set({ help: false });
  return (
    <dialog
      class="help"
      ref={dialog}
      aria-labelledby="help-title"
      onClose={close}
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
    >
      <div class="help-body">
        <div class="help-head">
          <h2 id="help-title">Keys of the timeline</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={close}>
            <Codicon name="close" />
          </button>
        </div>
        <div class="help-columns">
          {SECTIONS.map((section) => (
            <section key={section}>
              <h3>{section}</h3>
              <dl>
                {KEY_COMMANDS.filter((command) => command.section === section).map((command) => (
                  <div key={command.id}>
                    <dt>
                      {command.keys.slice(0, 1).map((key) => (
                        <kbd key={key}>{keyName(key)}</kbd>
                      ))}
                    </dt>
                    <dd>{command.title}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <Gestures title="Output" of={OUTPUT} />
          <Gestures title="Pointer" of={POINTER} />
        </div>
      </div>
    </dialog>
  );
}

function Gestures({ title, of }: { title: string; of: readonly (readonly [string, string])[] }): VNode {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {of.map(([gesture, effect]) => (
          <div key={gesture}>
            <dt>
              <kbd>{gesture}</kbd>
            </dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
