/** This file is the command line's only door to the world: files, standard streams, the wall clock. */
import { readFileSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeBytes, encodeBytes } from '../base/utf8';

/** What commands may ask of their surroundings; tests give their own. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Text of a file, bytes that are not UTF-8 kept as base/utf8.ts says; `-` is standard input. @throws any Error */
  read(path: string): string;
  write(path: string, text: string): void;
  /** Names in a directory, or undefined when the path is none. */
  list(path: string): readonly string[] | undefined;
  absolute(path: string): string;
  /** Milliseconds on some steady clock. */
  now(): number;
  /** True once nobody reads standard output any more. */
  readonly closed: boolean;
}

/** Writes all bytes, now: output of a long run must not wait for its end. */
function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      // A pipe that is full for the moment: a reader will make room.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** The real world. */
export class ProcessIo implements Io {
  closed = false;

  stdout(text: string): void {
    if (this.closed) return;
    try {
      writeAll(1, encodeBytes(text));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
      this.closed = true;
    }
  }

  stderr(text: string): void {
    try {
      writeAll(2, encodeBytes(text));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    }
  }

  read(path: string): string {
    return decodeBytes(readFileSync(path === '-' ? 0 : path));
  }

  write(path: string, text: string): void {
    if (path === '-') this.stdout(text);
    else writeFileSync(path, encodeBytes(text));
  }

  list(path: string): readonly string[] | undefined {
    if (path === '-' || !statSync(path).isDirectory()) return undefined;
    return readdirSync(path).sort();
  }

  absolute(path: string): string {
    return path === 'stdin.lane' ? path : resolve(path);
  }

  now(): number {
    return performance.now();
  }
}
