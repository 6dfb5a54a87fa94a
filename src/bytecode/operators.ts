/** This file compiles arithmetic, comparisons and conditions. */
import { InternalError } from '../base/assert';
import type { Binary, BinaryOp, Expr, Unary } from '../lang/ast';
import { chainOf } from '../lang/chains';
import { isBoolean, isFloat, isInteger, isInterface, isString, isUnsigned, under } from '../lang/predicates';
import type { BasicName, Type } from '../lang/types';
import { Label } from './assembler';
import type { Body } from './body';
import { smallInteger } from './constants';
import { sparseBlock, sparseLiteral } from './literals';
import type { OpName } from './op';
import { addressOf } from './places';

/** What cuts a 64-bit result back to a narrower type. */
const WRAPS: Partial<Record<BasicName, OpName>> = {
  int8: 'Ext8', int16: 'Ext16', int32: 'Ext32', 'untyped rune': 'Ext32',
  uint8: 'ExtU8', uint16: 'ExtU16', uint32: 'ExtU32',
}; // prettier-ignore

function basicName(type: Type): BasicName {
  const u = under(type);
  return u.kind === 'basic' ? u.name : 'uintptr';
}

/** Wraps the integer at `slot` to its type, or rounds a float32. */
export function wrap(f: Body, slot: number, type: Type): void {
  const name = basicName(type);
  const op = name === 'float32' ? 'Round32' : WRAPS[name];
  if (op !== undefined) f.emit(op, slot, slot);
}

interface Arithmetic {
  readonly signed: OpName;
  readonly unsigned: OpName;
  readonly float?: OpName;
  /** With a small constant on the right. */
  readonly immediate?: OpName;
  /** Whether the result of narrow operands may leave their range. */
  readonly wraps: boolean;
}

const ARITHMETIC: Partial<Record<BinaryOp, Arithmetic>> = {
  '+': { signed: 'AddInt', unsigned: 'AddInt', float: 'AddF', immediate: 'AddI', wraps: true },
  '-': { signed: 'SubInt', unsigned: 'SubInt', float: 'SubF', wraps: true },
  '*': { signed: 'MulInt', unsigned: 'MulInt', float: 'MulF', immediate: 'MulI', wraps: true },
  '/': { signed: 'DivInt', unsigned: 'DivUint', float: 'DivF', wraps: true },
  '%': { signed: 'ModInt', unsigned: 'ModUint', wraps: false },
  '&': { signed: 'And', unsigned: 'And', immediate: 'AndI', wraps: false },
  '|': { signed: 'Or', unsigned: 'Or', wraps: false },
  '^': { signed: 'Xor', unsigned: 'Xor', wraps: false },
  '&^': { signed: 'AndNot', unsigned: 'AndNot', wraps: false },
};

/** to ← x op y for operands already in slots, of type `type` (shifts: y of type `countType`). `small`: y when it is a small constant. */
export function arithmetic(
  f: Body,
  op: BinaryOp,
  type: Type,
  to: number,
  x: number,
  y: () => number,
  small?: number,
  countType?: Type,
): void {
  if (op === '<<' || op === '>>') {
    shift(f, op, type, to, x, y, small, countType);
    return;
  }
  if (isString(type)) {
    concat(f, to, x, y());
    return;
  }
  const row = ARITHMETIC[op];
  if (row === undefined) throw new InternalError('operator', { op });
  const unsigned = isUnsigned(type);
  if (isFloat(type)) f.emit(row.float!, to, x, y());
  else if (small !== undefined && op === '-') f.emit('AddI', to, x, -small);
  else if (small !== undefined && row.immediate !== undefined) f.emit(row.immediate, to, x, small);
  else f.emit(unsigned ? row.unsigned : row.signed, to, x, y());
  if (row.wraps) wrap(f, to, type);
}

function concat(f: Body, to: number, x: number, y: number): void {
  const pair = f.temp(2);
  f.copy(pair, x, 1);
  f.copy(pair + 1, y, 1);
  f.emit('Concat', to, pair, 2);
}

