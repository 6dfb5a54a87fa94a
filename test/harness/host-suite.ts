/** This file runs a compiled mocha suite inside the real extension host of a workbench and returns what it counted. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { Workbench } from './workbench';

/** Passed and failed tests of one step. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Name of the variable that tells a test run where to write its {@link Counts} as JSON. */
export const COUNTS_FILE = 'INTERLANE_TEST_COUNTS';

/** What the workbench itself writes to the console; the rest comes from the suite. */
const WORKBENCH_CHATTER =
  /^(Resolv|Creating a socket|Ignoring fetching|Updating additional|ChatSessionStore|\[Service Worker\]|.*vsda|.*languagedetection)/;

export interface HostSuite {
  /** The compiled test/host/index.ts, absolute. */
  readonly tests: string;
  /** The workspace folder, absolute. */
  readonly folder: string;
  /** The extension under test; ours when absent. */
  readonly extension?: string;
  readonly timeoutMs?: number;
  /** Only tests whose names match. */
  readonly grep?: string;
}

/** Runs the suite and prints what it prints. Throws when it dies before it has counted. */
export async function runHostSuite({ timeoutMs = 300_000, grep = '', ...open }: HostSuite): Promise<Counts> {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-host-'));
  const countsFile = join(scratch, 'counts.json');
  let finish: (status: unknown) => void = () => undefined;
  const finished = new Promise<unknown>((resolve) => (finish = resolve));
  const workbench = await Workbench.open({
    ...open,
    env: { [COUNTS_FILE]: countsFile, INTERLANE_TEST_GREP: grep },
    // The two functions that VS Code's test runner in the browser calls with console output and the exit status.
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', (_type: string, values: unknown[]) => {
        const line = format(...values);
        if (!WORKBENCH_CHATTER.test(line)) console.log(line);
      });
      await page.exposeFunction('codeAutomationExit', (status: unknown) => {
        finish(status);
      });
    },
  });
  const timer = setTimeout(() => {
    finish('timeout');
  }, timeoutMs);
  try {
    const status = await finished;
    if (workbench.externalRequests.length > 0) {
      throw new Error(`requests to the outside: ${workbench.externalRequests.join(', ')}`);
    }
    if (!existsSync(countsFile)) {
      throw new Error(`the suite ended with ${String(status)} before it had counted\n${workbench.server.log()}`);
    }
    return JSON.parse(readFileSync(countsFile, 'utf8')) as Counts;
  } finally {
    clearTimeout(timer);
    await workbench.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
