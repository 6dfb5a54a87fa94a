/** This file compiles for and range loops; the condition stands at the end, so that an iteration takes one jump. */
import { InternalError } from '../base/assert';
import type { Expr, ForStmt, RangeStmt, Stmt } from '../lang/ast';
import { intConst } from '../lang/constants';
import { isBlank } from '../lang/exprString';
import { arrayPointerDeref, isInteger, isString, under } from '../lang/predicates';
import type { Type, VarObj } from '../lang/types';
import { Typ } from '../lang/universe';
import { Label } from './assembler';
import type { Body } from './body';
import { constant } from './constants';
import { value } from './conversions';
import { load, placeOf, store, type Place } from './places';
import { slotsOf } from './types';

/** The variables that the init statement of a for loop declares. */
function loopVariables(f: Body, init: Stmt | undefined): VarObj[] {
  if (init?.kind !== 'AssignStmt' || init.op !== ':=') return [];
  return f.typing.declaredBy(init).filter((variable) => variable !== undefined);
}

/** Compiles a loop body between its labels. */
function loopBody(f: Body, label: string | undefined, breakTo: Label, continueTo: Label, body: () => void): void {
  f.targets.push({ label, breakTo, continueTo });
  body();
  f.targets.pop();
}

export function forStatement(f: Body, s: ForStmt): void {
  const label = f.pendingLabel;
  f.pendingLabel = undefined;
  f.scoped(() => {
    const [top, test, next, end] = [new Label(), new Label(), new Label(), new Label()];
    if (s.init) f.stmt(s.init);
    if (s.cond) f.emit('Jump', test);
    f.place(top);
    loopBody(f, label, end, next, () => f.block(s.body));
    f.place(next);
    if (f.typing.perIteration)
      for (const variable of loopVariables(f, s.init)) if (f.home(variable).boxed) freshCopy(f, variable);
    if (s.post) f.stmt(s.post);
    f.place(test);
    if (s.cond) f.condition(s.cond, top, true);
    else f.at({ start: s.span.start, end: s.body.span.start }, () => f.emit('Jump', top));
    f.place(end);
  });
}

/** The next iteration's variable starts as a copy of this one's. */
function freshCopy(f: Body, variable: VarObj): void {
  const home = f.home(variable);
  f.scoped(() => {
    const slots = slotsOf(variable.type);
    const old: Place = { kind: 'pointer', pointer: home.slot, offset: 0, slots, sure: true };
    f.initialise(variable, home, load(f, old));
  });
}

/** Where the key or value of a range loop goes. */
type Sink = ((from: number, type: Type) => void) | undefined;

/** A sink for `e`; variables of the old rule (one for all iterations) are made now. */
function sinkOf(f: Body, s: RangeStmt, e: Expr | undefined): Sink {
  if (e === undefined || isBlank(e)) return undefined;
  const variable = s.define && e.kind === 'Ident' ? f.typing.objectOf(e) : undefined;
  if (variable?.kind === 'var') {
    const home = f.assignHome(variable);
    if (!home.boxed || f.typing.perIteration) return (from) => f.initialise(variable, home, from);
    f.initialise(variable, home);
  }
  return (from, type) => f.at(e.span, () => store(f, placeOf(f, e), assignable(f, from, type, f.typeOf(e))));
}

function assignable(f: Body, from: number, type: Type, target: Type): number {
  if (under(target).kind !== 'interface' || under(type).kind === 'interface') return from;
  const to = f.temp(2);
  f.emitSite(f.type(type), 'ToIface', to, from, f.type(type));
  return to;
}

export function rangeStatement(f: Body, s: RangeStmt): void {
  const label = f.pendingLabel;
  f.pendingLabel = undefined;
  const u = arrayPointerDeref(f.typeOf(s.x));
  f.scoped(() => {
    const [next, end] = [new Label(), new Label()];
    const run = (body: () => void): void => loopBody(f, label, end, next, () => f.scoped(body));
    if (isInteger(u)) rangeInteger(f, s, next, run);
    else if (isString(u)) rangeString(f, s, next, end, run);
    else if (u.kind === 'slice') rangeSlice(f, s, u.elem, next, run);
    else if (u.kind === 'array') rangeArray(f, s, u.elem, u.len, next, run);
    else if (u.kind === 'map') rangeMap(f, s, u.key, u.elem, next, end, run);
    else if (u.kind === 'chan') rangeChannel(f, s, u.elem, next, end, run);
    else throw new InternalError('range over', { kind: u.kind });
    f.place(end);
  });
}

type Run = (body: () => void) => void;

/** Counts `counter` from 0 while it is below `limit`, the body between. */
function counted(f: Body, s: RangeStmt, counter: number, limit: number, next: Label, body: () => void): void {
  const [top, test] = [new Label(), new Label()];
  f.emit('Const', counter, 0, 0);
  f.emit('Jump', test);
  f.place(top);
  body();
  f.place(next);
  f.emit('AddI', counter, counter, 1);
  f.place(test);
  f.at(s.x.span, () => f.emit('JltInt', counter, limit, top));
}

