/** This file tests that `machine { … }` takes the values of a key within its limits, both ends included, and nothing else. */
import assert from 'node:assert/strict';
import { machineKeys, type MachineKeyName, type MachineUnit } from '../../src/base/machineKeys';
import { compileSources } from '../../src/session/compile';

/** Codes of the errors of a program whose machine block says this. */
function codes(entry: string): string[] {
  const text = `var n = 4\n\nmachine {\n\t${entry}\n}\n\nfunc main() {\n\t_ = n\n}\n`;
  const { program, code } = compileSources([{ name: 'test.lane', text }]);
  assert.equal(code === undefined, program.diagnostics.some(({ severity }) => severity === 'error'));
  return program.diagnostics.map((diagnostic) => diagnostic.code);
} // prettier-ignore

/** A number of a unit, as a program writes it. */
const WRITTEN: Readonly<Record<MachineUnit, (value: bigint) => string>> = {
  count: String,
  bytes: String,
  ns: (value) => `${value} * time.Nanosecond`,
};

/** Not even a value of the key's kind. */
const NONSENSE = ['"x"', '""', 'true', 'nil', '1.5', 'n', 'main', 'undefined', '[]int{1}', "4 + 'a' * 1i", '1 / 0'];

suite('machine: limits of the keys', () => {
  for (const [name, { unit, min, max }] of Object.entries(machineKeys) as [MachineKeyName, (typeof machineKeys)[MachineKeyName]][]) {
    const written = (value: bigint): string => `${name} = ${WRITTEN[unit](value)}`;
    const [least, most] = [BigInt(min), BigInt(max)];

    test(`${name} may be ${min}, and ${max}`, () => {
      assert.deepEqual(codes(written(least)), []);
      assert.deepEqual(codes(written(most)), []);
    });

    test(`${name} may be neither less nor more`, () => {
      for (const value of [least - 1n, most + 1n, -1n, -(1n << 62n), 1n << 62n]) {
        assert.deepEqual(codes(written(value)), ['machine.range'], `${value}`);
      }
      assert.ok(codes(`${name} = 1 << 70`).length > 0);
    });

    test(`${name} may not be what is no such value`, () => {
      for (const text of NONSENSE) assert.ok(codes(`${name} = ${text}`).length > 0, text);
    });
  } // prettier-ignore

  test('a value of another unit is refused', () => {
    assert.deepEqual(codes('cores = 4ms'), ['machine.value']);
    assert.deepEqual(codes('memory = 4s'), ['machine.value']);
    assert.deepEqual(codes('quantum = 4'), ['machine.value']);
  });
});