function shift(
  f: Body,
  op: '<<' | '>>',
  type: Type,
  to: number,
  x: number,
  y: () => number,
  small?: number,
  countType?: Type,
): void {
  const unsigned = isUnsigned(type);
  const ops: readonly [OpName, OpName] = op === '<<' ? ['Shl', 'ShlI'] : unsigned ? ['ShrU', 'ShrUI'] : ['Shr', 'ShrI'];
  if (small === undefined) {
    const count = y();
    if (countType && !isUnsigned(countType)) f.emit('ShiftCount', count);
    f.emit(ops[0], to, x, count);
  } else if (small < 64) f.emit(ops[1], to, x, small);
  else if (op === '>>' && !unsigned) f.emit('ShrI', to, x, 63);
  else f.emit('Const', to, 0, 0);
  if (op === '<<') wrap(f, to, type);
}

const COMPARISONS = new Set<BinaryOp>(['==', '!=', '<', '<=', '>', '>=']);

/** Value of a binary expression that is no constant. */
export function binary(f: Body, e: Binary, into?: number): number {
  if (e.op === '&&' || e.op === '||') return logical(f, e, into);
  if (COMPARISONS.has(e.op)) return comparison(f, e, into);
  if (e.op === '+' && isString(f.typeOf(e))) return concatenation(f, e, into);
  const mark = f.mark();
  const chain = chainOf(e, (x) => isArithmetic(f, x));
  let x = f.value(chain[0]!.x, f.typeOf(chain[0]!));
  for (const link of chain) x = f.at(link.span, () => operation(f, link, x, mark, link === e ? into : undefined));
  return x;
}

/** Whether an operand is computed like the operation that it belongs to. */
function isArithmetic(f: Body, e: Binary): boolean {
  const other = e.op === '&&' || e.op === '||' || COMPARISONS.has(e.op) || isString(f.typeOf(e));
  return !other && f.constantOf(e) === undefined;
}

/** `x op e.y`; `mark`: the top of the frame before x. */
function operation(f: Body, e: Binary, x: number, mark: number, into?: number): number {
  const isShift = e.op === '<<' || e.op === '>>';
  const small = smallInteger(f, e.y);
  const usable = small !== undefined && small >= 0 ? small : isShift ? undefined : small;
  const takesSmall = isShift || e.op === '-' || ARITHMETIC[e.op]?.immediate !== undefined;
  const y =
    usable !== undefined && takesSmall && !isFloat(f.typeOf(e))
      ? -1
      : isShift
        ? f.expr(e.y)
        : f.value(e.y, f.typeOf(e));
  f.release(mark);
  const to = into ?? f.temp(1);
  arithmetic(f, e.op, f.typeOf(e), to, x, () => y, y < 0 ? usable : undefined, f.typeOf(e.y));
  return to;
}

/** a + b + c … of strings in one instruction. */
function concatenation(f: Body, e: Binary, into?: number): number {
  const parts = concatenated(f, e);
  const mark = f.mark();
  const from = f.temp(parts.length);
  parts.forEach((part, i) => f.value(part, f.typeOf(e), from + i));
  f.release(mark);
  const to = into ?? f.temp(1);
  f.at(e.span, () => f.emit('Concat', to, from, parts.length));
  return to;
}

/** The strings that are joined, in order; parentheses make no difference. */
function concatenated(f: Body, e: Expr): Expr[] {
  const parts: Expr[] = [];
  const rest = [e];
  for (let x = rest.pop(); x; x = rest.pop()) {
    if (x.kind === 'Paren') rest.push(x.x);
    else if (x.kind === 'Binary' && x.op === '+' && f.constantOf(x) === undefined) rest.push(x.y, x.x);
    else parts.push(x);
  }
  return parts;
}

function logical(f: Body, e: Expr, into?: number): number {
  const to = into ?? f.temp(1);
  const mark = f.mark();
  const isFalse = new Label();
  const end = new Label();
  f.condition(e, isFalse, false);
  f.emit('Const', to, 1, 0);
  f.emit('Jump', end);
  f.place(isFalse);
  f.emit('Const', to, 0, 0);
  f.place(end);
  f.release(mark);
  return to;
}

/** How two operands are compared, and their common type. */
type Class = 'signed' | 'unsigned' | 'float' | 'string' | 'word' | 'value' | 'nil';

