/**
 * This file runs a script out of the code that V8 compiled for it in an earlier process. To read that takes a quarter of the time of compiling the text, and it holds what
 * the earlier process came to run, which V8 otherwise compiles function by function as they are called.
 *
 * V8 refuses code of another V8, of other flags, of a text of another length, and trusts the rest (`SerializedCodeData::SanityCheck`). So it is kept under a digest of
 * text and code: what is damaged, or made of another text, counts as missing. It is as good as program text: a file that others could write is not read.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** What CommonJS calls a script with; how it is wrapped for that. */
const NAMES = ['exports', 'require', 'module', '__filename', '__dirname'] as const;
const HEAD = `(function (${NAMES.join(', ')}) {`;
const DIGEST_BYTES = 32;
/** File modes: nobody but the owner; others may write. */
const [OWNER_ONLY, OTHERS_WRITE] = [0o600, 0o022];

/** Digest of a text, with what was compiled of it. */
function digestOf(text: Uint8Array, code: Uint8Array): Buffer {
  return createHash('sha256').update(text).update(code).digest();
}

/** A script that has been run. */
export interface Launched {
  /** Code from an earlier process was at hand. */
  readonly cached: boolean;
  /** Keeps for later processes what is compiled by now, once, unless it came from an earlier one. Where it cannot be kept, nothing happens. */
  keep(): void;
}

/**
 * Runs a script as if its text stood in the module that is given. @param path of the script @param cache file for its code; undefined: there is to be none
 * @throws what the script throws, or reading it
 */
export function launch(
  path: string,
  cache: string | undefined,
  module: NodeJS.Module,
  require: NodeJS.Require,
): Launched {
  const text = readFileSync(path);
  const cachedData = cache === undefined ? undefined : readCode(cache, text);
  const source = `${HEAD}${text.toString()}\n})`;
  const script = new Script(source, { filename: path, columnOffset: -HEAD.length, ...(cachedData && { cachedData }) });
  const cached = cachedData !== undefined && script.cachedDataRejected === false;
  let kept = cached || cache === undefined;
  const run = script.runInThisContext() as (...values: unknown[]) => void;
  run.call(module.exports, module.exports, require, module, path, dirname(path));
  return {
    cached,
    keep: () => {
      if (!kept) writeCode(cache!, text, script.createCachedData());
      kept = true;
    },
  };
}

/** Code that was kept of this very text, and is whole. */
function readCode(cache: string, text: Uint8Array): Buffer | undefined {
  try {
    const file = readOwn(cache);
    const code = file.subarray(DIGEST_BYTES);
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
