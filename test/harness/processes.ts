/** This file finds the simulators of a server among the processes of a Linux machine. */
import { readdirSync, readFileSync } from 'node:fs';

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Process ids of the simulators that were started by a process, or by one that it started. */
export function simulatorsUnder(ancestor: number): number[] {
  const all = new Map(processes().map((process) => [process.pid, process]));
  const under = (pid: number): boolean => pid === ancestor || (pid > 1 && under(all.get(pid)?.parent ?? 0));
  return [...all.values()].filter(({ pid, command }) => /\bsimulator\.js\b/.test(command) && under(pid)).map(({ pid }) => pid);
} // prettier-ignore

function processes(): Running[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => read(Number(pid)) ?? []);
}

/** Undefined for a process that has ended meanwhile. */
function read(pid: number): Running | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
    return { pid, parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
  } catch {
    return undefined;
  }
}
