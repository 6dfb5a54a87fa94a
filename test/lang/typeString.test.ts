/** This file tests that the text of a type takes as many steps as it has characters, whatever the type: members that are not shown are not looked at. */
import assert from 'node:assert/strict';
import { typeString } from '../../src/lang/typeString';
import type { FieldObj, MethodObj, Signature, Type, VarObj } from '../../src/lang/types';
import { Typ } from '../../src/lang/universe';
import { counted } from '../support/counted';

const base = { type: Typ.int, pkg: 'main', file: 0 };
const many = <T>(n: number, member: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => member(i));
const field = (i: number): FieldObj => ({ ...base, kind: 'field', name: `f${i}`, embedded: false });
const variable = (i: number): VarObj => ({ ...base, kind: 'var', name: `v${i}` }) as VarObj;
const signature = (params: readonly VarObj[], results: readonly VarObj[]): Signature => ({ kind: 'signature', params, results, variadic: false }); // prettier-ignore
const method = (i: number): MethodObj => ({ ...base, kind: 'method', name: `m${i}`, signature: signature([], []) }); // prettier-ignore

/** Types of so many members, each with the list of them counted. */
const TYPES: Readonly<Record<string, (n: number) => { type: Type; reads: () => number }>> = {
  'a struct': (n) => {
    const { items, reads } = counted(many(n, field));
    return { type: { kind: 'struct', fields: items }, reads };
  },
  'an interface': (n) => {
    const { items, reads } = counted(many(n, method));
    return { type: { kind: 'interface', methods: items } as unknown as Type, reads };
  },
  parameters: (n) => {
    const { items, reads } = counted(many(n, variable));
    return { type: signature(items, []), reads };
  },
  results: (n) => {
    const { items, reads } = counted(many(n, variable));
    return { type: signature([], items), reads };
  },
  'several values': (n) => {
    const { items, reads } = counted(many<Type>(n, () => Typ.int));
    return { type: { kind: 'tuple', types: items }, reads };
  },
};

suite('the text of a type', () => {
  for (const [name, of] of Object.entries(TYPES))
    test(name, () => {
      const [few, large, larger] = [of(20), of(1000), of(10_000)];
      assert.ok(!typeString(few.type).includes('…'));
      const text = typeString(large.type);
      assert.match(text, /…[)}]+$/);
      assert.equal(text, typeString(larger.type));
      assert.ok(larger.reads() <= 1000, `${larger.reads()} reads for ${text.length} characters`);
      assert.equal(larger.reads(), large.reads());
    });
});
