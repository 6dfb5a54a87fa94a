/** This file checks calls of Interlane's built-ins: work, syscall, netwait, assert, getpid and exit. */
import type { Call } from '../ast';
import { isBoolean, isUntyped, isValid } from '../predicates';
import { Typ } from '../universe';
import { assignment } from './assignable';
import type { Checker } from './checker';
import { durationType } from './literals';
import { operand, operandString, type Operand } from './operand';
import { updateType } from './untyped';

type Rule = (c: Checker, args: readonly Operand[], name: string) => boolean;

/** Whether the arguments fit; what does not is reported. */
const RULES: Readonly<Record<string, Rule>> = {
  work: takesDuration,
  syscall: takesDuration,
  netwait: takesDuration,
  assert: takesCondition,
  getpid: () => true,
  exit(c, args, name) {
    assignment(c, args[0]!, Typ.int, `argument to ${name}`);
    return args[0]!.mode !== 'invalid';
  },
};

/** Gives the result of the call, or undefined after reporting. */
export function laneBuiltinCall(c: Checker, e: Call, args: Operand[]): Operand | undefined {
  const call = c.typing.callOf(e);
  const name = call?.kind === 'builtin' ? call.name : '';
  if (!RULES[name]!(c, args, name)) return undefined;
  if (name === 'getpid') return operand('value', Typ.int, e);
  return operand('novalue', { kind: 'tuple', types: [] }, e);
}

function takesDuration(c: Checker, [first]: readonly Operand[], name: string): boolean {
  assignment(c, first!, durationType(c), `argument to ${name}`);
  return first!.mode !== 'invalid';
}

function takesCondition(c: Checker, [first, second, third]: readonly Operand[]): boolean {
  if (third) {
    c.error(
      'type.argument-count',
      third.expr,
      'too many arguments in call to assert\n\thave more than 2\n\twant (bool, string)',
    );
    return false;
  }
  if (!isBoolean(first!.type)) {
    if (isValid(first!.type)) {
      c.error(
        'type.assignment',
        first!.expr,
        `cannot use ${operandString(first!, c.pkg)} as bool value in argument to assert`,
      );
    }
    return false;
  }
  if (isUntyped(first!.type)) updateType(c, first!.expr, Typ.bool, true);
  if (second) assignment(c, second, Typ.string, 'argument to assert');
  return second?.mode !== 'invalid';
}
