/** This file imports packages of std: each is parsed and checked once, when it is first needed. */
import { InternalError } from '../base/assert';
import { checkProgram, checkStdPackage, type CheckOptions, type SourceText } from '../lang/check';
import type { Program } from '../lang/program';
import type { CheckedPackage } from '../lang/types';
import { packageSources } from './packages';
import { testMain } from './testMain';
import { knownPaths, unsupportedNames } from './unsupported';

const cache = new Map<string, CheckedPackage>();

/** The package at an import path; undefined when it is not supported. */
export function stdImporter(path: string): CheckedPackage | undefined {
  const known = cache.get(path);
  if (known) return known;
  const text = Object.hasOwn(packageSources, path) ? packageSources[path] : undefined;
  if (text === undefined) return undefined;
  const { pkg, diagnostics } = checkStdPackage(path, [{ name: `${path}.go`, text }], { importer: stdImporter });
  const [first] = diagnostics;
  if (first)
    throw new InternalError('a package of std does not check', { path, at: first.span.start, message: first.message });
  const names = unsupportedNames(path, pkg.scope);
  const complete: CheckedPackage = names ? { ...pkg, unsupported: names } : pkg;
  cache.set(path, complete);
  return complete;
}

/** Packages whose names need no import in .lane files: the last element of every supported path. */
export const implicitPackages: ReadonlyMap<string, string> = new Map(
  Object.keys(packageSources).map((path) => [path.slice(path.lastIndexOf('/') + 1), path]),
);

export interface ProgramOptions extends Pick<CheckOptions, 'goVersion' | 'interrupt'> {
  /** Start in this test, and not in main. */
  readonly test?: string;
  /** Start in the tests where there are any, though there be a main. */
  readonly tests?: boolean;
}

/** Parses and checks a program that may import std; one that has tests and no main gets a main that runs them. */
export function check(sources: readonly SourceText[], { test, tests, ...options }: ProgramOptions = {}): Program {
  const entry: CheckOptions['entry'] = (files) => testMain(files, { only: test, always: tests });
  return checkProgram(sources, { ...options, entry, importer: stdImporter, implicitPackages, knownPaths });
}
