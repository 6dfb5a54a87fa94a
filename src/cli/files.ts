/** This file reads sources and writes results: nothing endless is read, nothing is left half-written. */
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeBytes, encodeBytes } from '../base/utf8';

/** Bytes of a source at most: more is no program that a person wrote. */
const MOST_SOURCE = 16 * 1024 * 1024;
const CHUNK = 1 << 16;

/** Names are bytes to the system; those that are not UTF-8 are kept as base/utf8.ts says. */
function pathBytes(path: string): Buffer {
  return Buffer.from(encodeBytes(path));
}

/** Text of a file or of standard input (`-`), which may be a pipe or a device without end. @throws Error */
export function readText(path: string): string {
  const fd = path === '-' ? 0 : fs.openSync(pathBytes(path), 'r');
  try {
    return decodeBytes(readAll(fd, fs.fstatSync(fd).size));
  } finally {
    if (fd !== 0) fs.closeSync(fd);
  }
}

function readAll(fd: number, size: number): Buffer {
  const chunks: Buffer[] = [];
  let total = size;
  for (let read = 0; total <= MOST_SOURCE; total = Math.max(size, read)) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const count = readChunk(fd, chunk);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    read += count;
  }
  throw new Error(`larger than ${MOST_SOURCE / 1024 / 1024} MB`);
}

/** Bytes read; 0 at the end. */
function readChunk(fd: number, chunk: Buffer): number {
  for (;;) {
    try {
      return fs.readSync(fd, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0; // Windows, of a terminal
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a pipe with nothing in it yet
    }
  }
}

/** Names in a folder, in order; undefined for what is none. @throws Error */
export function listFolder(path: string): readonly string[] | undefined {
  if (!fs.statSync(pathBytes(path)).isDirectory()) return undefined;
  const names = fs.readdirSync(pathBytes(path), { encoding: 'buffer' });
  return names.map((name) => decodeBytes(name)).sort();
}

/** Looks whether a file can be written. @throws Error */
export function probeFile(path: string): void {
  const target = targetOf(path);
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (stat?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  fs.accessSync(stat ? target : dirname(target), fs.constants.W_OK);
}

/** Where a path leads: a link stays one when its file is replaced. */
function targetOf(path: string): string {
  try {
    return fs.realpathSync(path);
  } catch {
    return path;
  }
}

/** Writes a file whole or not at all: under another name first. What is no ordinary file (a pipe, a device) is written as it is. @throws Error */
export function replaceFile(path: string, text: string): void {
  const target = targetOf(path);
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (stat && !stat.isFile()) fs.writeFileSync(target, encodeBytes(text));
  else writeBeside(target, text, stat?.mode);
}

function writeBeside(target: string, text: string, mode = 0o666): void {
  const beside = join(dirname(target), `.interlane-${process.pid}.tmp`);
  try {
    fs.writeFileSync(beside, encodeBytes(text), { mode, flag: 'wx' });
    fs.renameSync(beside, target);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}
