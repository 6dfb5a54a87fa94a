/** This file prints types as Go's compiler does in its messages. */
import { anyType } from './universe';
import type { Signature, Type, VarObj } from './types';

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

/** Interfaces without a name can be endless; no type that is written fits so many parts. */
const MAX_PARTS = 2000;

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
        return pkg === '' || pkg === this.local ? name : `${packageName(pkg)}.${name}`;
      }
      case 'pointer':
        return `*${this.type(t.elem)}`;
      case 'slice':
        return `[]${this.type(t.elem)}`;
      case 'array':
        return `[${t.len}]${this.type(t.elem)}`;
      case 'map':
        return `map[${this.type(t.key)}]${this.type(t.elem)}`;
      case 'chan': {
        const elem = this.type(t.elem);
        if (t.dir === 'send') return `chan<- ${elem}`;
        if (t.dir === 'recv') return `<-chan ${elem}`;
        return t.elem.kind === 'chan' && t.elem.dir === 'recv' ? `chan (${elem})` : `chan ${elem}`;
      }
      case 'struct':
        return `struct{${t.fields
          .map((f) => (f.embedded ? '' : `${f.name} `) + this.type(f.type) + (f.tag ? ` ${JSON.stringify(f.tag)}` : ''))
          .join('; ')}}`;
      case 'signature':
        return `func${this.signature(t, true)}`;
      case 'interface':
        if (t === anyType) return 'any';
        return `interface{${t.methods.map((m) => m.name + this.signature(m.signature, true)).join('; ')}}`;
      case 'tuple':
        return `(${t.types.map((x) => this.type(x)).join(', ')})`;
      case 'typeparam':
        return t.object.name;
    }
  }

  signature(s: Signature, names: boolean): string {
    const params = `(${s.params.map((p, i) => this.param(p, names, s.variadic && i === s.params.length - 1)).join(', ')})`;
    const [first] = s.results;
    if (!first) return params;
    if (s.results.length === 1 && !(names && first.name)) return `${params} ${this.type(first.type)}`;
    return `${params} (${s.results.map((r) => this.param(r, names, false)).join(', ')})`;
  }

  private param(p: VarObj, names: boolean, variadic: boolean): string {
    const type = variadic && p.type.kind === 'slice' ? `...${this.type(p.type.elem)}` : this.type(p.type);
    return names && p.name ? `${p.name} ${type}` : type;
  }
}
