/** This file runs the command line inside of this process, on real files, with its output in memory. */
import { ProcessIo } from '../../src/cli/io';
import { main } from '../../src/cli/main';
import type { Ran } from './race';

class QuietIo extends ProcessIo {
  readonly parts = { stdout: '', stderr: '' };
  override stdout(text: string): void {
    this.parts.stdout += text;
  }
  override stderr(text: string): void {
    this.parts.stderr += text;
  }
}

export async function interlane(argv: readonly string[]): Promise<Ran> {
  const io = new QuietIo();
  const status = await main(argv, io);
  return { status, ...io.parts };
}
