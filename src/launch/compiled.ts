/**
 * This file runs a script out of the code that V8 compiled for it in an earlier process. To read that takes a quarter of the time of compiling the text, and it holds what
 * the earlier process came to run, which V8 otherwise compiles function by function as they are called.
 *
 * V8 refuses code of another V8, of other flags, of a text of another length, and trusts the rest (`SerializedCodeData::SanityCheck`). So it is kept under a digest of
 * text and code: what is damaged, or made of another text, counts as missing. It is as good as program text: a file that others could write is not read.
 */
import type crypto from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

/** What CommonJS calls a script with; how it is wrapped for that. */
const NAMES = ['exports', 'require', 'module', '__filename', '__dirname'] as const;
const HEAD = `(function (${NAMES.join(', ')}) {`;
const DIGEST_BYTES = 32;
const load = createRequire(__filename);
/** File modes: nobody but the owner; others may write. */
const [OWNER_ONLY, OTHERS_WRITE] = [0o600, 0o022];

/** Digest of a text, with what was compiled of it. */
function digestOf(text: Uint8Array, code: Uint8Array): Buffer {
  // Loaded when it is needed: most threads that start do without.
  const { createHash } = load('node:crypto') as typeof crypto;
  return createHash('sha256').update(text).update(code).digest();
}

/** A script that is to be run, in this thread or another: what is handed over is plain data. */
export interface Prepared {
  readonly path: string;
  readonly text: string;
  /** What V8 has made of it, in an earlier process or in another thread. */
  readonly code?: Uint8Array<ArrayBuffer>;
  /** Where the code is kept, and whether it comes from there; undefined: nowhere. */
  readonly cache: string | undefined;
  readonly isKept: boolean;
}

/** A script that has been run. */
export interface Launched {
  /** Code from an earlier process was at hand. */
  readonly cached: boolean;
  /** Keeps for later processes what is compiled by now, once, unless it came from an earlier one. Where it cannot be kept, nothing happens. */
  keep(): void;
}

/** Reads a script. @param path of it @param cache file for its code; undefined: there is to be none @throws what reading it throws */
export function prepare(path: string, cache: string | undefined): Prepared {
  const text = readFileSync(path);
  const code = cache === undefined ? undefined : readCode(cache, text);
  return { path, text: text.toString(), cache, isKept: code !== undefined, ...(code && { code }) };
}

/** Reads a script for another thread, and compiles it as long as that has other things to do. @throws as {@link prepare}; what does not compile throws where it is run */
export function prepareAhead(path: string, cache: string | undefined): Prepared {
  const prepared = prepare(path, cache);
  if (prepared.code) return prepared;
  try {
    return { ...prepared, code: new Uint8Array(scriptOf(prepared).createCachedData()) };
  } catch {
    return prepared;
  }
}

function scriptOf({ path, text, code }: Prepared): Script {
  const options = { filename: path, columnOffset: -HEAD.length };
  return new Script(`${HEAD}${text}\n})`, { ...options, ...(code && { cachedData: code }) });
}

/** Runs a script as if its text stood in the module that is given. @throws what the script throws */
export function run(prepared: Prepared, module: NodeJS.Module, require: NodeJS.Require): Launched {
  const { path, text, cache, isKept } = prepared;
  const script = scriptOf(prepared);
  const cached = isKept && script.cachedDataRejected === false;
  let kept = cached || cache === undefined;
  const body = script.runInThisContext() as (...values: unknown[]) => void;
  body.call(module.exports, module.exports, require, module, path, dirname(path));
  return {
    cached,
    keep: () => {
      if (!kept) writeCode(cache!, Buffer.from(text), script.createCachedData());
      kept = true;
    },
  };
}

/** Code that was kept of this very text, and is whole. */
function readCode(cache: string, text: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    const file = readOwn(cache);
    const code = new Uint8Array(file.subarray(DIGEST_BYTES));
    return digestOf(text, code).equals(file.subarray(0, DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** @throws when there is no such file, or when others can write to it */
function readOwn(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const { uid, mode } = fstatSync(file);
    const own = process.getuid === undefined || (uid === process.getuid() && (mode & OTHERS_WRITE) === 0);
    if (!own) throw new Error(`${path} is not ours alone`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function writeCode(cache: string, text: Uint8Array, code: Uint8Array): void {
  try {
    mkdirSync(dirname(cache), { recursive: true, mode: 0o700 });
    replaceFile(cache, Buffer.concat([digestOf(text, code), code]));
  } catch {
    // A full disk, a folder that is read-only, another process at the same: the next start takes longer, that is all.
  }
}

/** Beside its place first, then moved there: whoever reads meanwhile reads something whole. */
function replaceFile(path: string, bytes: Uint8Array): void {
  const beside = `${path}.${process.pid}`;
  try {
    writeFileSync(beside, bytes, { mode: OWNER_ONLY });
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}
