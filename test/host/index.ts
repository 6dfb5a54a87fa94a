/** This file is what the extension host loads to test us from inside: it runs every compiled *.test.js beside it with mocha. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code; rejects when a test fails, which ends the host with a failure. */
export async function run(): Promise<void> {
  const grep = process.env.INTERLANE_TEST_GREP;
  const mocha = new Mocha({ ui: 'tdd', reporter: 'spec', color: false, timeout: 20_000, ...(grep && { grep }) });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run((failures) => {
      const countsFile = process.env.INTERLANE_TEST_COUNTS;
      const counts = { passed: runner.stats?.passes ?? 0, failed: failures };
      if (countsFile) writeFileSync(countsFile, JSON.stringify(counts));
      resolve(failures);
    });
  });
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
