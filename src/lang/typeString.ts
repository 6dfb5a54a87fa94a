/** This file prints types as Go's compiler does in its messages. */
import { anyType } from './universe';
import type { FieldObj, Signature, Type, VarObj } from './types';

/** The type in Go's notation; names of packages other than `local` are qualified. */
export function typeString(type: Type, local = 'main'): string {
  return new TypePrinter(local).type(type);
}

/** Parameters and results without `func`: `(x int) error`. `names` false leaves parameter names out. */
export function signatureString(signature: Signature, local = 'main', names = true): string {
  return new TypePrinter(local).signature(signature, names);
}

/** The package's name: the last element of its import path that is no major version (`math/rand/v2` is rand). */
export function packageName(path: string): string {
  const elements = path.replace(/\/v[2-9]\d*$/, '').split('/');
  return elements[elements.length - 1]!;
}

/**
 * Interfaces without a name can be endless, and parts are shared, so that a few lines can stand for a text without end.
 * No type that a person writes has so many parts; of a name, so many characters are one.
 */
const MAX_PARTS = 200;
const PART = 16;
/** Characters shown of a name. */
const MAX_NAME = 500;

class TypePrinter {
  private parts = 0;
  constructor(private readonly local: string) {}

  type(t: Type): string {
    return ++this.parts > MAX_PARTS ? '…' : this.text(t);
  }

  private text(t: Type): string {
    switch (t.kind) {
      case 'basic':
        return t.name === 'invalid' ? 'invalid type' : (t.alias ?? t.name);
      case 'named': {
        const { pkg, name } = t.object;
        return pkg === '' || pkg === this.local ? this.name(name) : `${packageName(pkg)}.${this.name(name)}`;
      }
      case 'pointer':
        return `*${this.type(t.elem)}`;
      case 'slice':
        return `[]${this.type(t.elem)}`;
      case 'array':
        return `[${BigInt(t.len)}]${this.type(t.elem)}`;
      case 'map':
        return `map[${this.type(t.key)}]${this.type(t.elem)}`;
      case 'chan': {
        const elem = this.type(t.elem);
        if (t.dir === 'send') return `chan<- ${elem}`;
        if (t.dir === 'recv') return `<-chan ${elem}`;
        return t.elem.kind === 'chan' && t.elem.dir === 'recv' ? `chan (${elem})` : `chan ${elem}`;
      }
      case 'struct':
        return `struct{${this.list(t.fields, '; ', (f) => this.field(f))}}`;
      case 'signature':
        return `func${this.signature(t, true)}`;
      case 'interface':
        if (t === anyType) return 'any';
        return `interface{${this.list(t.methods, '; ', (m) => this.name(m.name) + this.signature(m.signature, true))}}`;
      case 'tuple':
        return `(${this.list(t.types, ', ', (x) => this.type(x))})`;
      case 'typeparam':
        return t.object.name;
    }
  }

  signature(s: Signature, names: boolean): string {
    const last = s.variadic ? s.params.length - 1 : -1;
    const params = `(${this.list(s.params, ', ', (p, i) => this.param(p, names, i === last))})`;
    const [first] = s.results;
    if (!first) return params;
    if (s.results.length === 1 && !(names && first.name)) return `${params} ${this.type(first.type)}`;
    return `${params} (${this.list(s.results, ', ', (r) => this.param(r, names, false))})`;
  }

  /** The members as far as they are shown: of those that follow nothing is looked at. */
  private list<T>(members: readonly T[], separator: string, text: (member: T, i: number) => string): string {
    const shown: string[] = [];
    for (let i = 0; i < members.length && this.parts <= MAX_PARTS; i++) shown.push(text(members[i]!, i));
    return [...shown, ...(shown.length < members.length ? ['…'] : [])].join(separator);
  }

  private field({ name, type, embedded, tag }: FieldObj): string {
    return (embedded ? '' : `${this.name(name)} `) + this.type(type) + (tag ? ` ${JSON.stringify(tag)}` : '');
  }

  private param(p: VarObj, names: boolean, variadic: boolean): string {
    const type = variadic && p.type.kind === 'slice' ? `...${this.type(p.type.elem)}` : this.type(p.type);
    return names && p.name ? `${this.name(p.name)} ${type}` : type;
  }

  private name(name: string): string {
    this.parts += name.length / PART;
    return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
  }
}