function comparisonClass(f: Body, e: Binary): { kind: Class; type: Type } {
  const x = f.typeOf(e.x);
  const y = f.typeOf(e.y);
  if (f.typing.modeOf(e.x) === 'nil') return { kind: 'nil', type: y };
  if (f.typing.modeOf(e.y) === 'nil') return { kind: 'nil', type: x };
  const type = isInterface(x) ? x : isInterface(y) ? y : f.constantOf(e.x) !== undefined ? y : x;
  if (isString(type)) return { kind: 'string', type };
  if (isFloat(type)) return { kind: 'float', type };
  if (isInteger(type)) return { kind: isUnsigned(type) ? 'unsigned' : 'signed', type };
  const u = under(type);
  const isWord =
    u.kind === 'basic' || u.kind === 'pointer' || u.kind === 'chan' || u.kind === 'map' || u.kind === 'signature';
  return { kind: isWord ? 'word' : 'value', type };
}

const VALUE_OPS: Readonly<Record<'signed' | 'unsigned' | 'float' | 'string', { lt: OpName; le: OpName; eq: OpName }>> =
  {
    signed: { lt: 'LtInt', le: 'LeInt', eq: 'EqInt' },
    unsigned: { lt: 'LtUint', le: 'LeUint', eq: 'EqInt' },
    float: { lt: 'LtF', le: 'LeF', eq: 'EqF' },
    string: { lt: 'LtStr', le: 'LeStr', eq: 'EqStr' },
  };

/** Bool of a comparison. */
function comparison(f: Body, e: Binary, into?: number): number {
  const { kind, type } = comparisonClass(f, e);
  const mark = f.mark();
  if (kind === 'nil') {
    const value = f.expr(f.typing.modeOf(e.x) === 'nil' ? e.y : e.x);
    f.release(mark);
    const to = into ?? f.temp(1);
    f.at(e.span, () => f.emit(e.op === '==' ? 'EqI' : 'NeI', to, value, 0));
    return to;
  }
  const x = f.value(e.x, type);
  const y = f.value(e.y, type);
  f.release(mark);
  const to = into ?? f.temp(1);
  f.at(e.span, () => compareValues(f, e.op, kind, type, to, x, y));
  return to;
}

function compareValues(f: Body, op: BinaryOp, kind: Class, type: Type, to: number, x: number, y: number): void {
  if (op === '==' || op === '!=') {
    if (kind === 'value') f.emit('EqVal', to, x, y, f.type(type), 0);
    else if (op === '!=' && kind !== 'float' && kind !== 'string') {
      f.emit('NeInt', to, x, y);
      return;
    } else f.emit(kind === 'float' || kind === 'string' ? VALUE_OPS[kind].eq : 'EqInt', to, x, y);
    if (op === '!=') f.emit('Not', to, to);
    return;
  }
  const ops = VALUE_OPS[kind === 'word' || kind === 'value' || kind === 'nil' ? 'signed' : kind];
  if (op === '<') f.emit(ops.lt, to, x, y);
  else if (op === '<=') f.emit(ops.le, to, x, y);
  else if (op === '>') f.emit(ops.lt, to, y, x);
  else f.emit(ops.le, to, y, x);
}

/** Bool at `to` of x == y, both of type `type`; for switches. */
export function equals(f: Body, type: Type, to: number, x: number, y: number): void {
  const kind: Class = isString(type)
    ? 'string'
    : isFloat(type)
      ? 'float'
      : isInteger(type) || isBoolean(type)
        ? 'signed'
        : 'value';
  compareValues(f, '==', kind, type, to, x, y);
}

const NEGATED: Partial<Record<BinaryOp, BinaryOp>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
const IMMEDIATE_JUMPS: Partial<Record<BinaryOp, OpName>> = {
  '==': 'JeqI',
  '!=': 'JneI',
  '<': 'JltI',
  '<=': 'JleI',
  '>': 'JgtI',
  '>=': 'JgeI',
};
const MIRRORED: Partial<Record<BinaryOp, BinaryOp>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Jumps to `target` when the condition is `when`. */
export function condition(f: Body, e: Expr, target: Label, when: boolean): void {
  const known = f.constantOf(e);
  if (known?.kind === 'bool') {
    if (known.v === when) f.emit('Jump', target);
    return;
  }
  if (e.kind === 'Paren') {
    condition(f, e.x, target, when);
    return;
  }
  if (e.kind === 'Unary' && e.op === '!') {
    condition(f, e.x, target, !when);
    return;
  }
  if (e.kind === 'Binary' && (e.op === '&&' || e.op === '||')) {
    shortCircuit(f, e, target, when);
    return;
  }
  const mark = f.mark();
  if (!(e.kind === 'Binary' && COMPARISONS.has(e.op) && fusedJump(f, e, target, when))) {
    const slot = f.expr(e);
    f.at(e.span, () => f.emit(when ? 'JumpIf' : 'JumpIfNot', slot, target));
  }
  f.release(mark);
}

