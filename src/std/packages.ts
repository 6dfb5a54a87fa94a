/** This file lists the packages of std by import path, with their source texts. */
import { atomic } from './atomic';
import { context } from './context';
import { errors } from './errors';
import { fmt } from './fmt';
import { io } from './io';
import { log } from './log';
import { math } from './math';
import { os } from './os';
import { rand } from './rand';
import { runtime } from './runtime';
import { sort } from './sort';
import { strconv } from './strconv';
import { strings } from './strings';
import { sync } from './sync';
import { testing } from './testing';
import { time } from './time';

/** Source text of every supported package. */
export const packageSources: Readonly<Record<string, string>> = {
  context,
  errors,
  fmt,
  io,
  log,
  math,
  'math/rand': rand,
  os,
  runtime,
  sort,
  strconv,
  strings,
  sync,
  'sync/atomic': atomic,
  testing,
  time,
};
