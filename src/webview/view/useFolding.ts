/** This file folds a line of controls until it fits: it measures what is drawn, before anybody sees it. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { regionsOf } from '../derive';
import { foldFor } from '../folding';
import { useApp } from './context';

/**
 * @param levels of folding above 0
 * @param content changes when the line says something else, and may need other room
 * @returns level at which the line is to be drawn
 */
export function useFolding(line: RefObject<HTMLElement | null>, levels: number, content: string): number {
  // Any of them may be what leaves the line other room.
  const regions = useApp(regionsOf);
  const measured = useRef<{ content: string; needs: (number | undefined)[] }>({ content, needs: [] });
  const [level, setLevel] = useState(0);
  useLayoutEffect(() => {
    const element = line.current;
    if (!element || element.clientWidth <= 0) return;
    const told = measured.current;
    if (told.content !== content) measured.current = { content, needs: [] };
    const { needs } = measured.current;
    // What fits may need less than it has: nobody knows how much.
    if (element.scrollWidth > element.clientWidth) needs[level] = element.scrollWidth;
    const next = foldFor(needs, element.clientWidth, levels);
    if (next !== level) setLevel(next);
  }, [level, content, regions, levels]);
  return level;
}
