/** This file expects every key of the simulated machine to make a difference to some program. */
import assert from 'node:assert/strict';
import { machineKeys, type MachineKeyName } from '../../src/base/machineKeys';
import { runText } from '../support/run';

const PROGRAM = `
func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 12; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			syscall(50us)
			work(12ms)
			println(deep(300))
		}()
	}
	wg.Wait()
}
`;

/** Another value than the default for each key. */
const OTHER: Readonly<Record<MachineKeyName, number>> = {
  cores: 2,
  memory: 6 << 20,
  quantum: 10_000,
  threadStack: 65536,
  goroutineStack: 65536,
  goroutineStackMax: 8192,
  threadLimit: 5,
  instruction: 2,
  call: 30,
  goroutineSwitch: 2000,
  threadSwitch: 9000,
  goroutineCreate: 3000,
  threadCreate: 200_000,
  processMemory: 1 << 20,
  systemCall: 3000,
  goPreempt: 1_000_000,
};

/** What a run shows of itself. */
function shown(settings: Record<string, number>): object {
  const { stderr, exit, simulation } = runText(PROGRAM, 'lane', { settings });
  const { virtualNs, switches, peakBytes } = simulation!.stats;
  return { stderr, exit, virtualNs, switches, peakBytes, text: simulation!.outcome.text };
}

suite('machine: keys', () => {
  const usual = shown({});

  for (const key of Object.keys(machineKeys) as MachineKeyName[]) {
    test(`${key} has an effect`, () => assert.notDeepEqual(shown({ [key]: OTHER[key] }), usual));
    test(`${key} at its default has none`, () => assert.deepEqual(shown({ [key]: machineKeys[key].default }), usual));
  }
});
