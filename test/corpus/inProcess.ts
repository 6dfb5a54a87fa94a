/** This file runs the command line inside of this process, on real files, with its output in memory. */
import type { Stream } from '../../src/cli/io';
import { main } from '../../src/cli/main';
import { ProcessIo } from '../../src/cli/processIo';
import type { Ran } from './race';

class QuietIo extends ProcessIo {
  readonly parts = { stdout: '', stderr: '' };
  protected override put(text: string, stream: Stream): void {
    this.parts[stream === 1 ? 'stdout' : 'stderr'] += text;
  }
  /** Those who run the tests interrupt all of them. */
  override get signal(): undefined {
    return undefined;
  }
}

export async function interlane(argv: readonly string[]): Promise<Ran> {
  const io = new QuietIo();
  const status = await main(argv, io);
  return { status, ...io.parts };
}
