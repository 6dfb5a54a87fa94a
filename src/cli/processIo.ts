/** This file is the command line's only door to the world. */
import { writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { encodeBytes } from '../base/utf8';
import { listFolder, probeFile, readText, replaceFile } from './files';
import { Io, WriteError, type Stream } from './io';
import { SignalWatch } from './signals';

/** Longest wait, in ms, for a reader to make room in a pipe. */
const MOST_WAIT = 20;
/** So many UTF-16 units are encoded at a time: what is written need not stand in memory twice. */
const PIECE = 1 << 16;

const NAMES: Readonly<Record<Stream, string>> = { 1: 'standard output', 2: 'standard error' };

export class ProcessIo extends Io {
  closed = false;
  private readonly watch = new SignalWatch();

  get signal(): SignalWatch['signal'] {
    return this.watch.signal;
  }

  /** Nobody reads any more: that ends a run quietly, as it does `yes | head`. */
  protected put(text: string, stream: Stream): void {
    this.watch.listenInTime(); // A program that prints and waits comes to its own looks late.
    if (stream === 1 && this.closed) return;
    try {
      writeAll(stream, text);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EPIPE') throw new WriteError(`${NAMES[stream]}: ${message.replace(/, write$/, '')}`);
      if (stream === 1) this.closed = true;
    }
  }

  read(path: string): string {
    return readText(path);
  }

  probe(path: string): void {
    if (path !== '-') probeFile(path);
  }

  write(path: string, text: string): void {
    if (path === '-') this.stdout(text);
    else replaceFile(path, text);
  }

  list(path: string): readonly string[] | undefined {
    return path === '-' ? undefined : listFolder(path);
  }

  absolute(path: string): string {
    return path === 'stdin.lane' ? path : resolve(path);
  }

  now(): number {
    return performance.now();
  }
}

/** Writes all of a text, now: output of a long run must not wait for its end. */
function writeAll(fd: Stream, text: string): void {
  for (let start = 0; start < text.length;) {
    const end = pieceEnd(text, start + PIECE);
    writeBytes(fd, encodeBytes(text.slice(start, end)));
    start = end;
  }
}

/** Not between the halves of a pair. */
function pieceEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  return text.codePointAt(end - 1)! > 0xffff ? end + 1 : end;
}

function writeBytes(fd: Stream, bytes: Uint8Array): void {
  let wait = 1;
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
      wait = 1;
    } catch (error) {
      // A pipe that is full for the moment: a reader will make room.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
      wait = Math.min(wait * 2, MOST_WAIT);
    }
  }
}
