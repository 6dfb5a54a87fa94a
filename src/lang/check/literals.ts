/** This file checks literals: numbers and strings, functions, and composite literals. */
import type { BasicLit, CompositeLit, Expr, FuncLit } from '../ast';
import { represent } from '../constants';
import { constString } from '../constantText';
import { exprString } from '../exprString';
import { literalValue } from '../literalValue';
import { isExported } from '../lookup';
import { memberIndex } from '../members';
import { deref, identical, isInterface, isValid, under } from '../predicates';
import { bitLength } from '../bigints';
import { realKey } from '../real';
import type { ConstValue, MapT, Struct, Type } from '../types';
import { Typ } from '../universe';
import { assignment } from './assignable';
import type { Checker } from './checker';
import { expr, use } from './evaluate';
import { constantIndex } from './indexing';
import { importPackage } from './names';
import { invalidOperand, operand, type Operand } from './operand';
import { names, whyNoMember } from './selectors';
import { renames } from './suggestions';
import { typeExpr } from './typeExprs';
import { composed } from './typeSizes';
import { unsupportedComplex } from './unsupported';

const LITERAL_TYPES = {
  int: Typ['untyped int'],
  float: Typ['untyped float'],
  char: Typ['untyped rune'],
  string: Typ['untyped string'],
  size: Typ['untyped int'],
} as const;

/** Untyped integers may have this many bits, as in Go. */
export const MAX_CONST_BITS = 512;
/** And literals that are numbers this many characters (go/types, expr.go). */
const MAX_NUMBER_LENGTH = 10_000;

export function basicLit(c: Checker, e: BasicLit): Operand {
  if (e.lit === 'imag') {
    return unsupportedComplex(c, e);
  }
  if (e.lit !== 'string' && e.raw.length > MAX_NUMBER_LENGTH) {
    c.error('type.overflow', e, `excessively long constant: ${e.raw.slice(0, 10)}... (${e.raw.length} chars)`);
    return invalidOperand(e);
  }
  const value = literalValue(e.lit, e.raw);
  if (!value) {
    // Of anything else that is malformed the scanner has said so.
    if (e.lit === 'float' && !c.isIncomplete(c.env.file)) c.error('type.overflow', e, `malformed constant: ${e.raw}`);
    return invalidOperand(e);
  }
  if (value.kind === 'int' && bitLength(value.v) > MAX_CONST_BITS) {
    c.error('type.overflow', e, 'constant overflow');
    return invalidOperand(e);
  }
  if (e.lit !== 'duration') return operand('constant', LITERAL_TYPES[e.lit], e, value);
  if (!represent(value, Typ.int64)) {
    c.error('type.overflow', e, `cannot use ${e.raw} as time.Duration value (overflows)`);
    return invalidOperand(e);
  }
  return operand('constant', durationType(c), e, value);
}

/** The type `time.Duration`; int64 where no package `time` can be imported. */
export function durationType(c: Checker): Type {
  const object = importPackage(c, 'time')?.scope.names.get('Duration');
  return object?.kind === 'typename' ? object.type : (c.packageScope.names.get('Duration')?.type ?? Typ.int64);
}

export function funcLit(c: Checker, e: FuncLit): Operand {
  const scope = c.newScope(e.span);
  const type = c.rules.signature(c, e, e.signature, scope);
  c.typing.record(e.signature, 'type', type);
  const body = (): void => c.rules.funcBody(c, e, type, scope, e.body);
  // At package level the body may use what is declared later; in a function it must be checked before the scope around it changes.
  if (c.env.func) body();
  else c.later(body);
  return operand('value', type, e);
}

// ---------------------------------------------------------------- composite literals

