/** This file lists the packages of std by import path, with their source texts. */
import context from './go/context/context.go';
import errors from './go/errors/errors.go';
import fmt from './go/fmt/fmt.go';
import io from './go/io/io.go';
import log from './go/log/log.go';
import math from './go/math/math.go';
import rand from './go/math/rand/rand.go';
import os from './go/os/os.go';
import runtime from './go/runtime/runtime.go';
import sort from './go/sort/sort.go';
import strconv from './go/strconv/strconv.go';
import strings from './go/strings/strings.go';
import atomic from './go/sync/atomic/atomic.go';
import sync from './go/sync/sync.go';
import testing from './go/testing/testing.go';
import time from './go/time/time.go';

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
