/** This file is the command line `interlane`: it picks the command and loads only what that command needs. */
import { helpText, parseArgs } from './args';
import type { CommandName, Invocation } from './args';
import { EXIT } from './exit';
import { ProcessIo } from './io';
import type { Io } from './io';
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
    if (error instanceof UsageError) {
      io.stderr(`interlane: ${error.message}\n`);
      return EXIT.usage;
    }
    return internalError(error, argv, io);
  }
}

function internalError(error: unknown, argv: readonly string[], io: Io): number {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  io.stderr(`interlane: ${message.startsWith('internal error') ? '' : 'internal error: '}${message}\n`);
  io.stderr(`This is a fault of Interlane. Please report it with the program, the command line (interlane ${argv.join(' ')}) and this:\n${stack ?? ''}\n`);
  return EXIT.internal;
} // prettier-ignore

if (require.main === module) {
  const io = new ProcessIo();
  void main(process.argv.slice(2), io).then((status) => {
    process.exitCode = status;
  });
}
