/** This file checks calls of Interlane's built-ins: work, syscall, netwait and assert. */
import type { Call } from '../ast';
import { isBoolean, isUntyped, isValid } from '../predicates';
import { Typ } from '../universe';
import { assignment } from './assignable';
import type { Checker } from './checker';
import { durationType } from './literals';
import { operand, operandString, type Operand } from './operand';
import { updateType } from './untyped';

/** Gives the result of the call, or undefined after reporting. */
export function laneBuiltinCall(c: Checker, e: Call, args: Operand[]): Operand | undefined {
  const call = c.typing.callOf(e);
  const name = call?.kind === 'builtin' ? call.name : '';
  const result = operand('novalue', { kind: 'tuple', types: [] }, e);
  const [first, second, third] = args;
  if (name !== 'assert') {
    assignment(c, first!, durationType(c), `argument to ${name}`);
    return first!.mode === 'invalid' ? undefined : result;
  }
  if (third) {
    c.error(
      'type.argument-count',
      third.expr,
      'too many arguments in call to assert\n\thave more than 2\n\twant (bool, string)',
    );
    return undefined;
  }
  if (!isBoolean(first!.type)) {
    if (isValid(first!.type)) {
      c.error(
        'type.assignment',
        first!.expr,
        `cannot use ${operandString(first!, c.pkg)} as bool value in argument to assert`,
      );
    }
    return undefined;
  }
  if (isUntyped(first!.type)) updateType(c, first!.expr, Typ.bool, true);
  if (second) assignment(c, second, Typ.string, 'argument to assert');
  return second?.mode === 'invalid' ? undefined : result;
}
