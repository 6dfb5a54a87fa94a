/** This file is the command line `interlane`: it picks the command and loads only what that command needs. */
import { visibleLine } from '../base/visible';
import { helpText, parseArgs } from './args';
import type { CommandName, Invocation } from './args';
import { EXIT } from './exit';
import { Interrupted } from '../base/interrupt';
import { WriteError, type Io } from './io';
import { ProcessIo } from './processIo';
import { UsageError } from './values';

/** A command; the result is the exit status. */
export type Command = (invocation: Invocation, io: Io) => number;

/** The engine is big: only a command that needs it loads it. */
const LOADERS: Readonly<Partial<Record<CommandName, () => Promise<Command>>>> = {
  run: async () => (await import('./run')).run,
  check: async () => (await import('./check')).check,
  trace: async () => (await import('./trace')).trace,
  dump: async () => (await import('./dump')).dump,
};

/** Runs the command line. @param argv without the program's name. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const invocation = parseArgs(argv);
    if (invocation === 'help') {
      io.stdout(helpText());
      return 0;
    }
    if (invocation === 'version') {
      io.stdout(`interlane ${process.env.INTERLANE_VERSION ?? 'development'}\n`);
      return 0;
    }
    const command = await LOADERS[invocation.command]!();
    return command(invocation, io);
  } catch (error) {
    return failed(error, argv, io);
  }
}

/** Says in a line what went wrong; @returns the exit status. */
function failed(error: unknown, argv: readonly string[], io: Io): number {
  if (error instanceof UsageError) return say(error.message, EXIT.usage, io);
  if (error instanceof WriteError) return say(error.message, EXIT.io, io);
  if (error instanceof Interrupted) {
    if (error.reason === 'wallTime') return say('the time limit is up, and the program is not compiled yet', 2, io);
    return say('interrupted before there was anything to tell', EXIT[io.signal ?? 'SIGINT'], io);
  }
  return internalError(error, argv, io);
}

function say(message: string, status: number, io: Io): number {
  tell(`interlane: ${visibleLine(message)}\n`, io);
  return status;
}

/** Standard error may be what cannot be written to: then the status has to do. */
function tell(text: string, io: Io): void {
  try {
    io.stderr(text);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
  }
}

function internalError(error: unknown, argv: readonly string[], io: Io): number {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  tell(`interlane: ${message.startsWith('internal error') ? '' : 'internal error: '}${message}\n`, io);
  tell(`This is a fault of Interlane. Please report it with the program, the command line (interlane ${argv.join(' ')}) and this:\n${stack ?? ''}\n`, io);
  return EXIT.internal;
} // prettier-ignore

if (require.main === module) {
  const io = new ProcessIo();
  // All is written by then; the thread that listens for signals is not waited for.
  void main(process.argv.slice(2), io).then((status) => process.exit(status));
}
