/** This file checks unary and binary operators, shifts and comparisons. */
import type { Span } from '../../base/span';
import type { Binary, BinaryOp, Expr, Node, Unary } from '../ast';
import {
  basicUnder,
  binaryConst,
  boolConst,
  compareConst,
  INTEGER_BITS,
  represent,
  shiftConst,
  toInt,
  unaryConst,
} from '../constants';
import { exprString, unparen } from '../exprString';
import {
  compositeKind, defaultType, hasNil, identical, incomparable, isBoolean, isComparable, isInteger, isNumeric, isOrdered, isString,
  isUnsigned, isUntyped, isValid, under,
} from '../predicates'; // prettier-ignore
import type { Type } from '../types';
import { bitLength } from '../bigints';
import { isZeroReal } from '../real';
import { Typ } from '../universe';
import { assignableTo } from './assignable';
import type { Checker } from './checker';
import { expr } from './evaluate';
import { MAX_CONST_BITS } from './literals';
import { invalidOperand, isInvalid, operand, type Operand, operandString } from './operand';
import { composed } from './typeSizes';
import { convertUntyped, isComparison, matchTypes, representable, updateType } from './untyped';

// ---------------------------------------------------------------- unary

const UNARY_DEFINED: Readonly<Record<string, (type: Type) => boolean>> = {
  '+': isNumeric,
  '-': isNumeric,
  '^': isInteger,
  '!': isBoolean,
};

export function unary(c: Checker, e: Unary): Operand {
  const x = expr(c, e.x);
  if (x.mode === 'invalid') return invalidOperand(e);
  if (e.op === '&') return addressOf(c, e, x);
  if (e.op === '<-') return receive(c, e, x);
  if (e.op === '~') {
    c.error('type.operator', e, 'cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)');
    return invalidOperand(e);
  }
  if (!UNARY_DEFINED[e.op]!(x.type)) {
    c.error('type.operator', e, `invalid operation: operator ${e.op} not defined on ${operandString(x, c.pkg)}`);
    return invalidOperand(e);
  }
  if (x.mode !== 'constant' || !x.value) return operand('value', x.type, e);
  const basic = basicUnder(x.type);
  const bits = basic && isUnsigned(basic) ? INTEGER_BITS[basic.name] : undefined;
  const value = unaryConst(e.op, x.value, bits);
  if (!value) return invalidOperand(e);
  return withinRange(c, operand('constant', x.type, e, value));
}

function addressOf(c: Checker, e: Unary, x: Operand): Operand {
  if (unparen(e.x).kind !== 'CompositeLit' && x.mode !== 'variable') {
    c.error('type.address', e, `invalid operation: cannot take address of ${operandString(x, c.pkg)}`);
    return invalidOperand(e);
  }
  const type = composed(c, e, { kind: 'pointer', elem: x.type });
  return isValid(type) ? operand('value', type, e) : invalidOperand(e);
}

function receive(c: Checker, e: Unary, x: Operand): Operand {
  const elem = channelElem(c, e, x, true);
  if (!elem) return invalidOperand(e);
  c.env.hasCallOrReceive = true;
  if (!isValid(elem)) return invalidOperand(e, elem);
  return { ...operand('commaok', elem, e), use: 'statement' };
}

/** The element type of a channel that can be received from, or sent to; reports when it cannot. */
export function channelElem(c: Checker, at: Node, x: Operand, receiving: boolean): Type | undefined {
  const u = under(x.type);
  if (!isValid(u)) return undefined;
  let cause: string | undefined;
  if (u.kind !== 'chan') cause = 'non-channel';
  else if (receiving && u.dir === 'send') cause = 'send-only channel';
  else if (!receiving && u.dir === 'recv') cause = 'receive-only channel';
  if (u.kind === 'chan' && cause === undefined) return u.elem;
  const verb = receiving ? 'receive from' : 'send to';
  const message = `invalid operation: cannot ${verb} ${cause} ${c.name(x.type)} ${operandString(x, c.pkg)}`;
  c.error(receiving ? 'type.receive' : 'type.send', at, message);
  return undefined;
}

// ---------------------------------------------------------------- binary

const OPERATION_NAMES: Readonly<Record<string, string>> = {
  '+': 'addition', '-': 'subtraction', '^': 'bitwise XOR', '*': 'multiplication', '<<': 'shift',
}; // prettier-ignore

/** Bytes of a string constant. Doubled in each line of a text, it would soon be longer than any memory. */
const MAX_CONST_STRING = 1 << 24;

