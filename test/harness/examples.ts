/** This file knows where the examples are and which of them a newcomer sees first. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './vscode';

export const EXAMPLES = join(ROOT, 'examples');

/** The example that shows a race at once; if it is gone, the first one about a race, or the first there is. */
const FIRST_EXAMPLE = 'counter-race.lane';

/** The absolute path of the file to open first in a folder of examples. */
export function firstExample(folder: string): string | undefined {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.lane'))
    .sort();
  const name = files.find((file) => file === FIRST_EXAMPLE) ?? files.find((file) => file.includes('race')) ?? files[0];
  return name && join(folder, name);
}
