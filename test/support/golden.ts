/** This file compares what a stage prints with a recorded file; UPDATE_GOLDENS=1 records anew. */
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Fails when `actual` differs from the file's content. */
export function assertGolden(path: string, actual: string): void {
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  assert.ok(existsSync(path), `${path} is missing; record it with UPDATE_GOLDENS=1`);
  assert.equal(actual, readFileSync(path, 'utf8'));
}