/** Checks that a constant result fits its type, the precision of untyped integers, or a string that can be kept. */
function withinRange(c: Checker, x: Operand): Operand {
  if (x.value?.kind === 'string' && x.value.v.length > MAX_CONST_STRING) {
    c.error('type.too-large', opPlace(x.expr), `constant string too long (more than ${MAX_CONST_STRING} bytes)`);
    return invalidOperand(x.expr);
  }
  const basic = basicUnder(x.type);
  if (!isUntyped(x.type)) {
    if (basic) representableResult(c, x);
    return x.mode === 'invalid' ? invalidOperand(x.expr) : x;
  }
  if (x.value?.kind === 'int' && bitLength(x.value.v) > MAX_CONST_BITS) {
    const e = x.expr;
    const name =
      e.kind === 'Binary'
        ? OPERATION_NAMES[e.op]
        : e.kind === 'Unary' && e.op === '^'
          ? 'bitwise complement'
          : undefined;
    c.error('type.overflow', opPlace(e), `constant ${name ? `${name} ` : ''}overflow`);
    return invalidOperand(e);
  }
  return x;
}

/** Where Go reports an operation: at its operator. */
function opPlace(e: Expr): Span | Expr {
  return 'opSpan' in e ? e.opSpan : e;
}

function representableResult(c: Checker, x: Operand): void {
  const basic = basicUnder(x.type)!;
  if (x.value && represent(x.value, basic)) {
    x.value = represent(x.value, basic);
    return;
  }
  representable(c, x, basic);
}

const BINARY_DEFINED: Readonly<Record<string, (type: Type) => boolean>> = {
  '+': (type) => isNumeric(type) || isString(type), '-': isNumeric, '*': isNumeric, '/': isNumeric, '%': isInteger,
  '&': isInteger, '|': isInteger, '^': isInteger, '&^': isInteger, '&&': isBoolean, '||': isBoolean,
}; // prettier-ignore

/** `e` of operands that are checked. */
export function binary(c: Checker, e: Binary, x: Operand, y: Operand): Operand {
  return binaryOperation(c, e, x, y, e.op, () => exprString(e));
}

/** `result` is the expression that stands for the outcome; `shown` its text for messages. */
export function binaryOperation(
  c: Checker,
  result: Expr,
  x: Operand,
  y: Operand,
  op: BinaryOp,
  shown: () => string,
): Operand {
  const [lhs, rhs] = [x.expr, y.expr];
  if (x.mode === 'invalid' || y.mode === 'invalid') return invalidOperand(result);
  if (op === '<<' || op === '>>') return shift(c, result, x, y, op);
  matchTypes(c, x, y);
  if (isInvalid(x)) return invalidOperand(result);
  if (isComparison(op)) return comparison(c, result, x, y, op);
  if (!identical(x.type, y.type)) {
    if (isValid(x.type) && isValid(y.type)) {
      c.error(
        'type.mismatched',
        lhs,
        `invalid operation: ${shown()} (mismatched types ${c.name(x.type)} and ${c.name(y.type)})`,
      );
    }
    return invalidOperand(result);
  }
  if (!BINARY_DEFINED[op]!(x.type)) {
    c.error('type.operator', lhs, `invalid operation: operator ${op} not defined on ${operandString(x, c.pkg)}`);
    return invalidOperand(result);
  }
  if ((op === '/' || op === '%') && isZero(y) && (x.mode === 'constant' || isInteger(x.type))) {
    c.error('type.division', rhs, 'invalid operation: division by zero');
    return invalidOperand(result);
  }
  if (x.mode !== 'constant' || y.mode !== 'constant' || !x.value || !y.value) return operand('value', x.type, result);
  const value = binaryConst(x.value, op, y.value, isInteger(x.type));
  if (value) return withinRange(c, operand('constant', x.type, result, value));
  c.error('type.overflow', opPlace(result), 'constant result is not representable');
  return invalidOperand(result);
}

function isZero(y: Operand): boolean {
  if (y.mode !== 'constant' || !y.value) return false;
  return y.value.kind === 'int' ? y.value.v === 0n : y.value.kind === 'float' && isZeroReal(y.value.v);
}

// ---------------------------------------------------------------- comparison

/** Checks `x op y`; the result is an untyped boolean. `inSwitch`: the text of the switch's operand, for a case. */
export function comparison(c: Checker, e: Expr, x: Operand, y: Operand, op: BinaryOp, inSwitch = false): Operand {
  if (!isValid(x.type) || !isValid(y.type)) return invalidOperand(e);
  const problem = comparisonProblem(c, x, y, op);
  if (problem) {
    const [left, right] = [exprString(x.expr), exprString(y.expr)];
    if (inSwitch) c.error(problem.code, x.expr, `invalid case ${left} in switch on ${right} (${problem.cause})`);
    else c.error(problem.code, problem.at, `invalid operation: ${left} ${op} ${right} (${problem.cause})`);
    return invalidOperand(e);
  }
  if (x.mode === 'constant' && y.mode === 'constant' && x.value && y.value) {
    return operand('constant', Typ['untyped bool'], e, boolConst(compareConst(x.value, op, y.value)));
  }
  updateType(c, x.expr, defaultType(x.type), true);
  updateType(c, y.expr, defaultType(y.type), true);
  return operand('value', Typ['untyped bool'], e);
}