function rangeInteger(f: Body, s: RangeStmt, next: Label, run: Run): void {
  const type = (s.key && f.typing.typeOf(s.key)) ?? f.typeOf(s.x);
  const limit = f.temp(1);
  value(f, s.x, isInteger(type) ? type : Typ.int, limit);
  const counter = f.temp(1);
  const key = sinkOf(f, s, s.key);
  counted(f, s, counter, limit, next, () =>
    run(() => {
      key?.(counter, type);
      f.block(s.body);
    }),
  );
}

function rangeSlice(f: Body, s: RangeStmt, elem: Type, next: Label, run: Run): void {
  const slice = f.temp(2);
  f.expr(s.x, slice);
  const limit = f.temp(1);
  const counter = f.temp(1);
  f.emit('Word', limit, slice + 1);
  const key = sinkOf(f, s, s.key);
  const val = sinkOf(f, s, s.val);
  const stride = slotsOf(elem);
  counted(f, s, counter, limit, next, () =>
    run(() => {
      if (val) {
        const place: Place = { kind: 'element', slice, index: counter, stride, offset: 0, slots: stride };
        const from = f.at(s.x.span, () => load(f, place));
        key?.(counter, Typ.int);
        val(from, elem);
      } else key?.(counter, Typ.int);
      f.block(s.body);
    }),
  );
}

function rangeArray(f: Body, s: RangeStmt, elem: Type, length: number, next: Label, run: Run): void {
  const stride = slotsOf(elem);
  let source: ((counter: number) => number) | undefined;
  const val = sinkOf(f, s, s.val);
  if (val) {
    if (under(f.typeOf(s.x)).kind === 'pointer') {
      const pointer = f.temp(1);
      f.expr(s.x, pointer);
      source = (counter) => {
        const at = f.temp(1);
        f.emit('PtrIndex', at, pointer, counter, stride);
        return load(f, { kind: 'pointer', pointer: at, offset: 0, slots: stride, sure: true });
      };
    } else {
      const copy = f.temp(length * stride);
      f.expr(s.x, copy);
      source = (counter) => load(f, { kind: 'frameElement', base: copy, index: counter, stride, slots: stride });
    }
  }
  const limit = f.temp(1);
  const counter = f.temp(1);
  constant(f, intConst(length), Typ.int, limit);
  const key = sinkOf(f, s, s.key);
  counted(f, s, counter, limit, next, () =>
    run(() => {
      const from = source?.(counter);
      key?.(counter, Typ.int);
      if (from !== undefined) val?.(from, elem);
      f.block(s.body);
    }),
  );
}

function rangeString(f: Body, s: RangeStmt, next: Label, end: Label, run: Run): void {
  const text = f.temp(1);
  value(f, s.x, Typ.string, text);
  const limit = f.temp(1);
  const position = f.temp(1);
  const rune = f.temp(2); // the rune, and the position behind it
  const top = new Label();
  f.emit('Word', limit, text + 0.5);
  f.emit('Const', rune + 1, 0, 0);
  const key = sinkOf(f, s, s.key);
  const val = sinkOf(f, s, s.val);
  f.emit('Jump', next);
  f.place(top);
  f.emit('StrRune', rune, text, position);
  run(() => {
    key?.(position, Typ.int);
    val?.(rune, Typ.int32);
    f.block(s.body);
  });
  f.place(next);
  f.copy(position, rune + 1, 1);
  f.at(s.x.span, () => f.emit('JltInt', position, limit, top));
  f.emit('Jump', end);
}

function rangeMap(f: Body, s: RangeStmt, keyType: Type, elem: Type, next: Label, end: Label, run: Run): void {
  const iterator = f.temp(3);
  const map = f.expr(s.x);
  f.at(s.x.span, () => f.emit('MapIter', iterator, map));
  const key = sinkOf(f, s, s.key);
  const val = sinkOf(f, s, s.val);
  const keySlot = f.temp(slotsOf(keyType));
  const valSlot = f.temp(slotsOf(elem));
  f.place(next);
  f.at(s.x.span, () => f.emit('MapNext', iterator, key ? keySlot : -1, val ? valSlot : -1, end));
  run(() => {
    key?.(keySlot, keyType);
    val?.(valSlot, elem);
    f.block(s.body);
  });
  f.emit('Jump', next);
}

function rangeChannel(f: Body, s: RangeStmt, elem: Type, next: Label, end: Label, run: Run): void {
  const channel = f.temp(1);
  f.expr(s.x, channel);
  const received = f.temp(slotsOf(elem));
  const ok = f.temp(1);
  const key = sinkOf(f, s, s.key);
  f.place(next);
  f.at({ start: s.span.start, end: s.x.span.end }, () => {
    f.emit('Recv', received, channel, ok);
    f.emit('JumpIfNot', ok, end);
  });
  run(() => {
    key?.(received, elem);
    f.block(s.body);
  });
  f.emit('Jump', next);
}
