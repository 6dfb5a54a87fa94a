/** This file names the exit statuses that are the command line's own: sysexits.h where it has one, Go's for races, a shell's for signals. */
export const EXIT = {
  /** Wrong usage, unreadable files. */
  usage: 64,
  /** The program does not compile. */
  compile: 65,
  /** A data race was reported. */
  race: 66,
  /** The program reached what is not supported. */
  unsupported: 69,
  /** A fault of Interlane. */
  internal: 70,
  /** What is to be written cannot be written: the disk is full, say. */
  io: 74,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** Signals that end a command where it is, with what it has found so far. */
export type Signal = 'SIGINT' | 'SIGTERM';
