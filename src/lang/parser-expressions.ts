/** This file parses expressions: operands, what may follow them, and operators by precedence. */
import type {
  BinaryOp,
  Block,
  Call,
  ChanTypeExpr,
  CompositeLit,
  Expr,
  FuncLit,
  Paren,
  TypeAssert,
  UnaryOp,
} from './ast';
import { spanOf, TypeParser } from './parser-types';
import { binaryPrecedence, type TokenKind } from './token';

const unaryOps: ReadonlySet<TokenKind> = new Set<TokenKind>(['+', '-', '!', '^', '&', '~']);

function precedenceOf(kind: TokenKind): number {
  return Object.hasOwn(binaryPrecedence, kind) ? binaryPrecedence[kind as BinaryOp] : 0;
}

/** Whether walkers take links of this operator as a list: of those that nobody writes hundreds of, they take each by a call. */
function isChained(kind: TokenKind): boolean {
  return kind !== '|' && precedenceOf(kind) !== precedenceOf('==');
}

export abstract class ExpressionParser extends TypeParser {
  /** Every `x.(type)` that is not (yet) known to be the guard of a type switch. */
  protected readonly typeGuards = new Set<TypeAssert>();

  protected abstract functionBody(): Block;
  /** `thread f(x)` or `spawn p(x)` as an operand, where this version has neither; undefined when the word is a plain name here. */
  protected abstract laneOperand(): Expr | undefined;

  protected override expr(): Expr {
    return this.nested(() => this.binary(this.unary(), 0));
  }

  protected exprList(): Expr[] {
    const list = [this.expr()];
    while (this.got(',')) list.push(this.expr());
    return list;
  }

  /** Continues `x` with operators that bind stronger than `floor`. */
  protected binary(x: Expr, floor: number): Expr {
    let links = 0;
    for (let p = precedenceOf(this.token.kind); p > floor; p = precedenceOf(this.token.kind)) {
      this.linked(++links);
      const token = this.next();
      const outer = this.measure();
      const y = this.binary(this.unary(), p);
      this.measured(outer);
      if (!isChained(token.kind)) this.deepen();
      const span = { start: x.span.start, end: Math.max(this.lastEnd, y.span.end) };
      x = { kind: 'Binary', id: this.nodes++, op: token.kind as BinaryOp, x, y, opSpan: spanOf(token), span };
    }
    return x;
  }

  private unary(): Expr {
    const { kind } = this.token;
    if (kind === '<-') return this.nested(() => this.receive());
    if (kind === '*') {
      return this.nested(() => {
        const { start } = this.next();
        const x = this.unary();
        return { kind: 'Star', id: this.nodes++, x, span: this.spanFrom(start) };
      });
    }
    if (!unaryOps.has(kind)) return this.primaryExpr();
    return this.nested(() => {
      const token = this.next();
      const x = this.unary();
      return {
        kind: 'Unary',
        id: this.nodes++,
        op: kind as UnaryOp,
        x,
        opSpan: spanOf(token),
        span: this.spanFrom(token.start),
      };
    });
  }

  /** `<-x`; when what follows turns out to be a channel type, the arrow belongs to that type. */
  private receive(): Expr {
    const token = this.next();
    const x = this.unary();
    if (x.kind === 'ChanType') return this.receiveOnly(x, token.start);
    return { kind: 'Unary', id: this.nodes++, op: '<-', x, opSpan: spanOf(token), span: this.spanFrom(token.start) };
  }

  /** `<-(chan T)` is `<-chan T`, and `<-(chan<- T)` is `<-chan (<-T)`, where T is a channel type in its turn. */
  private receiveOnly(type: ChanTypeExpr, start: number): ChanTypeExpr {
    let { elem } = type;
    if (type.dir === 'recv') this.syntaxError('unexpected <-, expected chan', 'syntax.channel-type');
    if (type.dir === 'send') {
      if (elem.kind === 'ChanType') elem = this.receiveOnly(elem, elem.span.start);
      else {
        this.syntaxError(`unexpected ${this.sourceOf(elem)}, expected chan`, 'syntax.channel-type', elem.span);
      }
    }
    return { kind: 'ChanType', id: this.nodes++, dir: 'recv', elem, span: { start, end: type.span.end } };
  }

