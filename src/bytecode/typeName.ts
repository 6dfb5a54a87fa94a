/** This file prints types as Go's %T and its panics do: packages always named, `interface {}`, no aliases. */
import { isExported } from '../lang/lookup';
import { packageName } from '../lang/typeString';
import type { Signature, Struct, Type } from '../lang/types';

/** Characters after which a name is cut off: parts are shared, so that a few lines can stand for a name without end. */
export const MAX_NAME = 4000;

/** The name of a type at run time; no key, as two types may have one name. */
export function runtimeTypeName(type: Type): string {
  const printer = new NamePrinter();
  printer.type(type);
  return printer.text;
}

class NamePrinter {
  private out = '';

  get text(): string {
    return this.isFull ? `${this.out.slice(0, MAX_NAME)}…` : this.out;
  }

  private get isFull(): boolean {
    return this.out.length > MAX_NAME;
  }

  private put(text: string): void {
    this.out += text;
  }

  /** Puts the items with `separator` between them, as far as there is room. */
  private list<T>(items: readonly T[], separator: string, put: (item: T, index: number) => void): void {
    for (const [i, item] of items.entries()) {
      if (this.isFull) return;
      if (i > 0) this.put(separator);
      put(item, i);
    }
  }

  private types(types: readonly Type[], separator: string): void {
    this.list(types, separator, (type) => this.type(type));
  }

  private prefixed(prefix: string, type: Type): void {
    this.put(prefix);
    this.type(type);
  }

  type(type: Type): void {
    if (this.isFull) return;
    switch (type.kind) {
      case 'basic':
        return this.put(type.name === 'invalid' ? '?' : type.name);
      case 'named': {
        const { pkg, name } = type.object;
        this.put(pkg === '' ? name : `${packageName(pkg)}.${name}`);
        if (!type.typeArgs?.length) return;
        this.put('[');
        this.types(type.typeArgs, ',');
        return this.put(']');
      }
      case 'pointer':
        return this.prefixed('*', type.elem);
      case 'slice':
        return this.prefixed('[]', type.elem);
      case 'array':
        return this.prefixed(`[${type.len}]`, type.elem);
      case 'map':
        this.prefixed('map[', type.key);
        return this.prefixed(']', type.elem);
      case 'chan':
        if (type.dir === 'send') return this.prefixed('chan<- ', type.elem);
        if (type.dir === 'recv') return this.prefixed('<-chan ', type.elem);
        if (type.elem.kind !== 'chan' || type.elem.dir !== 'recv') return this.prefixed('chan ', type.elem);
        this.prefixed('chan (', type.elem);
        return this.put(')');
      case 'struct':
        return this.struct(type);
      case 'signature':
        this.put('func');
        return this.signature(type);
      case 'interface':
        this.put('interface {');
        this.list(type.methods, ';', (m) => {
          this.put(` ${isExported(m.name) ? '' : 'main.'}${m.name}`);
          this.signature(m.signature);
        });
        return this.put(type.methods.length === 0 ? '}' : ' }');
      case 'tuple':
        this.put('(');
        this.types(type.types, ', ');
        return this.put(')');
      case 'typeparam':
        return this.put(type.object.name);
    }
  }

  private struct({ fields }: Struct): void {
    this.put('struct {');
    this.list(fields, ';', (f) => {
      this.prefixed(f.embedded ? ' ' : ` ${f.name} `, f.type);
      if (f.tag) this.put(` ${JSON.stringify(f.tag)}`);
    });
    this.put(fields.length === 0 ? '}' : ' }');
  }

  private signature({ params, results, variadic }: Signature): void {
    this.put('(');
    this.list(params, ', ', ({ type }, i) => {
      if (variadic && i === params.length - 1 && type.kind === 'slice') this.prefixed('...', type.elem);
      else this.type(type);
    });
    this.put(')');
    const [first] = results;
    if (results.length === 1) return this.prefixed(' ', first!.type);
    if (!first) return;
    this.put(' (');
    this.types(results.map((r) => r.type), ', '); // prettier-ignore
    this.put(')');
  }
}
