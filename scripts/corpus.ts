/** This file runs Go's race suite through the command line, two tests at a time, and prints the table of verdicts. Arguments: parts of names, to run only those. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ended,
  judge,
  raceFolder,
  raceTests,
  verdictTable,
  type CommandLine,
  type Judged,
  type Ran,
} from '../test/corpus/race';
import { ROOT } from '../test/harness/vscode';
import { goRoot } from '../test/support/go-tree';

const AT_ONCE = 2;

/** The command line in a process of its own, which keeps the engine loaded from one test to the next. */
function commandLine(): { readonly run: CommandLine; readonly end: () => void } {
  const execArgv = ['--require', join(ROOT, 'test', 'harness', 'go-text.cjs'), '--import=tsx'];
  const child = fork(join(ROOT, 'test', 'corpus', 'serve.ts'), { cwd: ROOT, execArgv });
  const run: CommandLine = (argv) =>
    new Promise((resolve, reject) => {
      child.once('message', (ran) => {
        child.removeAllListeners('exit');
        resolve(ran as Ran);
      });
      child.once('exit', (status) => reject(new Error(`the command line ended with ${status}: ${argv.join(' ')}`)));
      child.send(argv);
    });
  return { run, end: () => child.disconnect() };
}

async function main(): Promise<void> {
  const root = goRoot();
  const folder = root === undefined ? undefined : raceFolder(root);
  if (root === undefined || folder === undefined) {
    console.log('Skipped: no Go tree with runtime/race/testdata on this machine (INTERLANE_GOROOT names one).');
    return;
  }
  const wanted = process.argv.slice(2);
  const tests = raceTests(folder).filter(({ name, file }) => wanted.length === 0 || wanted.some((part) => `${file} ${name}`.includes(part))); // prettier-ignore
  const start = performance.now();
  const judged: Judged[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const { run, end } = commandLine();
    for (let i = next++; i < tests.length; i = next++) judged[i] = await judge(tests[i]!, folder, run);
    end();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const version = readFileSync(join(root, 'VERSION'), 'utf8').split('\n')[0];
  console.log(verdictTable(judged));
  console.log(`\n${version}: ${ended(judged)} of ${judged.length} ran to their end, ${judged.filter(({ verdict }) => verdict === 'right').length} verdicts are right, ${((performance.now() - start) / 1000).toFixed(0)} s`); // prettier-ignore
}

void main();
