/** This file tests where the command line keeps compiled code, by platform and environment. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cacheFolder } from '../../src/launch/folder';

type Row = readonly [platform: string, env: Readonly<Record<string, string>>, folder: string | undefined];

const ROWS: readonly Row[] = [
  ['linux', { HOME: '/home/a' }, join('/home/a', '.cache', 'interlane')],
  ['linux', { HOME: '/home/a', XDG_CACHE_HOME: '/big' }, join('/big', 'interlane')],
  ['linux', { HOME: '/home/a', XDG_CACHE_HOME: 'relative' }, join('/home/a', '.cache', 'interlane')],
  ['freebsd', { HOME: '/home/a' }, join('/home/a', '.cache', 'interlane')],
  ['darwin', { HOME: '/Users/a' }, join('/Users/a', 'Library', 'Caches', 'interlane')],
  ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'interlane')],
  ['linux', {}, undefined],
  ['linux', { HOME: 'relative' }, undefined],
  ['darwin', {}, undefined],
  ['win32', { HOME: '/home/a' }, undefined],
  ['linux', { HOME: '/home/a', NODE_COMPILE_CACHE: '/other' }, '/other'],
  ['linux', { HOME: '/home/a', NODE_COMPILE_CACHE: '/other', NODE_DISABLE_COMPILE_CACHE: '1' }, undefined],
];

suite('the folder for compiled code', () => {
  for (const [platform, env, folder] of ROWS) {
    test(`on ${platform} with ${JSON.stringify(env)}`, () => assert.equal(cacheFolder(env, platform), folder));
  }
});
