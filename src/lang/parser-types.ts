/** This file parses types, fields, parameter lists and signatures. */
import type {
  BasicLit,
  Expr,
  Field,
  FuncTypeExpr,
  Ident,
  InterfaceMethod,
  InterfaceTypeExpr,
  StructTypeExpr,
} from './ast';
import type { Span } from '../base/span';
import { ParserCore } from './parser-core';
import { describeKind } from './token';

/** A parameter before it is known whether a lone name is a name or a type. */
interface Parameter {
  readonly start: number;
  name?: Ident;
  typeExpr?: Expr;
}

type Close = ')' | ']';

export abstract class TypeParser extends ParserCore {
  protected abstract expr(): Expr;

  /** A type; where there is none, a complaint. */
  protected type(): Expr {
    const type = this.typeOrNone();
    if (type) return type;
    const bad = this.badExpr();
    this.unexpected('expected type');
    this.advance(',', ':', ';', ')', ']', '}');
    return bad;
  }

  /** A type, or undefined (and nothing consumed) when no type begins here. */
  protected typeOrNone(): Expr | undefined {
    switch (this.token.kind) {
      case 'name':
        return this.typeName();
      case '*':
      case '[':
      case '(':
      case '<-':
      case 'chan':
      case 'map':
      case 'func':
        return this.atDeclaration() ? undefined : this.nested(() => this.typeLiteral());
      case 'struct':
        return this.nested(() => this.structType());
      case 'interface':
        return this.nested(() => this.interfaceType());
      default:
        return undefined;
    }
  }

  private typeLiteral(): Expr {
    const { kind, start } = this.next();
    switch (kind) {
      case '*': {
        const x = this.type();
        return { kind: 'Star', id: this.nodes++, x, span: this.spanFrom(start) };
      }
      case '[':
        return this.got(']') ? this.sliceType(start) : this.arrayType(start);
      case '(': {
        const x = this.type();
        this.want(')');
        return { kind: 'Paren', id: this.nodes++, x, span: this.spanFrom(start) };
      }
      case '<-': {
        this.want('chan');
        const elem = this.chanElem();
        return { kind: 'ChanType', id: this.nodes++, dir: 'recv', elem, span: this.spanFrom(start) };
      }
      case 'chan': {
        const dir = this.got('<-') ? 'send' : 'both';
        const elem = this.chanElem();
        return { kind: 'ChanType', id: this.nodes++, dir, elem, span: this.spanFrom(start) };
      }
      case 'map': {
        this.want('[');
        const key = this.type();
        this.want(']');
        const elem = this.type();
        return { kind: 'MapType', id: this.nodes++, key, elem, span: this.spanFrom(start) };
      }
      default:
        return this.signature('function type', start);
    }
  }

  private chanElem(): Expr {
    const elem = this.typeOrNone();
    if (elem) return elem;
    const bad = this.badExpr();
    this.syntaxError('missing channel element type', 'syntax.channel-type');
    return bad;
  }

  /** `[` and `]` have been consumed. */
  protected sliceType(start: number): Expr {
    const elem = this.type();
    return { kind: 'ArrayType', id: this.nodes++, elem, span: this.spanFrom(start) };
  }

  /** `[` has been consumed, and `len` when it is given. */
  protected arrayType(start: number, len?: Expr): Expr {
    let length: Expr | 'auto' | undefined = len;
    length ??= this.got('...') ? 'auto' : this.bracketed(() => this.expr());
    if (this.at(',')) {
      this.syntaxError('unexpected comma; expected ]');
      this.next();
    }
    this.want(']');
    const elem = this.type();
    return { kind: 'ArrayType', id: this.nodes++, len: length, elem, span: this.spanFrom(start) };
  }

  /** Parses something that stands in brackets, where composite literals are unambiguous. */
  protected bracketed<T>(parse: () => T): T {
    this.expressionDepth++;
    const node = parse();
    this.expressionDepth--;
    return node;
  }

  /** `T`, `pkg.T`, either with type arguments. `first` when the name has been consumed. */
  protected typeName(first?: Ident): Expr {
    let x: Expr;
    if (first) x = first;
    else if (this.at('name')) x = this.name();
    else {
      x = { kind: 'Ident', id: this.nodes++, name: '_', span: this.emptyHere() };
      this.unexpected('expected name');
      this.advance('.', ';', '}');
    }
    const { start } = x.span;
    if (this.got('.')) {
      const sel = this.name();
      x = { kind: 'Selector', id: this.nodes++, x, sel, span: this.spanFrom(start) };
    }
    return this.at('[') ? this.typeInstance(x) : x;
  }