  private operand(): Expr {
    switch (this.token.kind) {
      case 'name':
        return this.laneOperand() ?? this.name();
      case 'literal':
        return this.literal();
      case '(':
        return this.nested(() => this.paren());
      case 'func':
        if (!this.atDeclaration()) return this.nested(() => this.functionOrType());
        break;
      case '[':
      case 'chan':
      case 'map':
      case 'struct':
      case 'interface':
        return this.type();
      default:
    }
    const bad = this.badExpr();
    this.unexpected('expected expression');
    this.advance(')', ']', '}');
    return bad;
  }

  private paren(): Paren {
    const { start } = this.next();
    const x = this.bracketed(() => this.expr());
    this.want(')');
    return { kind: 'Paren', id: this.nodes++, x, span: this.spanFrom(start) };
  }

  private functionOrType(): Expr {
    const { start } = this.next();
    const signature = this.signature('function type', start);
    if (!this.at('{')) return signature;
    const body = this.bracketed(() => this.functionBody());
    const literal: FuncLit = { kind: 'FuncLit', id: this.nodes++, signature, body, span: this.spanFrom(start) };
    return literal;
  }

  // ------------------------------------------------------------ what follows an operand

  private primaryExpr(): Expr {
    const outer = this.measure();
    const x = this.primary(this.operand());
    this.measured(outer);
    return x;
  }

  /** Continues `x` with selectors, indices, calls and literal values. */
  protected primary(x: Expr): Expr {
    for (let longer = this.suffix(x); longer; longer = this.suffix(x)) {
      this.deepen();
      x = longer;
    }
    return x;
  }

  private suffix(x: Expr): Expr | undefined {
    switch (this.token.kind) {
      case '.':
        return this.selector(x);
      case '[':
        return this.index(x);
      case '(':
        return this.call(x);
      case '{':
        return this.mayBeLiteral(x) ? this.literalOf(x) : undefined;
      default:
        return undefined;
    }
  }

  private selector(x: Expr): Expr {
    this.next();
    const { start } = x.span;
    if (this.at('name')) {
      const sel = this.name();
      return { kind: 'Selector', id: this.nodes++, x, sel, span: this.spanFrom(start) };
    }
    if (this.got('(')) {
      const typeExpr = this.got('type') ? undefined : this.type();
      this.want(')');
      const assert: TypeAssert = {
        kind: 'TypeAssert',
        id: this.nodes++,
        x,
        ...(typeExpr && { typeExpr }),
        span: this.spanFrom(start),
      };
      if (!typeExpr) this.typeGuards.add(assert);
      return assert;
    }
    // an unfinished selector: completion asks for the members of x here
    const sel = {
      kind: 'Ident' as const,
      id: this.nodes++,
      name: '',
      span: { start: this.lastEnd, end: this.lastEnd },
    };
    this.unexpected('expected name or (');
    this.advance(';', ')', '}');
    return { kind: 'Selector', id: this.nodes++, x, sel, span: this.spanFrom(start) };
  }

  private index(x: Expr): Expr {
    this.next();
    const { start } = x.span;
    let first: Expr | undefined;
    if (this.at(']')) {
      first = this.badExpr();
      this.unexpected('expected operand');
      this.next();
      return { kind: 'Index', id: this.nodes++, x, indices: [first], span: this.spanFrom(start) };
    }
    if (!this.at(':')) {
      const { list, comma } = this.typeArguments(false);
      if (comma || this.at(']')) {
        this.want(']');
        return { kind: 'Index', id: this.nodes++, x, indices: list, span: this.spanFrom(start) };
      }
      first = list[0];
    }
    return this.slice(x, first);
  }

