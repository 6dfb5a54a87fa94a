/** This file is `npm run test:desktop`: the extension host suite in a desktop VS Code, which it downloads. */
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { EXAMPLES } from '../test/harness/examples';
import { ROOT } from '../test/harness/vscode';
import { build } from './build';

/** The oldest version that we support, and the one that `npm test` runs in. */
const VERSION = '1.100.3';

async function main(): Promise<void> {
  build();
  build('--host-tests');
  await runTests({
    version: VERSION,
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: join(ROOT, 'out', 'host', 'index.js'),
    launchArgs: [EXAMPLES, '--disable-extensions', '--disable-workspace-trust'],
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