interface Problem {
  readonly code: 'type.mismatched' | 'type.operator';
  readonly at: Expr;
  readonly cause: string;
}

function comparisonProblem(c: Checker, x: Operand, y: Operand, op: BinaryOp): Problem | undefined {
  if (!assignableTo(c, x, y.type).ok && !assignableTo(c, y, x.type).ok) {
    return { code: 'type.mismatched', at: y.expr, cause: `mismatched types ${c.name(x.type)} and ${c.name(y.type)}` };
  }
  const undefinedOn = (o: Operand): Problem => {
    const what = compositeKind(o.type) || c.name(o.type);
    return { code: 'type.operator', at: o.expr, cause: `operator ${op} not defined on ${what}` };
  };
  if (op !== '==' && op !== '!=') {
    if (!isOrdered(x.type)) return undefinedOn(x);
    return isOrdered(y.type) ? undefined : undefinedOn(y);
  }
  if (x.mode === 'nil' || y.mode === 'nil') {
    const type = x.mode === 'nil' ? y.type : x.type;
    const bothUntyped = x.mode === 'nil' && y.mode === 'nil' && isUntyped(type);
    return hasNil(type) && !bothUntyped ? undefined : undefinedOn(y);
  }
  for (const o of [x, y]) {
    if (isComparable(o.type, c.interrupt)) continue;
    const cause = incomparableCause(c, o.type);
    return cause ? { code: 'type.operator', at: o.expr, cause } : undefinedOn(o);
  }
  return undefined;
}

function incomparableCause(c: Checker, type: Type): string {
  const kind = under(type).kind;
  if (kind === 'slice' || kind === 'signature' || kind === 'map')
    return `${compositeKind(type)} can only be compared to nil`;
  return incomparable(type, c.name, c.interrupt) ?? '';
}

// ---------------------------------------------------------------- shifts

/** The largest constant shift count: enough to write the smallest float64 as a fraction. */
const MAX_SHIFT = 1023 - 1 + 52;

function shift(c: Checker, e: Expr, x: Operand, y: Operand, op: '<<' | '>>'): Operand {
  const xInt = x.mode === 'constant' && x.value ? toInt(x.value) : undefined;
  if (!isInteger(x.type) && !(isUntyped(x.type) && xInt)) {
    c.error('type.shift', x.expr, `invalid operation: shifted operand ${operandString(x, c.pkg)} must be integer`);
    return invalidOperand(e);
  }
  if (!shiftCount(c, y)) return invalidOperand(e);
  if (x.mode === 'constant' && xInt) {
    if (y.mode === 'constant' && y.value) {
      const count = toInt(y.value);
      if (!count || count.v > MAX_SHIFT) {
        c.error('type.shift', y.expr, `invalid operation: invalid shift count ${operandString(y, c.pkg)}`);
        return invalidOperand(e);
      }
      const type = isInteger(x.type) ? x.type : Typ['untyped int'];
      return withinRange(c, operand('constant', type, e, shiftConst(xInt.v, op, Number(count.v))));
    }
    if (isUntyped(x.type)) {
      // The left operand takes the type it would have without the shift; that is known only later.
      c.shiftOperands.add(x.expr);
      return operand('value', x.type, e);
    }
  }
  if (!isInteger(x.type)) {
    c.error('type.shift', x.expr, `invalid operation: shifted operand ${operandString(x, c.pkg)} must be integer`);
    return invalidOperand(e);
  }
  return operand('value', x.type, e);
}

/** Checks the right operand of a shift; false when it cannot be a count. */
function shiftCount(c: Checker, y: Operand): boolean {
  if (y.mode === 'constant' && y.value) {
    const count = toInt(y.value);
    if (count && count.v < 0n) {
      c.error('type.shift', y.expr, `invalid operation: negative shift count ${operandString(y, c.pkg)}`);
      return false;
    }
    if (isUntyped(y.type)) {
      convertUntyped(c, y, Typ.uint);
      return !isInvalid(y);
    }
    if (count) return true;
  } else if (isInteger(y.type)) {
    if (isUntyped(y.type)) convertUntyped(c, y, Typ.uint);
    return y.mode !== 'invalid';
  } else if (isUntyped(y.type)) {
    convertUntyped(c, y, Typ.uint);
    return y.mode !== 'invalid';
  }
  c.error('type.shift', y.expr, `invalid operation: shift count ${operandString(y, c.pkg)} must be integer`);
  return false;
}
