/** This file numbers the source places that events, stacks and findings refer to. */
import { functionAt, type Code } from '../bytecode/code';
import { headSpan } from '../lang/headSpan';
import type { Place } from '../trace/meta';

/** Whether the instruction at word index `pc` stands in the user's files. */
export function stands({ spans }: Code, pc: number): boolean {
  return pc >= 0 && (spans[(pc >> 2) * 3] ?? -1) >= 0;
}

/** Interns places by instruction; indices are stable and start at 0. */
export class Places {
  readonly list: Place[] = [];
  private readonly byInstruction = new Map<number, number>();
  private readonly byKey = new Map<string, number>();

  constructor(private readonly code: Code) {}

  /** Index of the place of the instruction at word index `pc`; -1 when it has none in the user's files. */
  ofPc(pc: number): number {
    if (pc < 0) return -1;
    const known = this.byInstruction.get(pc);
    if (known !== undefined) return known;
    const at = (pc >> 2) * 3;
    const file = this.code.spans[at] ?? -1;
    const index =
      file < 0
        ? -1
        : this.add(file, this.code.spans[at + 1]!, this.code.spans[at + 2]!, functionAt(this.code, pc)?.name ?? '');
    this.byInstruction.set(pc, index);
    return index;
  }

  /** Index of the place of a span; -1 when the file is none of the user's. */
  ofSpan(file: number, start: number, end: number): number {
    return file < 0 ? -1 : this.add(file, start, end, '');
  }

  private add(file: number, start: number, end: number, name: string): number {
    const key = `${file}:${start}:${end}:${name}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const source = this.code.sources[file];
    if (!source) return -1;
    const head = headSpan(source, { start, end });
    const from = source.position(head.start);
    const to = source.position(head.end);
    this.list.push({
      file,
      line: from.line + 1,
      column: from.column + 1,
      endLine: to.line + 1,
      endColumn: to.column + 1,
      function: name,
    });
    this.byKey.set(key, this.list.length - 1);
    return this.list.length - 1;
  }
}
