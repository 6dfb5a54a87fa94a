/** This file compares the printed typed program with its record. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printTypes } from '../../src/lang/printTypes';
import { check } from '../../src/std/importer';
import { assertGolden } from '../support/golden';

const FOLDER = join(__dirname, 'types');

suite('printTypes', () => {
  for (const name of readdirSync(FOLDER).filter((n) => n.endsWith('.lane'))) {
    test(name, () => {
      const program = check([{ name, text: readFileSync(join(FOLDER, name), 'utf8') }]);
      assertGolden(join(FOLDER, `${name}.golden`), printTypes(program));
    });
  }
});
