/**
 * This file tests which operations commute: the table says of every pair what executing it in both orders, in every state that three goroutines
 * can bring a small model of the object into, says of it.
 */
import assert from 'node:assert/strict';
import { relation } from '../../src/event/dependence';
import type { Relation } from '../../src/event/dependence';
import { OBJECT_CLASS, OBJECT_CLASSES, OPERATION_NAMES, Operation } from '../../src/event/operations';
import type { ObjectClass, OperationName } from '../../src/event/operations';
import { MODELS } from './objects';
import type { Action, Model, Outcome, State } from './objects';

const GOROUTINES = [1, 2, 3];
type Seen = 'commutes' | 'race' | 'enables';

const of = (objects: ObjectClass): OperationName[] => OPERATION_NAMES.filter((name) => OBJECT_CLASS[name] === objects);
const said = (earlier: OperationName, later: OperationName): Relation => relation(Operation[earlier], Operation[later]);

/** Every state that goroutines can bring a model into. */
function reachable(model: Model): State[] {
  const seen = new Map<string, State>();
  const queue = [...model.initial];
  for (let state = queue.pop(); state; state = queue.pop()) {
    const key = JSON.stringify(state);
    if (seen.has(key)) continue;
    seen.set(key, state);
    if (model.within?.(state) === false) continue;
    for (const g of GOROUTINES) {
      for (const action of model.actions) {
        const outcome = action(g, state);
        if (outcome) queue.push(outcome.state);
      }
    }
  }
  return [...seen.values()];
}

const same = (left: Outcome, right: Outcome): boolean =>
  left.kind === right.kind && JSON.stringify(left.result) === JSON.stringify(right.result);

/** What two actions, `x` by goroutine 1 and then `y` by goroutine 2, show in a state: pairs of kinds and how they relate there. */
function* show(x: Action, y: Action, state: State): Generator<[OperationName, OperationName, Seen]> {
  const first = x(1, state);
  if (!first) return;
  const second = y(2, first.state);
  const alone = y(2, state);
  if (!alone) {
    if (second) yield [first.kind, second.kind, 'enables'];
    return;
  }
  const after = x(1, alone.state);
  const equal = second && after && same(first, after) && same(second, alone);
  const how = equal && JSON.stringify(after.state) === JSON.stringify(second.state) ? 'commutes' : 'race';
  // As they stand before either is done, and as they turn out.
  for (const b of new Set([alone.kind, second?.kind ?? alone.kind])) yield [first.kind, b, how];
}

/** By pair of kinds: how they were seen to relate. */
function observe(model: Model): Map<string, Set<Seen>> {
  const pairs = new Map<string, Set<Seen>>();
  const note = (a: OperationName, b: OperationName, how: Seen): unknown =>
    (pairs.get(`${a} ${b}`) ?? pairs.set(`${a} ${b}`, new Set()).get(`${a} ${b}`)!).add(how);
  for (const state of reachable(model)) {
    for (const x of model.actions) {
      for (const y of model.actions) {
        for (const [a, b, how] of show(x, y, state)) {
          note(a, b, how);
          if (how === 'race') note(b, a, how);
        }
      }
    }
  }
  return pairs;
}

/** What the observations amount to. */
function verdict(seen: ReadonlySet<Seen> | undefined): string {
  if (seen?.has('race')) return 'race';
  if (seen?.has('enables')) return seen.has('commutes') ? 'match' : 'enables';
  return 'commutes';
}

suite('event: which operations commute', () => {
  for (const model of MODELS) {
    test(`${model.objects}: the table is what the model does`, () => {
      const pairs = observe(model);
      const kinds = of(model.objects);
      const table = kinds.flatMap((a) => kinds.map((b) => `${a} then ${b}: ${said(a, b).replace('balance', 'race')}`));
      const meant = kinds.flatMap((a) => kinds.map((b) => `${a} then ${b}: ${verdict(pairs.get(`${a} ${b}`))}`));
      assert.deepEqual(table, meant);
    });
  }

  test('every operation of every class occurs in its model', () => {
    for (const model of MODELS) {
      const kinds = new Set([...observe(model).keys()].flatMap((pair) => pair.split(' ')));
      assert.deepEqual([...kinds].sort(), of(model.objects).sort());
    }
    assert.deepEqual([...MODELS.map((model) => model.objects), 'none'].sort(), [...OBJECT_CLASSES].sort());
  });

  test('a race is a race in both orders', () => {
    for (const a of OPERATION_NAMES) {
      for (const b of OPERATION_NAMES) {
        const both = [said(a, b), said(b, a)];
        for (const how of ['race', 'balance'] as const) assert.equal(both[0] === how, both[1] === how, `${a} ${b}`);
      }
    }
  });

  test('operations on objects of different classes commute', () => {
    for (const a of OPERATION_NAMES) {
      for (const b of OPERATION_NAMES) {
        if (OBJECT_CLASS[a] !== OBJECT_CLASS[b]) assert.equal(relation(Operation[a], Operation[b]), 'commutes');
      }
    }
  });

  test('Add and Done race only where the other order takes the counter below zero', () => {
    const model = MODELS.find((one) => one.objects === 'waitgroup')!;
    const states = reachable(model) as { n: number }[];
    const [add, done] = model.actions as [Action, Action];
    const races = states.filter(
      (state) => state.n >= 0 && [...show(add, done, state)].some(([, , how]) => how === 'race'),
    );
    assert.deepEqual(races, [{ n: 0 }]);
    const pairs = OPERATION_NAMES.flatMap((a) => OPERATION_NAMES.map((b) => [a, b] as const));
    const balanced = pairs.filter(([a, b]) => said(a, b) === 'balance').map((pair) => pair.join(' '));
    assert.deepEqual(balanced, ['Add Done', 'Done Add', 'Done Done']);
  });

  test('what an Unlock makes possible is not a race with it, what it would have made succeed is', () => {
    assert.equal(said('Unlock', 'Lock'), 'enables');
    assert.equal(said('TryLockFailed', 'Unlock'), 'race');
  });
});
