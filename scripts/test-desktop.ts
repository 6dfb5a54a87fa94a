/** This file is `npm run test:desktop`: the extension host suite in a desktop VS Code, which it downloads. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { EXAMPLES } from '../test/harness/examples';
import { ROOT } from '../test/harness/vscode';

/** The oldest version that we support, and the one that `npm test` runs in. */
const VERSION = '1.100.3';

async function main(): Promise<void> {
  for (const flags of [[], ['--host-tests']]) {
    execFileSync(process.execPath, ['esbuild.js', ...flags], { cwd: ROOT, stdio: 'inherit' });
  }
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
