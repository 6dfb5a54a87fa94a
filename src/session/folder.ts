/**
 * This file decides which files of a folder make one program: as `go build` does for a package, or as `go run x.go` does where a folder holds
 * several programs, as one of exercises does.
 */
import { Interrupt } from '../base/interrupt';
import { constraintsHold, nameIsBuilt } from '../lang/buildConstraint';
import { outlineOf, type Outline } from '../lang/outline';
import type { SourceText } from './compile';

/** Files that make one program. */
export interface Unit {
  /** In the order of their names, in which Go initialises them. */
  readonly sources: readonly SourceText[];
  /** Name of the file by which the program is known: the one with `main`, else the one that was asked for. */
  readonly head: string;
  /** The program is its tests. */
  readonly tests: boolean;
}

interface Member extends Outline {
  readonly source: SourceText;
  readonly name: string;
  readonly isTest: boolean;
  readonly hasMain: boolean;
}

/**
 * The program that the file called `focus` is part of. A .lane file is a program of its own. A Go file belongs to the package of its folder;
 * tests come along where they are asked for or nothing else can run. Where several files have a main, or the build leaves the file
 * out, the program is that file with those others that declare what it lacks. @throws Interrupted
 */
export function unitOf(folder: readonly SourceText[], focus: string, interrupt = Interrupt.never): Unit {
  const asked = folder.find(({ name }) => name === focus) ?? folder[0];
  if (!asked) return { sources: [], head: focus, tests: false };
  if (folder.length === 1 || !isGo(asked.name)) return { sources: [asked], head: asked.name, tests: isTestFile(asked.name) };
  const others = folder.filter((source) => source !== asked && isGo(source.name));
  return programOf(memberOf(asked, interrupt), others.map((source) => memberOf(source, interrupt)));
} // prettier-ignore

function programOf(me: Member, others: readonly Member[]): Unit {
  const built = others.filter((file) => file.packageName === me.packageName && isBuilt(file));
  const mains = [me, ...built].filter((file) => file.hasMain);
  const tests = me.isTest || mains.length === 0;
  const package_ = built.filter((file) => tests || !file.isTest);
  if (mains.length <= 1 && isBuilt(me)) {
    const head = me.isTest ? me : (mains[0] ?? me);
    return { sources: inOrder([me, ...package_]), head: head.name, tests };
  }
  const user = me.hasMain || me.isTest ? me : mains.find((file) => completing(file, [me, ...package_]).includes(me));
  const head = user ?? me;
  return { sources: inOrder([head, ...completing(head, [me, ...package_])]), head: head.name, tests };
} // prettier-ignore

/**
 * All programs of a folder: each .lane file, and of each package one for every main, or else one that is its tests. Packages of nothing but tests are
 * among them where there is nothing else. `tests`: with the tests of each.
 */
export function unitsOf(folder: readonly SourceText[], tests = false, interrupt = Interrupt.never): Unit[] {
  const lane = folder.filter(({ name }) => !isGo(name)).map((source) => unitOf([source], source.name));
  const go = folder.filter(({ name }) => isGo(name)).map((source) => memberOf(source, interrupt)).filter(isBuilt);
  const shipped = go.filter((file) => tests || !file.isTest);
  const names = new Set((shipped.length > 0 ? shipped : go).map((file) => file.packageName));
  return [...lane, ...[...names].flatMap((name) => unitsOfPackage(go.filter((file) => file.packageName === name), tests))];
} // prettier-ignore

function unitsOfPackage(files: readonly Member[], tests: boolean): Unit[] {
  const mains = files.filter((file) => file.hasMain);
  const package_ = files.filter((file) => tests || mains.length === 0 || !file.isTest);
  if (mains.length > 1) return mains.map((main) => programOf(main, package_.filter((file) => file !== main)));
  const head = mains[0] ?? package_.find((file) => !file.isTest) ?? package_[0]!;
  return [{ sources: inOrder(package_), head: head.name, tests: mains.length === 0 }];
} // prettier-ignore

const isGo = (name: string): boolean => name.endsWith('.go');
const isTestFile = (name: string): boolean => name.endsWith('_test.go');
const isBuilt = (file: Member): boolean => nameIsBuilt(baseName(file.name)) && constraintsHold(file.constraints);
const baseName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

function memberOf(source: SourceText, interrupt: Interrupt): Member {
  const outline = outlineOf(source.text, interrupt);
  const isTest = isTestFile(source.name);
  return { ...outline, source, name: source.name, isTest, hasMain: !isTest && outline.declared.has('main') };
}

/** Files without a main of their own that declare what the program lacks so far, until nothing is lacking or nobody has it. */
function completing(head: Member, others: readonly Member[]): Member[] {
  const program = [head];
  const spare = others.filter((file) => file !== head && !file.hasMain);
  for (let i = 0; i < program.length; i++) {
    for (const file of spare) {
      if (program.includes(file) || !mentions(program[i]!, file)) continue;
      if (!program.some((other) => clashes(other, file))) program.push(file);
    }
  }
  return program.slice(1);
}

/** Whether a file uses a name that the other declares and it does not declare itself. */
function mentions(file: Member, other: Member): boolean {
  return [...other.declared].some((name) => file.mentioned.has(name) && !file.declared.has(name));
}

function clashes(a: Member, b: Member): boolean {
  return [...b.declared].some((name) => a.declared.has(name));
}

function inOrder(files: readonly Member[]): SourceText[] {
  return files.map(({ source }) => source).sort((a, b) => (a.name < b.name ? -1 : 1));
}
