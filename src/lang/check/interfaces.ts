/** This file checks interface types, and works out their method sets when they are asked for. */
import type { Interrupt } from '../../base/interrupt';
import type { Expr, Ident, InterfaceTypeExpr } from '../ast';
import { isValid, under } from '../predicates';
import type { Interface, MethodObj, Signature, Type } from '../types';
import { causeOf } from '../unsupported';
import type { Checker } from './checker';
import { unsupportedGenerics } from './unsupported';

/** Work of a method of a set, in units of the interrupt. */
const METHOD_UNITS = 20;

/**
 * An interface as it is written. Its method set is worked out when it is first asked for: embedded interfaces may be declared later, and the sets of
 * interfaces that embed each other in a row, each with a method of its own, grow as the square of the text.
 */
class WrittenInterface implements Interface {
  readonly kind = 'interface';
  private set?: readonly MethodObj[];

  constructor(
    readonly own: readonly MethodObj[],
    readonly embeds: readonly Type[],
    readonly parts: readonly Type[],
    private readonly interrupt: Interrupt,
  ) {}

  get methods(): readonly MethodObj[] {
    return (this.set ??= methodSet(this, this.interrupt));
  }

  /** What is known without working anything out: the set, or the methods that are written here. */
  get known(): { readonly methods: readonly MethodObj[]; readonly embeds: readonly Type[] } {
    return this.set ? { methods: this.set, embeds: [] } : { methods: this.own, embeds: this.embeds };
  }
}

/** The types that an interface literal embeds. */
export function embeddedTypes(type: Interface): readonly Type[] {
  return type instanceof WrittenInterface ? type.embeds : [];
}

/** The methods that are written in an interface literal; of any other interface all. */
export function ownMethods(type: Interface): readonly MethodObj[] {
  return type instanceof WrittenInterface ? type.own : type.methods;
}

/** Methods of an interface, then of those that it embeds, depth first: the first of a name counts. Sorted by name. */
function methodSet(type: WrittenInterface, interrupt: Interrupt): readonly MethodObj[] {
  const methods = new Map<string, MethodObj>();
  const seen = new Set<Type>();
  const stack: Type[] = [type];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const u = under(next);
    if (u.kind !== 'interface' || seen.has(u)) continue;
    seen.add(u);
    const known = u instanceof WrittenInterface ? u.known : { methods: u.methods, embeds: [] };
    interrupt.worked((known.methods.length + 1) * METHOD_UNITS);
    for (const method of known.methods) if (!methods.has(method.name)) methods.set(method.name, method);
    for (let i = known.embeds.length - 1; i >= 0; i--) stack.push(known.embeds[i]!);
  }
  return [...methods.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function interfaceType(c: Checker, e: InterfaceTypeExpr): Type {
  const own: MethodObj[] = [];
  for (const { name, signature } of e.methods) {
    const type = c.rules.signature(c, undefined, signature, c.newScope(signature.span));
    c.typing.record(signature, 'type', type);
    if (name.name === '_') c.error('type.blank', name, 'methods must have a unique non-blank name');
    else own.push(interfaceMethod(c, name, type));
  }
  const embeds: { e: Expr; type: Type }[] = [];
  for (const embed of e.embeds) {
    if (embed.kind === 'Binary' || embed.kind === 'Unary') {
      return unsupportedGenerics(c, embed);
    }
    const type = c.rules.typeExpr(c, embed);
    // With methods that nobody knows, nobody knows what implements it.
    if (causeOf(type)) return type;
    embeds.push({ e: embed, type });
  }
  const { file } = c.env;
  const embedded = embeds.map((e) => e.type);
  const parts = [...own.map((method) => method.signature), ...embedded];
  const type = new WrittenInterface(own, embedded, parts, c.interrupt);
  c.interfaces.push({ type, span: e.span, file });
  c.later(() => checkWritten(c, own, embeds));
  return type;
}

function interfaceMethod(c: Checker, ident: Ident, signature: Signature): MethodObj {
  const { name, span } = ident;
  const method: MethodObj = { kind: 'method', name, span, file: c.objectFile, pkg: c.pkg, signature };
  c.typing.setObject(ident, method);
  return method;
}

/** Reports methods that are written twice and embedded types that are no interfaces, now that all types are known. */
function checkWritten(c: Checker, own: readonly MethodObj[], embeds: readonly { e: Expr; type: Type }[]): void {
  const names = new Set<string>();
  for (const { name, span } of own) {
    if (names.has(name)) c.errorIn(c.env.file, 'type.redeclared', span!, `duplicate method ${name}`);
    names.add(name);
  }
  for (const { e, type } of embeds) {
    const u = under(type);
    if (isValid(type) && isValid(u) && u.kind !== 'interface') unsupportedGenerics(c, e);
  }
}