  private typeInstance(x: Expr): Expr {
    return this.nested(() => this.typeInstanceOf(x));
  }

  private typeInstanceOf(x: Expr): Expr {
    this.want('[');
    let indices: Expr[];
    if (this.at(']')) {
      indices = [this.badExpr()];
      this.unexpected('expected type argument list');
    } else indices = this.typeArguments(true).list;
    this.want(']');
    return { kind: 'Index', id: this.nodes++, x, indices, span: this.spanFrom(x.span.start) };
  }

  /** A list of types, closed by `]` (not consumed). Not `strict`: the first may be any expression. */
  protected typeArguments(strict: boolean): { list: Expr[]; comma: boolean } {
    return this.bracketed(() => {
      const list = [strict ? this.type() : this.expr()];
      let comma = false;
      while (this.got(',')) {
        comma = true;
        const type = this.typeOrNone();
        if (!type) break;
        list.push(type);
      }
      return { list, comma };
    });
  }

  // ------------------------------------------------------------ structs and interfaces

  private structType(): StructTypeExpr {
    const { start } = this.next();
    const fields: Field[] = [];
    this.want('{');
    this.list('struct type', ';', '}', () => {
      const field = this.field();
      if (field) fields.push(field);
    });
    return { kind: 'StructType', id: this.nodes++, fields, span: this.spanFrom(start) };
  }

  private field(): Field | undefined {
    const { start } = this.token;
    switch (this.token.kind) {
      case 'name':
        return this.namedField(start);
      case '*':
      case '(':
        return this.finishField(
          start,
          [],
          this.nested(() => this.embeddedPointer()),
        );
      default:
        this.unexpected('expected field name or embedded type');
        this.advance(';', '}');
        return undefined;
    }
  }

  private namedField(start: number): Field {
    const next = this.peek();
    if (next === '.' || next === 'literal' || next === ';' || next === '}')
      return this.finishField(start, [], this.typeName());
    const names = this.nameList();
    if (names.length === 1 && this.at('[')) {
      // a field of array or slice type, or an embedded instantiated type T[P]
      const type = this.arrayOrInstance(names[0]!);
      return type.kind === 'Index' ? this.finishField(start, [], type) : this.finishField(start, names, type);
    }
    return this.finishField(start, names, this.type());
  }

  private finishField(start: number, names: Ident[], typeExpr: Expr): Field {
    const tag = this.at('literal') ? this.literal() : undefined;
    const span = this.spanFrom(start);
    return tag
      ? { kind: 'Field', id: this.nodes++, names, typeExpr, tag, span }
      : { kind: 'Field', id: this.nodes++, names, typeExpr, span };
  }

  /** `*T`; parentheses are parsed and complained about. */
  private embeddedPointer(): Expr {
    const { start } = this.token;
    if (this.at('(')) {
      this.syntaxError('cannot parenthesize embedded type');
      this.next();
      const x = this.at('*') ? this.nested(() => this.embeddedPointer()) : this.typeName();
      this.got(')');
      return x;
    }
    this.next();
    const x = this.at('(') ? this.nested(() => this.embeddedPointer()) : this.typeName();
    return { kind: 'Star', id: this.nodes++, x, span: this.spanFrom(start) };
  }

  /** After `name`, at `[`: an array type, or the instance `name[…]`. */
  private arrayOrInstance(name: Ident): Expr {
    const { start } = this.next();
    if (this.got(']')) return this.sliceType(start);
    if (this.at('...')) return this.arrayType(start);
    const { list, comma } = this.typeArguments(false);
    this.want(']');
    const elem = comma ? undefined : this.typeOrNone();
    if (elem) return { kind: 'ArrayType', id: this.nodes++, len: list[0]!, elem, span: this.spanFrom(start) };
    return { kind: 'Index', id: this.nodes++, x: name, indices: list, span: this.spanFrom(name.span.start) };
  }

  protected literal(): BasicLit {
    const { start, end, text, lit } = this.next();
    return { kind: 'BasicLit', id: this.nodes++, lit: lit ?? 'int', raw: text, span: { start, end } };
  }

  private interfaceType(): InterfaceTypeExpr {
    const { start } = this.next();
    const methods: InterfaceMethod[] = [];
    const embeds: Expr[] = [];
    this.want('{');
    this.list('interface type', ';', '}', () => {
      if (this.at('name') && this.isMethod()) methods.push(this.interfaceMethod());
      else embeds.push(this.union());
    });
    return { kind: 'InterfaceType', id: this.nodes++, methods, embeds, span: this.spanFrom(start) };
  }

