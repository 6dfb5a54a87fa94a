/** This file lists the diagnostic codes of what Interlane adds to Go: literals, `machine`, and the words reserved for later. */
import type { CodeTable } from './row';

export const laneCodes = {
  'lane.literal-in-go': {
    sentence: 'Duration and size literals exist in .lane files; a .go file writes them in the way of Go.',
    dialect: 'go',
    example: 'package main\n\nfunc main() { println(4ms) }\n',
  },
  'lane.only-in-lane': {
    sentence:
      'machine, process, pipe, shared, thread and spawn are declarations and statements of .lane files, not of Go.',
    dialect: 'go',
    example: 'package main\n\nmachine {\n\tcores = 4\n}\n\nfunc main() {}\n',
  },
  'lane.not-yet': {
    sentence: 'The program uses a part of Interlane that this version does not run yet.',
    dialect: 'lane',
    example: 'func main() { thread main() }\n',
  },
  'lane.nested': {
    sentence: 'Processes and the machine stand at the top of a file, not in a process.',
    dialect: 'lane',
    example: 'process browser {\n\tprocess tab {}\n\tfunc main() {}\n}\n',
  },
  'lane.process-memory': {
    sentence:
      'Processes share no memory: each has its own variables, and a variable outside of all of them would belong to nobody.',
    dialect: 'lane',
    example: 'var hits int\n\nprocess server {\n\tfunc main() { hits++ }\n}\n',
  },
  'lane.process-main': {
    sentence: 'Where a program has processes, each starts in a func main of its own, and initialises itself.',
    dialect: 'lane',
    example: 'process server {\n\tfunc main() {}\n}\n\nfunc main() {}\n',
  },
  'lane.process-method': {
    sentence: 'A method stands beside the declaration of its type, in the same process or outside of all.',
    dialect: 'lane',
    example: 'type counter int\n\nprocess server {\n\tfunc (c counter) add() {}\n\tfunc main() {}\n}\n',
  },
  'lane.machine-entry': {
    sentence: 'The machine block holds lines of the form key = value.',
    dialect: 'lane',
    example: 'machine {\n\tcores 4\n}\n\nfunc main() {}\n',
  },
  'lane.builtin-in-go': {
    sentence: 'work, syscall, netwait, assert, getpid and exit are built into .lane files; a .go file is plain Go.',
    dialect: 'go',
    example: 'package main\n\nfunc main() { work(1) }\n',
  },
} as const satisfies CodeTable;