/** Checks `T{…}`, or `{…}` with the element type `hint`. */
export function compositeLit(c: Checker, e: CompositeLit, hint: Type | undefined): Operand {
  let type: Type;
  if (e.typeExpr) {
    const autoArray = e.typeExpr.kind === 'ArrayType' && e.typeExpr.len === 'auto';
    if (e.typeExpr.kind === 'ArrayType' && autoArray) return openArray(c, e, e.typeExpr);
    type = typeExpr(c, e.typeExpr);
  } else if (hint) {
    type = hint;
  } else {
    c.error('type.literal', e, 'missing type in composite literal');
    useElements(c, e);
    return invalidOperand(e);
  }
  if (!isValid(type)) {
    useElements(c, e);
    return invalidOperand(e);
  }
  const base = e.typeExpr ? type : literalBase(type);
  const u = under(base);
  switch (u.kind) {
    case 'struct':
      structElements(c, e, u, base);
      break;
    case 'array':
      indexedElements(c, e.elements, u.elem, u.len);
      break;
    case 'slice':
      // Its elements stand in an array of their own.
      composed(c, e, { kind: 'array', elem: u.elem, len: indexedElements(c, e.elements, u.elem, -1) });
      break;
    case 'map':
      mapElements(c, e, u);
      break;
    default:
      useElements(c, e);
      if (isValid(u))
        c.error('type.literal', e, `invalid composite literal${e.typeExpr ? '' : ' element'} type ${c.name(type)}`);
      return invalidOperand(e);
  }
  return operand('value', type, e);
}

/** The type of the elided literal's elements: `&T` is left out in `[]*T{{…}}`. */
function literalBase(type: Type): Type {
  const u = under(type);
  return u.kind === 'pointer' ? deref(u).type : type;
}

function useElements(c: Checker, e: CompositeLit): void {
  for (const element of e.elements) {
    const value = element.kind === 'KeyValue' ? element.val : element;
    if (value.kind === 'CompositeLit' && !value.typeExpr) useElements(c, value);
    else use(c, value);
  }
}

function openArray(c: Checker, e: CompositeLit, typeSyntax: Extract<Expr, { kind: 'ArrayType' }>): Operand {
  const elem = typeExpr(c, typeSyntax.elem);
  if (!isValid(elem)) {
    useElements(c, e);
    return invalidOperand(e);
  }
  const type = composed(c, e, { kind: 'array', elem, len: indexedElements(c, e.elements, elem, -1) });
  if (!isValid(type)) return invalidOperand(e);
  c.typing.record(typeSyntax, 'type', type);
  return operand('value', type, e);
}

function structElements(c: Checker, e: CompositeLit, struct: Struct, type: Type): void {
  const [first] = e.elements;
  if (!first) return;
  if (first.kind === 'KeyValue') keyedFields(c, e, struct, type);
  else positionalFields(c, e, struct, type);
}

const MIXED = 'mixture of field:value and value elements in struct literal';

function keyedFields(c: Checker, e: CompositeLit, struct: Struct, type: Type): void {
  const visited = new Set<number>();
  const pkg = type.kind === 'named' ? type.object.pkg : c.pkg;
  for (const element of e.elements) {
    if (element.kind !== 'KeyValue') {
      c.error('type.literal', element, MIXED);
      use(c, element);
      continue;
    }
    const key = element.key;
    const index = key.kind === 'Ident' ? fieldIndex(struct, key.name, pkg === c.pkg) : -1;
    const field = struct.fields[index];
    const x = expr(c, element.val);
    if (key.kind !== 'Ident') {
      c.error('type.literal', element, `invalid field name ${exprString(key)} in struct literal`);
    } else if (!field) {
      c.error('type.member', key, whyNoMember(c, type, key.name, false, true), {
        fixes: () => renames(c, key.span, key.name, names(struct.fields)),
      });
    } else {
      c.typing.setObject(key, field);
      c.typing.setType(key, field.type);
      assignment(c, x, field.type, 'struct literal');
      if (visited.has(index)) c.error('type.duplicate', element, `duplicate field name ${key.name} in struct literal`);
      visited.add(index);
    }
  }
}

