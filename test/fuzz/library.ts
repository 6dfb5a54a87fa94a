/** This file keeps the pieces of the corpus, so that a mutant can take one of the kind that it lacks. */
import type { Node } from '../../src/lang/ast';
import { tokenClass, type NodeClass, type Specimen } from './specimen';
import type { Chance } from './chance';

/** Larger pieces make mutants that are mostly another program. */
const MOST_CHARACTERS = 1500;

export class Library {
  private readonly tokens = new Map<string, string[]>();
  private readonly kinds = new Map<Node['kind'], string[]>();
  private readonly classes = new Map<NodeClass, string[]>();

  constructor(readonly specimens: readonly Specimen[]) {
    for (const specimen of specimens) this.add(specimen);
  }

  /** A token of the class, as often as the corpus has it. */
  token(class_: string, chance: Chance): string {
    return chance.pick(this.tokens.get(class_) ?? ['x']);
  }

  /** A token of any class, each class as likely. */
  anyToken(chance: Chance): string {
    return this.token(chance.pick([...this.tokens.keys()]), chance);
  }

  /** A node of the very kind. */
  ofKind(kind: Node['kind'], chance: Chance): string {
    return chance.pick(this.kinds.get(kind) ?? ['x']);
  }

  ofClass(class_: NodeClass, chance: Chance): string {
    return chance.pick(this.classes.get(class_) ?? ['x']);
  }

  private add(specimen: Specimen): void {
    for (const token of specimen.tokens) keep(this.tokens, tokenClass(token), specimen.textOf(token));
    for (const part of specimen.parts) {
      const text = specimen.textOf(part);
      if (text.length > MOST_CHARACTERS) continue;
      keep(this.kinds, part.kind, text);
      keep(this.classes, part.class, text);
    }
  }
}

function keep<K>(map: Map<K, string[]>, key: K, text: string): void {
  const list = map.get(key);
  if (list) list.push(text);
  else map.set(key, [text]);
}
