/** This file checks index and slice expressions. */
import type { Expr, Index, SliceExpr } from '../ast';
import { represent, stringLength } from '../constants';
import { constString } from '../constantText';
import { isInteger, isString, isUntyped, isValid, under } from '../predicates';
import { byteType, Typ } from '../universe';
import { assignment } from './assignable';
import type { Checker } from './checker';
import { expr, exprOrType, use, useAll } from './evaluate';
import { invalidOperand, isInvalid, operand, type Operand, operandString } from './operand';
import { typeExpr } from './typeExprs';
import { convertUntyped } from './untyped';

export function indexExpr(c: Checker, e: Index): Operand {
  const x = exprOrType(c, e.x);
  if (x.mode === 'invalid') {
    useAll(c, e.indices);
    return invalidOperand(e);
  }
  if (x.mode === 'type') {
    typeExpr(c, e);
    return invalidOperand(e);
  }
  const [index, second] = e.indices;
  if (!index) return invalidOperand(e);
  if (second) c.error('type.index', second, 'invalid operation: more than one index');
  const u = under(x.type);
  switch (u.kind) {
    case 'basic': {
      if (!isString(u)) break;
      const length = x.mode === 'constant' && x.value?.kind === 'string' ? stringLength(x.value.v) : -1;
      if (isUntyped(x.type)) convertUntyped(c, x, Typ.string);
      constantIndex(c, index, length);
      return operand('value', byteType, e);
    }
    case 'array':
      constantIndex(c, index, u.len);
      return valid(operand(x.mode === 'variable' ? 'variable' : 'value', u.elem, e));
    case 'pointer': {
      const array = under(u.elem);
      if (array.kind !== 'array') break;
      constantIndex(c, index, array.len);
      return valid(operand('variable', array.elem, e));
    }
    case 'slice':
      constantIndex(c, index, -1);
      return valid(operand('variable', u.elem, e));
    case 'map':
      assignment(c, expr(c, index), u.key, 'map index');
      return valid(operand('mapindex', u.elem, e));
    default:
      break;
  }
  if (isValid(u) || x.mode === 'builtin') c.error('type.index', e, `cannot index ${operandString(x, c.pkg)}`);
  useAll(c, e.indices);
  return invalidOperand(e);
}

function valid(x: Operand): Operand {
  return isValid(x.type) ? x : invalidOperand(x.expr, x.type);
}

/** Checks an index; `index` is its value when constant, else -1. A constant must be below `max` when that is not negative. */
export function constantIndex(c: Checker, e: Expr, max: number): { valid: boolean; index: number } {
  const x = expr(c, e);
  if (!integerOperand(c, x, 'index')) return { valid: false, index: -1 };
  if (x.mode !== 'constant' || x.value?.kind !== 'int') return { valid: true, index: -1 };
  const value = Number(x.value.v);
  if (max >= 0 && value >= max) {
    c.error('type.index', e, `invalid argument: index ${constString(x.value)} out of bounds [0:${max}]`);
    return { valid: false, index: -1 };
  }
  return { valid: true, index: value };
}

/** Checks that the operand can be an index, a length or a capacity. */
function integerOperand(c: Checker, x: Operand, what: string): boolean {
  if (x.mode === 'invalid') return false;
  convertUntyped(c, x, Typ.int);
  if (isInvalid(x)) return false;
  const shown = (): string => operandString(x, c.pkg);
  if (!isInteger(x.type)) {
    c.error('type.index', x.expr, `invalid argument: ${what} ${shown()} must be integer`);
    return false;
  }
  if (x.mode !== 'constant' || x.value?.kind !== 'int') return true;
  if (x.value.v < 0n) {
    c.error('type.index', x.expr, `invalid argument: ${what} ${shown()} must not be negative`);
    return false;
  }
  if (!represent(x.value, Typ.int)) {
    c.error('type.index', x.expr, `invalid argument: ${what} ${shown()} overflows int`);
    return false;
  }
  return true;
}

export function sliceExpr(c: Checker, e: SliceExpr): Operand {
  const x = expr(c, e.x);
  if (x.mode === 'invalid') {
    use(c, e.low, e.high, e.max);
    return invalidOperand(e);
  }
  const shape = sliceable(c, e, x);
  if (!shape) {
    use(c, e.low, e.high, e.max);
    return invalidOperand(e);
  }
  const bounds: { value: number; at?: Expr }[] = [];
  for (const [i, index] of [e.low, e.high, e.max].entries()) {
    let value = -1;
    if (index) value = constantIndex(c, index, shape.length >= 0 ? shape.length + 1 : -1).index;
    else if (i === 0) value = 0;
    else if (shape.length >= 0) value = shape.length;
    bounds.push({ value, at: index });
  }
  checkOrder(c, bounds);
  return operand('value', shape.type, e);
}

/** Type of the result, and the length when it is known; undefined (reported) when the operand cannot be sliced. */
function sliceable(c: Checker, e: SliceExpr, x: Operand): { type: Operand['type']; length: number } | undefined {
  const u = under(x.type);
  switch (u.kind) {
    case 'basic': {
      if (!isString(u)) break;
      if (e.max) {
        c.error('type.slice', e.max, 'invalid operation: 3-index slice of string');
        return undefined;
      }
      const length = x.mode === 'constant' && x.value?.kind === 'string' ? stringLength(x.value.v) : -1;
      if (isUntyped(x.type)) convertUntyped(c, x, Typ.string);
      return { type: x.type, length };
    }
    case 'array':
      if (x.mode !== 'variable') {
        c.error('type.slice', e, `cannot slice unaddressable value ${operandString(x, c.pkg)}`);
        return undefined;
      }
      return { type: { kind: 'slice', elem: u.elem }, length: u.len };
    case 'pointer': {
      const array = under(u.elem);
      if (array.kind === 'array') return { type: { kind: 'slice', elem: array.elem }, length: array.len };
      break;
    }
    case 'slice':
      return { type: x.type, length: -1 };
    default:
      break;
  }
  if (isValid(u)) c.error('type.slice', e, `cannot slice ${operandString(x, c.pkg)}`);
  return undefined;
}

function checkOrder(c: Checker, bounds: readonly { value: number; at?: Expr }[]): void {
  for (const [i, { value }] of bounds.entries()) {
    if (value <= 0) continue;
    for (const later of bounds.slice(i + 1)) {
      if (later.at && later.value >= 0 && later.value < value) {
        c.error('type.slice', later.at, `invalid slice indices: ${later.value} < ${value}`);
        return;
      }
    }
  }
}
