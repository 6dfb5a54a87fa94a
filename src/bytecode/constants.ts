/** This file emits constants. */
import { highWord, lowWord } from '../base/int64';
import { InternalError } from '../base/assert';
import type { Expr } from '../lang/ast';
import { toInt } from '../lang/constants';
import { isFloat, isString } from '../lang/predicates';
import { integerReal, toNumber } from '../lang/real';
import type { ConstValue, Type } from '../lang/types';
import type { Body } from './body';

const bits = new DataView(new ArrayBuffer(8));

/** A constant of a type as a slot. */
export function constant(f: Body, value: ConstValue, type: Type, into?: number): number {
  const to = into ?? f.temp(1);
  if (value.kind === 'string') {
    const { offset, length } = f.unit.asm.string(value.v);
    f.emit('ConstStr', to, offset, length);
  } else if (value.kind === 'bool') f.emit('Const', to, value.v ? 1 : 0, 0);
  else if (isFloat(type)) {
    bits.setFloat64(
      0,
      toNumber(value.kind === 'float' ? value.v : integerReal(value.v), isFloat32(type) ? 'float32' : 'float64'),
    );
    f.emit('Const', to, bits.getInt32(4), bits.getInt32(0));
  } else if (isString(type)) throw new InternalError('numeric constant of string type');
  else {
    const integer = toInt(value);
    if (!integer) throw new InternalError('fraction of integer type');
    f.emit('Const', to, lowWord(integer.v), highWord(integer.v));
  }
  return to;
}

function isFloat32(type: Type): boolean {
  const u = type.kind === 'named' ? type.underlying : type;
  return u.kind === 'basic' && u.name === 'float32';
}

/** The value of an integer constant that fits an instruction (31 bits and sign); undefined when it is none. */
export function smallInteger(f: Body, e: Expr): number | undefined {
  const known = f.constantOf(e);
  const integer = known && !isFloat(f.typeOf(e)) ? toInt(known) : undefined;
  const n = integer ? Number(integer.v) : NaN;
  return n >= -0x7fffffff && n <= 0x7fffffff ? n : undefined;
}
