/** This file prints types as Go's %T and its panics do: packages always named, `interface {}`, no aliases. */
import { isExported } from '../lang/lookup';
import { packageName } from '../lang/typeString';
import type { Signature, Type } from '../lang/types';

/** The name of a type at run time. */
export function runtimeTypeName(type: Type): string {
  switch (type.kind) {
    case 'basic':
      return type.name === 'invalid' ? '?' : type.name;
    case 'named': {
      const { pkg, name } = type.object;
      const args = type.typeArgs?.length ? `[${type.typeArgs.map(runtimeTypeName).join(',')}]` : '';
      return (pkg === '' ? name : `${packageName(pkg)}.${name}`) + args;
    }
    case 'pointer':
      return `*${runtimeTypeName(type.elem)}`;
    case 'slice':
      return `[]${runtimeTypeName(type.elem)}`;
    case 'array':
      return `[${type.len}]${runtimeTypeName(type.elem)}`;
    case 'map':
      return `map[${runtimeTypeName(type.key)}]${runtimeTypeName(type.elem)}`;
    case 'chan': {
      const elem = runtimeTypeName(type.elem);
      if (type.dir === 'send') return `chan<- ${elem}`;
      if (type.dir === 'recv') return `<-chan ${elem}`;
      return type.elem.kind === 'chan' && type.elem.dir === 'recv' ? `chan (${elem})` : `chan ${elem}`;
    }
    case 'struct': {
      const fields = type.fields.map((f) => {
        const tag = f.tag ? ` ${JSON.stringify(f.tag)}` : '';
        return (f.embedded ? '' : `${f.name} `) + runtimeTypeName(f.type) + tag;
      });
      return fields.length === 0 ? 'struct {}' : `struct { ${fields.join('; ')} }`;
    }
    case 'signature':
      return `func${signatureName(type)}`;
    case 'interface': {
      const methods = type.methods.map(
        (m) => (isExported(m.name) ? '' : 'main.') + m.name + signatureName(m.signature),
      );
      return methods.length === 0 ? 'interface {}' : `interface { ${methods.join('; ')} }`;
    }
    case 'tuple':
      return `(${type.types.map(runtimeTypeName).join(', ')})`;
    case 'typeparam':
      return type.object.name;
  }
}

function signatureName(signature: Signature): string {
  const params = signature.params.map((p, i) => {
    const last = signature.variadic && i === signature.params.length - 1;
    return last && p.type.kind === 'slice' ? `...${runtimeTypeName(p.type.elem)}` : runtimeTypeName(p.type);
  });
  const results = signature.results.map((r) => runtimeTypeName(r.type));
  const text = `(${params.join(', ')})`;
  if (results.length === 0) return text;
  return results.length === 1 ? `${text} ${results[0]!}` : `${text} (${results.join(', ')})`;
}