  /** `name(`, or `name[…](`, which is not allowed but meant as a method. */
  private isMethod(): boolean {
    if (this.peek() === '(') return true;
    if (this.peek() !== '[') return false;
    let depth = 0;
    for (let i = 1; ; i++) {
      const kind = this.peek(i);
      if (kind === '[') depth++;
      else if (kind === ']' && --depth === 0) return this.peek(i + 1) === '(';
      else if (kind === ';' || kind === '{' || kind === 'EOF') return false;
    }
  }

  private interfaceMethod(): InterfaceMethod {
    const name = this.name();
    const signature = this.signature('interface method', this.token.start);
    return { kind: 'InterfaceMethod', id: this.nodes++, name, signature, span: this.spanFrom(name.span.start) };
  }

  /** `A | ~B | …`; `first` when the first term has been parsed. */
  protected union(first?: Expr): Expr {
    let x = first ?? this.unionTerm();
    const outer = this.measure();
    while (this.at('|')) {
      this.deepen();
      const opSpan = spanOf(this.next());
      const y = this.unionTerm();
      x = {
        kind: 'Binary',
        id: this.nodes++,
        op: '|',
        x,
        y,
        opSpan,
        span: { start: x.span.start, end: Math.max(this.lastEnd, y.span.end) },
      };
    }
    this.measured(outer);
    return x;
  }

  private unionTerm(): Expr {
    if (this.at('~')) {
      const opSpan = spanOf(this.next());
      const x = this.type();
      return { kind: 'Unary', id: this.nodes++, op: '~', x, opSpan, span: this.spanFrom(opSpan.start) };
    }
    const type = this.typeOrNone();
    if (type) return type;
    const bad = this.badExpr();
    this.unexpected('expected ~ term or type');
    this.advance('|', ';', ')', ']', '}');
    return bad;
  }

  // ------------------------------------------------------------ signatures

  /** `[typeParams](params) results`; with a `context` ("method", "function type"), type parameters are not allowed. */
  protected signature(context: string, start: number): FuncTypeExpr {
    let typeParams: Field[] = [];
    if (this.at('[')) {
      const bracket = this.next();
      if (context) this.rejectTypeParameters(context, bracket);
      if (this.at(']')) {
        this.syntaxError('empty type parameter list', 'syntax.type-parameters');
        this.next();
      } else typeParams = this.parameters(']', true, false);
    }
    this.want('(');
    const params = this.parameters(')', false, true);
    const results = this.results();
    return { kind: 'FuncType', id: this.nodes++, typeParams, params, results, span: this.spanFrom(start) };
  }

  private rejectTypeParameters(context: string, place: Span): void {
    const message = `${context} must have no type parameters`;
    if (context === 'interface method') this.error('syntax.type-parameters', message, place);
    else this.syntaxError(message, 'syntax.type-parameters', place);
  }

  private results(): Field[] {
    if (this.got('(')) return this.parameters(')', false, false);
    const typeExpr = this.typeOrNone();
    return typeExpr ? [{ kind: 'Field', id: this.nodes++, names: [], typeExpr, span: typeExpr.span }] : [];
  }

  /**
   * A parameter list whose opening bracket has been consumed, and its closing one. `first` is a type parameter already parsed
   * (its name, and its constraint when there was one).
   */
  protected parameters(
    close: Close,
    requireNames: boolean,
    variadic: boolean,
    first?: { name: Ident; typeExpr?: Expr },
  ): Field[] {
    if (!first && this.got(close)) return [];
    const list: Parameter[] = [];
    let pending = first;
    if (pending?.typeExpr && this.at(close)) {
      list.push({ start: pending.name.span.start, ...pending });
      pending = undefined;
    }
    this.list('parameter list', ',', close, () => {
      const given = pending;
      pending = undefined;
      const parameter = given?.typeExpr
        ? { start: given.name.span.start, ...given }
        : this.parameter(close, given?.name);
      if (parameter) list.push(parameter);
    });
    this.nameParameters(list, requireNames);
    this.checkVariadic(list, variadic);
    return groupParameters(list, () => this.nodes++);
  }

