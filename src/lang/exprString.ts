/** This file prints expressions as Go's compiler quotes them in messages: on one line, bodies and elements shortened to `…`. */
import type { Expr, Field, FuncTypeExpr } from './ast';

const MAX_DEPTH = 60;

/** The expression's source form, shortened. */
export function exprString(e: Expr, depth = 0): string {
  if (depth > MAX_DEPTH) return '…';
  const s = (x: Expr): string => exprString(x, depth + 1);
  switch (e.kind) {
    case 'BadExpr':
      return '<bad expr>';
    case 'Ident':
      return e.name;
    case 'BasicLit':
      return e.raw;
    case 'CompositeLit':
      return `${e.typeExpr ? s(e.typeExpr) : ''}{${e.elements.length ? '…' : ''}}`;
    case 'FuncLit':
      return `${s(e.signature)} {${e.body.stmts.length ? '…' : ''}}`;
    case 'Paren':
      return `(${s(e.x)})`;
    case 'Selector':
      return `${s(e.x)}.${e.sel.name}`;
    case 'Index':
      return `${s(e.x)}[${e.indices.map(s).join(', ')}]`;
    case 'SliceExpr':
      return `${s(e.x)}[${e.low ? s(e.low) : ''}:${e.high ? s(e.high) : ''}${e.max ? `:${s(e.max)}` : ''}]`;
    case 'TypeAssert':
      return `${s(e.x)}.(${e.typeExpr ? s(e.typeExpr) : 'type'})`;
    case 'Call':
      return `${s(e.fun)}(${e.args.map(s).join(', ')}${e.spread ? '...' : ''})`;
    case 'Star':
      return `*${s(e.x)}`;
    case 'Unary':
      return `${e.op}${s(e.x)}`;
    case 'Binary':
      return `${s(e.x)} ${e.op} ${s(e.y)}`;
    case 'KeyValue':
      return `${s(e.key)}: ${s(e.val)}`;
    case 'ArrayType':
      return `[${e.len === undefined ? '' : e.len === 'auto' ? '...' : s(e.len)}]${s(e.elem)}`;
    case 'StructType':
      return `struct{${e.fields.map((f) => field(f, depth + 1)).join('; ')}}`;
    case 'FuncType':
      return `func${signature(e, depth + 1)}`;
    case 'InterfaceType':
      return `interface{${[...e.methods.map((m) => m.name.name + signature(m.signature, depth + 1)), ...e.embeds.map(s)].join('; ')}}`;
    case 'MapType':
      return `map[${s(e.key)}]${s(e.elem)}`;
    case 'ChanType':
      if (e.dir === 'recv') return `<-chan ${s(e.elem)}`;
      if (e.dir === 'send') return `chan<- ${s(e.elem)}`;
      return e.elem.kind === 'ChanType' && e.elem.dir === 'recv' ? `chan (${s(e.elem)})` : `chan ${s(e.elem)}`;
    case 'Ellipsis':
      return `...${e.elem ? s(e.elem) : ''}`;
  }
}

function field(f: Field, depth: number): string {
  const names = f.names.map((n) => n.name).join(', ');
  return (names ? `${names} ` : '') + exprString(f.typeExpr, depth);
}

function signature(e: FuncTypeExpr, depth: number): string {
  const list = (fields: readonly Field[]): string => fields.map((f) => field(f, depth)).join(', ');
  const [only] = e.results;
  if (!only) return `(${list(e.params)})`;
  const results = e.results.length === 1 && only.names.length === 0 ? list(e.results) : `(${list(e.results)})`;
  return `(${list(e.params)}) ${results}`;
}

/** The expression without enclosing parentheses. */
export function unparen(e: Expr): Expr {
  let x = e;
  while (x.kind === 'Paren') x = x.x;
  return x;
}

/** Whether an expression is the blank identifier, in parentheses or not. */
export function isBlank(e: Expr): boolean {
  const inner = unparen(e);
  return inner.kind === 'Ident' && inner.name === '_';
}
