/** This file says in words where a place is: by its line, and by its file where the program has several. */

interface At {
  /** Index into the names of the files. */
  readonly file: number;
  /** From 1. */
  readonly line: number;
}

/** `line 14`; `line 14 of queue.go` in a program of several files. */
export function placeWords(files: readonly string[], { file, line }: At): string {
  return files.length > 1 ? `line ${line} of ${lastPart(files[file])}` : `line ${line}`;
}

/** `:14`; `queue.go:14` in a program of several files. */
export function placeMark(files: readonly string[], { file, line }: At): string {
  return files.length > 1 ? `${lastPart(files[file])}:${line}` : `:${line}`;
}

function lastPart(path = '?'): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
