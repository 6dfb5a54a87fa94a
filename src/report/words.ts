/** This file gives the nouns of a trace their words: goroutines, places, objects; and builds sentences whose nouns are links. */
import { Interrupt } from '../base/interrupt';
import type { ObjectMeta, Place, TraceMeta } from '../trace/meta';
import { placeWords } from '../trace/placeWords';
import type { Phrase } from './explained';

/** Looks up who is who in one trace. */
export class Nouns {
  private readonly goroutines: ReadonlyMap<number, TraceMeta['goroutines'][number]>;
  private readonly objects: ReadonlyMap<number, ObjectMeta>;

  /** @throws Interrupted */
  constructor(
    readonly meta: TraceMeta,
    interrupt = Interrupt.never,
  ) {
    this.goroutines = byId(meta.goroutines, interrupt);
    this.objects = byId(meta.objects, interrupt);
  }

  goroutine(g: number): TraceMeta['goroutines'][number] | undefined {
    return this.goroutines.get(g);
  }

  /** `G3 worker` */
  fullName(g: number): string {
    const name = this.goroutines.get(g)?.name ?? '';
    return g === 0 ? 'the runtime' : `G${g}${name === '' ? '' : ` ${name}`}`;
  }

  /** ` of process browser`, where the program has several. */
  ofProcess(g: number): string {
    const { processes } = this.meta;
    const id = this.goroutine(g)?.process;
    const process = processes.length > 1 ? processes.find((each) => each.id === id) : undefined;
    return process ? ` of process ${process.name}` : '';
  }

  object(id: number): ObjectMeta | undefined {
    return this.objects.get(id);
  }

  /** Name of an object; a stand-in when the trace has none. */
  objectName(id: number): string {
    return this.objects.get(id)?.name ?? 'a variable';
  }

  place(index: number): Place | undefined {
    return this.meta.places[index];
  }

  /** `line 12`, or `line 12 of util.go`. */
  line(index: number): string {
    const place = this.place(index);
    if (!place) return 'an unknown line';
    return placeWords(this.meta.files, place);
  }
}

/** In units of an interrupt: of an entry. */
const WORK_OF_AN_ENTRY = 20;

function byId<T extends { readonly id: number }>(items: readonly T[], interrupt: Interrupt): Map<number, T> {
  const found = new Map<number, T>();
  for (const item of items) {
    interrupt.worked(WORK_OF_AN_ENTRY);
    found.set(item.id, item);
  }
  return found;
}

/** Builds the phrases of a sentence. */
export class SentenceBuilder {
  readonly phrases: Phrase[] = [];

  constructor(private readonly nouns: Nouns) {}

  text(text: string): this {
    this.phrases.push({ text });
    return this;
  }

  goroutine(g: number): this {
    if (g === 0) return this.text('the runtime');
    this.phrases.push({ text: `G${g}`, link: { kind: 'goroutine', g } });
    return this;
  }

  object(id: number): this {
    return this.named(id, this.nouns.objectName(id));
  }

  /** An object under another name than its own: the name of several. */
  named(id: number, name: string): this {
    this.phrases.push(id === 0 ? { text: name } : { text: name, link: { kind: 'object', id } });
    return this;
  }

  /** ` at line 12`; nothing when the place is unknown. */
  at(place: number, preposition = 'at'): this {
    if (!this.nouns.place(place)) return this;
    const text = this.nouns.line(place);
    this.phrases.push({ text: ` ${preposition} ` }, { text, link: { kind: 'place', place } });
    return this;
  }

  /** Tells lines apart; the same for all unknown ones. */
  lineOf(place: number): string {
    return this.nouns.line(place);
  }

  /** The sentence as plain text. */
  get plain(): string {
    return this.phrases.map((phrase) => phrase.text).join('');
  }
}
