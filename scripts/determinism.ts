/** This file holds many programs to the law of determinism (test/fuzz/determinism.ts); its argument is how many. */
import { determinism } from '../test/fuzz/twoProcesses';

const MANY = 300;

void determinism(Number(process.argv[2] ?? MANY)).then(({ programs, broken }) => {
  for (const line of broken) console.log(line);
  console.log(`${programs} programs in slices of three sizes, by schedule, in two processes: ${broken.length} differ.`);
  process.exitCode = broken.length > 0 ? 1 : 0;
});