  /** `name`, `name T`, `name ...T`, `T`, and in type parameter lists `name A|~B`. Which of them is decided for the whole list. */
  private parameter(close: Close, first?: Ident): Parameter | undefined {
    const union = close === ']';
    const start = first?.span.start ?? this.token.start;
    if (!first && union && this.at('~')) return { start, typeExpr: this.union() };
    let name: Ident | undefined;
    if (first || this.at('name')) {
      name = first ?? this.name();
      const more = (x: Expr): Expr => (union && this.at('|') ? this.union(x) : x);
      if (this.at('[')) {
        const x = this.arrayOrInstance(name);
        return x.kind === 'Index' ? { start, typeExpr: more(x) } : { start, name, typeExpr: more(x) };
      }
      if (this.at('.')) return { start, typeExpr: more(this.typeName(name)) };
      if (union && this.at('|')) return { start, typeExpr: this.union(name) };
    }
    const typeExpr = this.parameterType(union);
    if (name || typeExpr) return { start, ...(name && { name }), ...(typeExpr && { typeExpr }) };
    this.unexpected(`expected ${describeKind(close)}`);
    this.advance(',', close);
    return undefined;
  }

  private parameterType(union: boolean): Expr | undefined {
    if (this.at('...')) {
      const { start } = this.next();
      const elem = this.typeOrNone();
      if (!elem) this.syntaxError('... is missing type', 'syntax.parameter-list');
      return elem ? { kind: 'Ellipsis', id: this.nodes++, elem, span: this.spanFrom(start) } : this.badExpr();
    }
    if (union && this.at('~')) return this.union();
    const typeExpr = this.typeOrNone();
    return union && typeExpr && this.at('|') ? this.union(typeExpr) : typeExpr;
  }

  /** Decides between `f(A, B)` and `f(a, b T)`: if one parameter has a name and a type, all have names. */
  private nameParameters(list: Parameter[], requireNames: boolean): void {
    const named = list.filter((p) => p.name && p.typeExpr).length;
    const typed = list.filter((p) => p.typeExpr).length;
    if (named === 0 && !requireNames) {
      for (const p of list) {
        p.typeExpr ??= p.name!;
        delete p.name;
      }
      return;
    }
    if (named === list.length) return;
    let type: Expr | undefined;
    let wrong: Span | undefined;
    for (const p of [...list].reverse()) {
      if (p.typeExpr) {
        type = p.typeExpr;
        if (!p.name) {
          wrong = type.span;
          p.name = {
            kind: 'Ident',
            id: this.nodes++,
            name: '_',
            span: { start: type.span.start, end: type.span.start },
          };
        }
      } else if (type) p.typeExpr = type;
      else {
        wrong = p.name!.span;
        p.typeExpr = { kind: 'BadExpr', id: this.nodes++, span: { start: wrong.end, end: wrong.end } };
      }
    }
    if (!wrong) return;
    const missing =
      named === typed
        ? requireNames
          ? 'type constraint'
          : 'parameter type'
        : requireNames
          ? 'type parameter name'
          : 'parameter name';
    const hint = missing === 'type parameter name' && list.length === 1 ? ' or invalid array length' : '';
    const close = { start: Math.max(0, this.lastEnd - 1), end: this.lastEnd };
    this.syntaxError(`missing ${missing}${hint}`, 'syntax.parameter-list', named === typed ? close : wrong);
  }

  /** `...T` is for the last parameter of a function; elsewhere it is read as `T`. */
  private checkVariadic(list: Parameter[], allowed: boolean): void {
    let reported = false;
    for (const [i, p] of list.entries()) {
      if (p.typeExpr?.kind !== 'Ellipsis' || (allowed && i === list.length - 1)) continue;
      const message = allowed ? 'can only use ... with final parameter' : 'invalid use of ...';
      if (!reported) this.error('syntax.parameter-list', message, p.typeExpr.span);
      reported = true;
      if (p.typeExpr.elem) p.typeExpr = p.typeExpr.elem;
    }
  }
}

/** Neighbours that share one type expression (`a, b T`) become one field of several names. */
function groupParameters(list: readonly Parameter[], id: () => number): Field[] {
  const fields: { names: Ident[]; typeExpr: Expr; start: number; end: number }[] = [];
  for (const { name, typeExpr, start } of list) {
    const last = fields[fields.length - 1];
    const end = Math.max(typeExpr!.span.end, name?.span.end ?? 0);
    if (last && name && last.names.length > 0 && last.typeExpr === typeExpr) last.names.push(name);
    else fields.push({ names: name ? [name] : [], typeExpr: typeExpr!, start, end });
  }
  return fields.map(({ names, typeExpr, start, end }) => ({
    kind: 'Field',
    id: id(),
    names,
    typeExpr,
    span: { start, end },
  }));
}

export function spanOf(place: Span): Span {
  return { start: place.start, end: place.end };
}
