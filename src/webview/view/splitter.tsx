/** This file shows the splitter between timeline and explanation: moved by pointer or keys, and where it is put it stays. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { regionsOf } from '../derive';
import type { ChosenSizes, Orientation } from '../regions';
import { useApp, usePanel } from './context';

/** Px of a press of an arrow key; with Shift. */
const STEP = 16;
const STRIDE = 80;

/** Which way the explanation grows: up and to the left. */
const GROWS: Readonly<Record<string, 1 | -1>> = { ArrowUp: 1, ArrowLeft: 1, ArrowDown: -1, ArrowRight: -1 };

export function Splitter(): VNode | null {
  const { store } = usePanel();
  const { orientation, splitter, pane, drawer } = useApp(regionsOf);
  const held = useRef<{ readonly at: number; readonly size: number } | undefined>(undefined);
  if (!splitter) return null;
  const { least, most } = splitter;
  const size = orientation === 'beside' ? pane : drawer;

  const put = (px: number): void => {
    const within = Math.round(Math.min(Math.max(px, least), most));
    store.set({ chosen: { ...store.state.chosen, [orientation]: within } });
  };
  const putBack = (): void => store.set({ chosen: without(store.state.chosen, orientation) });
  const keyDown = (event: KeyboardEvent): void => {
    const direction = GROWS[event.key];
    if (direction) put(size + direction * (event.shiftKey ? STRIDE : STEP));
    else if (event.key === 'Home') put(least);
    else if (event.key === 'End') put(most);
    else if (event.key === 'Enter') putBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const at = ({ clientX, clientY }: PointerEvent): number => (orientation === 'beside' ? clientX : clientY);
  return (
    <div
      class={`splitter ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label="Size of the explanation"
      aria-orientation={orientation === 'beside' ? 'vertical' : 'horizontal'}
      aria-controls="explanation"
      aria-valuenow={size}
      aria-valuemin={Math.min(least, size)}
      aria-valuemax={Math.max(most, size)}
      aria-valuetext={`${size} pixels`}
      title="Drag, or use the arrow keys; double click: as it was"
      onKeyDown={keyDown}
      onDblClick={putBack}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        held.current = { at: at(event), size };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => held.current && put(held.current.size + held.current.at - at(event))}
      onLostPointerCapture={() => (held.current = undefined)}
    />
  );
}

const without = (chosen: ChosenSizes, orientation: Orientation): ChosenSizes =>
  Object.fromEntries(Object.entries(chosen).filter(([place]) => place !== orientation));
