/** This file writes stack frames as Go prints them: function, file, line. */
import type { Place, TraceMeta } from '../trace/meta';

/** Turns a file's name as the user gave it into the path to print. */
export type PathOf = (file: string) => string;

/**
 * Go prints the distance of the instruction from the start of its function behind the line. Places know no instruction;
 * the number of the place stands for it: the same place has the same one.
 */
export function offsetText(place: number): string {
  return `+0x${((place + 1) * 4).toString(16)}`;
}

/** `main.worker(...)`: functions without parameters as far as the name tells, main and literals, have no dots. */
export function callText(name: string): string {
  if (name === '') return 'main.main()';
  return /(^main\.(main|init)|\.func\d+(\.\d+)*)$/.test(name) ? `${name}()` : `${name}(...)`;
}

/** `/home/me/counter.go:12` */
export function locationText(meta: TraceMeta, place: Place, path: PathOf): string {
  return `${path(meta.files[place.file] ?? '?')}:${place.line}`;
}
