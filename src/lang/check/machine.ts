/** This file checks `machine { … }` and computes its values. */
import { isMachineKey, machineKeys, type MachineKey } from '../../base/machineKeys';
import type { MachineDecl } from '../ast';
import { toInt } from '../constants';
import { identical, isNumeric, isUntyped } from '../predicates';
import type { MachineSetting } from '../program';
import { Typ } from '../universe';
import type { Checker } from './checker';
import { expr } from './evaluate';
import { durationType } from './literals';
import { operandString } from './operand';
import { renames } from './suggestions';
import { updateType } from './untyped';

type Entry = MachineDecl['entries'][number];

/** Checks every machine block of the program; gives the valid entries. */
export function checkMachine(c: Checker): MachineSetting[] {
  const settings: MachineSetting[] = [];
  let first: { decl: MachineDecl; file: number } | undefined;
  for (const [file, node] of c.files.entries()) {
    for (const decl of node.decls) {
      if (decl.kind !== 'MachineDecl') continue;
      c.env.file = file;
      if (first) {
        c.error('machine.duplicate', decl, 'a program has at most one machine block', {
          related: [{ message: 'other machine block', span: first.decl.span, file: first.file }],
        });
        continue;
      }
      first = { decl, file };
      c.within({ scope: c.packageScope, file, typing: c.typingOf(decl) }, () => settings.push(...entriesOf(c, decl)));
    }
  }
  return settings;
}

function entriesOf(c: Checker, decl: MachineDecl): MachineSetting[] {
  const seen = new Map<string, Entry>();
  const settings: MachineSetting[] = [];
  for (const entry of decl.entries) {
    const name = entry.key.name;
    if (!isMachineKey(name)) {
      const known = Object.keys(machineKeys);
      c.error('machine.unknown-key', entry.key, `unknown machine key ${name}; known keys: ${known.join(', ')}`, {
        fixes: () => renames(c, entry.key.span, name, known),
      });
      expr(c, entry.val);
      continue;
    }
    const other = seen.get(name);
    if (other) {
      c.error('machine.duplicate', entry.key, `machine key ${name} is set twice`, {
        related: [{ message: `other setting of ${name}`, span: other.key.span, file: c.env.file }],
      });
    }
    seen.set(name, entry);
    const value = valueOf(c, entry, machineKeys[name]);
    if (value !== undefined && !other) settings.push({ key: name, value, expr: entry.val });
  }
  return settings;
}

const WANTED: Readonly<Record<MachineKey['unit'], string>> = {
  count: 'a whole number, such as 4',
  ns: 'a duration, such as 4ms',
  bytes: 'a size, such as 8GB',
};

/** The value of an entry in its key's unit; undefined after reporting. */
function valueOf(c: Checker, entry: Entry, key: MachineKey): number | undefined {
  const x = expr(c, entry.val);
  if (x.mode === 'invalid') return undefined;
  const name = entry.key.name;
  const isDuration = identical(x.type, durationType(c));
  const number = x.mode === 'constant' && x.value ? toInt(x.value) : undefined;
  const wrongType = key.unit === 'ns' ? !isDuration && !isZero(number) : isDuration || !isNumeric(x.type);
  if (!number || wrongType) {
    c.error(
      'machine.value',
      entry.val,
      `machine key ${name} wants ${WANTED[key.unit]}, not ${operandString(x, c.pkg)}`,
    );
    return undefined;
  }
  if (isUntyped(x.type)) updateType(c, entry.val, key.unit === 'ns' ? durationType(c) : Typ.int, true);
  const value = Number(number.v);
  if (value < key.min || value > key.max) {
    const range = `between ${shown(key.min, key.unit)} and ${shown(key.max, key.unit)}`;
    c.error('machine.range', entry.val, `machine key ${name} must be ${range}`);
    return undefined;
  }
  return value;
}

const isZero = (number: { v: bigint } | undefined): boolean => number?.v === 0n;

const UNITS: Readonly<Record<MachineKey['unit'], readonly (readonly [string, number])[]>> = {
  count: [],
  ns: [['s', 1e9], ['ms', 1e6], ['us', 1e3], ['ns', 1]],
  bytes: [['TB', 2 ** 40], ['GB', 2 ** 30], ['MB', 2 ** 20], ['KB', 2 ** 10], ['B', 1]],
}; // prettier-ignore

/** A value as it would be written in the file. */
function shown(value: number, unit: MachineKey['unit']): string {
  for (const [suffix, size] of UNITS[unit]) if (value >= size && value % size === 0) return `${value / size}${suffix}`;
  return String(value);
}
