/**
 * This file numbers types so that two have the same number exactly when they are identical (Go specification, "Type identity").
 * A type is known by the numbers of its parts (hash-consing), so that shared structure is looked at once, however large it would be written out.
 */
import { InternalError } from '../base/assert';
import type { Struct, Signature, Type } from '../lang/types';

export class TypeIds {
  private readonly known = new Map<Type, number>();
  private readonly byShape = new Map<string, number>();
  private next = 0;

  /** The number of a type that is complete. Names stop the walk: every declared type is one of its own. */
  id(type: Type): number {
    const seen = this.known.get(type);
    if (seen !== undefined) return seen;
    const id = type.kind === 'named' || type.kind === 'typeparam' ? this.next++ : this.ofShape(this.shape(type));
    this.known.set(type, id);
    return id;
  }

  private ofShape(shape: string): number {
    const known = this.byShape.get(shape);
    if (known !== undefined) return known;
    this.byShape.set(shape, this.next);
    return this.next++;
  }

  private ids(types: readonly Type[]): string {
    return types.map((type) => this.id(type)).join();
  }

  private shape(type: Type): string {
    switch (type.kind) {
      case 'basic':
        return type.name;
      case 'pointer':
      case 'slice':
        return `${type.kind} ${this.id(type.elem)}`;
      case 'array':
        return `array ${type.len} ${this.id(type.elem)}`;
      case 'map':
        return `map ${this.id(type.key)} ${this.id(type.elem)}`;
      case 'chan':
        return `chan ${type.dir} ${this.id(type.elem)}`;
      case 'tuple':
        return `tuple ${this.ids(type.types)}`;
      case 'struct':
        return `struct ${this.fields(type)}`;
      case 'signature':
        return this.signature(type);
      case 'interface':
        return `interface ${type.methods.map((m) => `${m.name} ${this.id(m.signature)}`).join()}`;
      default:
        throw new InternalError('shape of a type with a name', { kind: type.kind });
    }
  }

  private fields({ fields }: Struct): string {
    return fields
      .map((f) => `${f.embedded ? '*' : ''}${f.name} ${this.id(f.type)} ${f.tag ? JSON.stringify(f.tag) : ''}`)
      .join();
  }

  private signature({ params, results, variadic }: Signature): string {
    const inputs = params.map((p) => p.type);
    const outputs = results.map((r) => r.type);
    return `func${variadic ? '...' : ''} ${this.ids(inputs)} ${this.ids(outputs)}`;
  }
}