  /** At the first colon of `x[low:high:max]`. */
  private slice(x: Expr, low: Expr | undefined): Expr {
    const { start } = x.span;
    if (!this.got(':')) {
      this.unexpected('expected comma, : or ]');
      this.advance(',', ':', ']');
      if (!this.got(':') && low) {
        if (this.at(',')) this.advance(']');
        this.got(']');
        return { kind: 'Index', id: this.nodes++, x, indices: [low], span: this.spanFrom(start) };
      }
    }
    const [high, max] = this.bracketed(() => this.sliceEnds());
    this.want(']');
    return {
      kind: 'SliceExpr',
      id: this.nodes++,
      x,
      ...(low && { low }),
      ...(high && { high }),
      ...(max && { max }),
      span: this.spanFrom(start),
    };
  }

  private sliceEnds(): [Expr | undefined, Expr | undefined] {
    let high = this.at(':') || this.at(']') ? undefined : this.expr();
    if (!this.at(':')) return [high, undefined];
    if (!high) {
      this.error('syntax.slice-index', 'middle index required in 3-index slice', this.token);
      high = this.badExpr();
    }
    this.next();
    if (!this.at(']')) return [high, this.expr()];
    this.error('syntax.slice-index', 'final index required in 3-index slice', this.token);
    return [high, this.badExpr()];
  }

  private call(fun: Expr): Call {
    const lparen = this.next().start;
    const args: Expr[] = [];
    let spread = false;
    this.bracketed(() =>
      this.list('argument list', ',', ')', () => {
        args.push(this.expr());
        spread = this.got('...');
        return spread;
      }),
    );
    return { kind: 'Call', id: this.nodes++, fun, args, spread, lparen, span: this.spanFrom(fun.span.start) };
  }

  // ------------------------------------------------------------ composite literals

  /** Whether `{` after `x` begins its elements; in a statement header after a mere name it begins the body. */
  private mayBeLiteral(x: Expr): boolean {
    const type = unparen(x);
    switch (type.kind) {
      case 'Ident':
      case 'Selector':
        return this.expressionDepth >= 0;
      case 'Index':
        return this.expressionDepth >= 0 && !isValue(type);
      case 'ArrayType':
      case 'StructType':
      case 'MapType':
        return true;
      default:
        return false;
    }
  }

  private literalOf(x: Expr): CompositeLit {
    const typeExpr = unparen(x);
    if (typeExpr !== x) this.syntaxError('cannot parenthesize type in composite literal', 'syntax.composite-parens');
    return this.nested(() => this.literalValue(x.span.start, typeExpr));
  }

  private literalValue(start: number, typeExpr?: Expr): CompositeLit {
    const lbrace = this.token.start;
    const elements: Expr[] = [];
    this.bracketed(() => {
      this.want('{');
      this.list('composite literal', ',', '}', () => {
        elements.push(this.element());
      });
    });
    return {
      kind: 'CompositeLit',
      id: this.nodes++,
      ...(typeExpr && { typeExpr }),
      elements,
      lbrace,
      span: this.spanFrom(start),
    };
  }

  private element(): Expr {
    const key = this.bareElement();
    if (!this.got(':')) return key;
    const val = this.bareElement();
    return {
      kind: 'KeyValue',
      id: this.nodes++,
      key,
      val,
      span: { start: key.span.start, end: Math.max(this.lastEnd, val.span.end) },
    };
  }

  private bareElement(): Expr {
    return this.at('{') ? this.nested(() => this.literalValue(this.token.start)) : this.expr();
  }
}

export function unparen(x: Expr): Expr {
  while (x.kind === 'Paren') x = x.x;
  return x;
}

/** True when the expression cannot be a type, whatever its names mean. */
function isValue(x: Expr): boolean {
  switch (x.kind) {
    case 'BasicLit':
    case 'CompositeLit':
    case 'FuncLit':
    case 'SliceExpr':
    case 'TypeAssert':
    case 'Call':
    case 'Unary':
    case 'Binary':
      return true;
    case 'Paren':
      return isValue(x.x);
    case 'Index':
      return isValue(x.x) || x.indices.some(isValue);
    default:
      return false;
  }
}
