/**
 * This file measures how long pictures take. `window.__interlaneFrames` is there for the benchmark: `start()` begins to keep the
 * milliseconds of every frame drawn from then on, `stop()` returns them. Nothing is kept otherwise.
 */

export interface FrameLog {
  start(): void;
  stop(): number[];
}

declare global {
  interface Window {
    __interlaneFrames?: FrameLog;
  }
}

let kept: number[] | undefined;

/** Draws, and keeps how long that took when somebody asked. */
export function measured(draw: () => void): void {
  if (!kept) {
    draw();
    return;
  }
  const began = performance.now();
  draw();
  kept.push(performance.now() - began);
}

/** Puts the log where a benchmark finds it. */
export function exposeFrames(): void {
  window.__interlaneFrames = {
    start: () => (kept = []),
    stop: () => {
      const times = kept ?? [];
      kept = undefined;
      return times;
    },
  };
}