function fieldIndex(struct: Struct, name: string, isLocal: boolean): number {
  return name !== '_' && (isLocal || isExported(name)) ? memberIndex(struct.fields, name) : -1;
}

function positionalFields(c: Checker, e: CompositeLit, struct: Struct, type: Type): void {
  const pkg = type.kind === 'named' ? type.object.pkg : c.pkg;
  for (const [i, element] of e.elements.entries()) {
    if (element.kind === 'KeyValue') {
      c.error('type.literal', element, MIXED);
      use(c, element.val);
      continue;
    }
    const field = struct.fields[i];
    const x = expr(c, element);
    if (!field) {
      c.error('type.literal', element, `too many values in struct literal of type ${c.name(type)}`);
      for (const rest of e.elements.slice(i + 1)) use(c, rest);
      return;
    }
    if (!isExported(field.name) && pkg !== c.pkg) {
      c.error(
        'type.unexported',
        element,
        `implicit assignment to unexported field ${field.name} in struct literal of type ${c.name(type)}`,
      );
      continue;
    }
    assignment(c, x, field.type, 'struct literal');
  }
  if (e.elements.length < struct.fields.length) {
    const brace = { start: e.span.end - 1, end: e.span.end };
    c.error('type.literal', brace, `too few values in struct literal of type ${c.name(type)}`);
  }
}

/** Checks elements of an array or slice literal; gives the length it needs. */
function indexedElements(c: Checker, elements: readonly Expr[], elem: Type, length: number): number {
  const visited = new Set<number>();
  let index = 0;
  let max = 0;
  for (const element of elements) {
    let valid = true;
    let value = element;
    if (element.kind === 'KeyValue') {
      value = element.val;
      const at = constantIndex(c, element.key, length);
      if (at.index >= 0) index = at.index;
      else {
        valid = false;
        if (at.valid) c.error('type.index', element, `index ${exprString(element.key)} must be integer constant`);
      }
    } else if (length >= 0 && index >= length) {
      valid = false;
      c.error('type.index', element, `index ${index} is out of bounds (>= ${length})`);
    }
    if (valid && visited.has(index))
      c.error('type.duplicate', element, `duplicate index ${index} in array or slice literal`);
    if (valid) visited.add(index);
    index++;
    max = Math.max(max, index);
    assignment(c, expr(c, value, elem), elem, 'array or slice literal');
  }
  return max;
}

function mapElements(c: Checker, e: CompositeLit, map: MapT): void {
  const visited = new Map<string, Type[]>();
  for (const element of e.elements) {
    if (element.kind !== 'KeyValue') {
      c.error('type.literal', element, 'missing key in map literal');
      use(c, element);
      continue;
    }
    const key = expr(c, element.key, map.key);
    assignment(c, key, map.key, 'map literal');
    if (key.mode === 'constant' && key.value && isDuplicate(visited, key, isInterface(map.key))) {
      c.error('type.duplicate', element.key, `duplicate key ${constString(key.value)} in map literal`);
    }
    assignment(c, expr(c, element.val, map.elem), map.elem, 'map literal');
  }
}

/** Notes a constant key; true when it was there. Keys of an interface map are equal only if their types are. */
function isDuplicate(visited: Map<string, Type[]>, key: Operand, byType: boolean): boolean {
  const id = constKey(key.value!);
  const types = visited.get(id);
  if (!types) {
    visited.set(id, [key.type]);
    return false;
  }
  if (!byType || types.some((type) => identical(type, key.type))) return true;
  types.push(key.type);
  return false;
}

/** A text that is equal for equal constants. */
export function constKey(value: ConstValue): string {
  if (value.kind === 'string') return `s${value.v}`;
  if (value.kind === 'bool') return `b${value.v}`;
  return `n${value.kind === 'int' ? value.v : realKey(value.v)}`;
}