function shortCircuit(f: Body, e: Binary, target: Label, when: boolean): void {
  const decidedBy = e.op === '||'; // the value of an operand that decides
  const chain = chainOf(e, (x) => x.op === e.op && f.constantOf(x) === undefined);
  const end = new Label();
  const decided = decidedBy === when ? target : end;
  for (const operand of [chain[0]!.x, ...chain.slice(0, -1).map(({ y }) => y)])
    condition(f, operand, decided, decidedBy);
  condition(f, e.y, target, when);
  f.place(end);
}

/** Compare and branch in one instruction, where there is one. */
function fusedJump(f: Body, e: Binary, target: Label, when: boolean): boolean {
  const { kind, type } = comparisonClass(f, e);
  const op = when ? e.op : NEGATED[e.op]!;
  if (kind === 'nil') {
    const slot = f.expr(f.typing.modeOf(e.x) === 'nil' ? e.y : e.x);
    f.at(e.span, () => f.emit(op === '==' ? 'JeqI' : 'JneI', slot, 0, target));
    return true;
  }
  if (kind === 'float' || kind === 'string' || kind === 'value') return false;
  const right = smallInteger(f, e.y);
  const left = smallInteger(f, e.x);
  const small = right ?? left;
  const equality = op === '==' || op === '!=';
  if (small !== undefined && (kind === 'signed' || equality) && isInteger(type)) {
    const slot = f.value(right !== undefined ? e.x : e.y, type);
    const jump = IMMEDIATE_JUMPS[right !== undefined ? op : MIRRORED[op]!]!;
    f.at(e.span, () => f.emit(jump, slot, small, target));
    return true;
  }
  const x = f.value(e.x, type);
  const y = f.value(e.y, type);
  f.at(e.span, () => jumpCompared(f, op, kind === 'unsigned', x, y, target));
  return true;
}

function jumpCompared(f: Body, op: BinaryOp, unsigned: boolean, x: number, y: number, target: Label): void {
  if (op === '==') f.emit('JeqInt', x, y, target);
  else if (op === '!=') f.emit('JneInt', x, y, target);
  else {
    const [a, b] = op === '<' || op === '<=' ? [x, y] : [y, x];
    const strict = op === '<' || op === '>';
    f.emit(unsigned ? (strict ? 'JltUint' : 'JleUint') : strict ? 'JltInt' : 'JleInt', a, b, target);
  }
}

/** Value of a unary expression that is no constant; receives are elsewhere. */
export function unary(f: Body, e: Unary, into?: number): number {
  if (e.op === '&') return addressExpression(f, e, into);
  const type = f.typeOf(e);
  const mark = f.mark();
  const x = f.value(e.x, type);
  if (e.op === '+') return into === undefined ? x : (f.copy(into, x, 1), into);
  f.release(mark);
  const to = into ?? f.temp(1);
  f.at(e.span, () => {
    if (e.op === '!') f.emit('Not', to, x);
    else if (e.op === '-') f.emit(isFloat(type) ? 'NegF' : 'Neg', to, x);
    else f.emit('Com', to, x);
    if (e.op !== '!' && !isFloat(type)) wrap(f, to, type);
  });
  return to;
}

function addressExpression(f: Body, e: Unary, into?: number): number {
  let x = e.x;
  while (x.kind === 'Paren') x = x.x;
  if (x.kind === 'CompositeLit') {
    const sparse = sparseLiteral(f, x, f.typeOf(x));
    if (sparse) return sparseBlock(f, sparse, f.typeOf(x), into);
    const value = f.expr(x);
    const slots = f.unit.types.types[f.type(f.typeOf(x))]!.slots;
    const to = into ?? f.temp(1);
    f.at(e.span, () => f.emitSite(f.type(f.typeOf(x)), 'NewOf', to, value, f.type(f.typeOf(x)), slots));
    return to;
  }
  const place = f.rules.place(f, x);
  return f.at(e.span, () => addressOf(f, place, into));
}
