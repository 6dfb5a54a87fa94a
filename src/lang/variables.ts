/** This file finds what a body does with its variables: whose address it takes, which its function literals capture, which it assigns after their declaration. */
import type { Expr, FuncDecl, FuncLit, Node } from './ast';
import { under } from './predicates';
import type { Type, VarObj } from './types';
import type { Typing } from './typing';
import { walk } from './walk';

/** Of the local variables of a body, parameters and results among them. */
export interface VariableUses {
  /** `&x`, `x.ptrMethod()`, `x[:]` of an array: something may point to it. */
  readonly addressed: ReadonlySet<VarObj>;
  /** Used by a function literal other than its owner. */
  readonly captured: ReadonlySet<VarObj>;
  /** Assigned after their declaration, as a whole or in part. */
  readonly reassigned: ReadonlySet<VarObj>;
  /** Variables of enclosing functions that a literal uses, itself or in literals inside it, in order of first use. */
  free(literal: FuncLit): readonly VarObj[];
}

export function variableUses(typing: Typing): VariableUses {
  const uses = new UseWalk(typing);
  const { root } = typing;
  if (root.kind === 'FuncDecl') uses.functions.push(root);
  walk(root, uses.enter, uses.leave);
  return uses;
}

class UseWalk implements VariableUses {
  readonly addressed = new Set<VarObj>();
  readonly captured = new Set<VarObj>();
  readonly reassigned = new Set<VarObj>();
  /** Around the node being visited, outermost first. */
  readonly functions: (FuncDecl | FuncLit)[] = [];
  private readonly freeOf = new Map<FuncLit, Set<VarObj>>();

  constructor(private readonly typing: Typing) {}

  free(literal: FuncLit): readonly VarObj[] {
    return [...(this.freeOf.get(literal) ?? [])];
  }

  readonly enter = (node: Node): void => {
    switch (node.kind) {
      case 'FuncLit':
        this.functions.push(node);
        return;
      case 'Ident':
        return this.mention(variableOf(this.typing, node));
      case 'Unary':
        if (node.op === '&') this.add(this.addressed, node.x);
        return;
      case 'SliceExpr':
        if (isArray(this.typing.typeOf(node.x))) this.add(this.addressed, node.x);
        return;
      case 'Selector': {
        const selection = this.typing.selectionOf(node);
        if (selection?.kind === 'method' && selection.recv === 'pointer' && this.holds(node.x, selection.path))
          this.add(this.addressed, node.x);
        return;
      }
      case 'AssignStmt': {
        const declared = this.typing.declaredBy(node);
        for (const [i, e] of node.lhs.entries()) if (!declared[i]) this.add(this.reassigned, e);
        return;
      }
      case 'IncDecStmt':
        return this.add(this.reassigned, node.x);
      case 'RangeStmt':
        if (node.define && this.typing.perIteration) return;
        this.add(this.reassigned, node.key);
        return this.add(this.reassigned, node.val);
      default:
        return;
    }
  };

  readonly leave = (node: Node): void => {
    if (node.kind === 'FuncLit') this.functions.pop();
  };

  /** Whether the end of the path of embedded fields is a part of x itself, and no pointer. */
  private holds(x: Expr, path: readonly number[]): boolean {
    const type = this.typing.typeOf(x);
    const end = type && withoutPointer(type, path);
    return end !== undefined && under(end).kind !== 'pointer';
  }

  /** Adds the variable of which `e` is the whole or a part. */
  private add(set: Set<VarObj>, e: Expr | undefined): void {
    const variable = e && rootVariable(this.typing, e);
    if (variable) set.add(variable);
  }

  private mention(variable: VarObj | undefined): void {
    const owner = variable?.owner;
    if (!owner) return;
    for (let i = this.functions.length - 1; i >= 0 && this.functions[i] !== owner; i--) {
      const around = this.functions[i]!;
      if (around.kind !== 'FuncLit') continue;
      this.captured.add(variable);
      let free = this.freeOf.get(around);
      if (!free) this.freeOf.set(around, (free = new Set()));
      free.add(variable);
    }
  }
}

/** The local variable that a name means. */
function variableOf(typing: Typing, e: Expr & { kind: 'Ident' }): VarObj | undefined {
  const object = typing.objectOf(e);
  return object?.kind === 'var' && object.role !== 'package' ? object : undefined;
}

/** The local variable of which `e` is the whole or a part (fields, array elements; not through pointers). */
function rootVariable(typing: Typing, e: Expr): VarObj | undefined {
  switch (e.kind) {
    case 'Paren':
      return rootVariable(typing, e.x);
    case 'Ident':
      return variableOf(typing, e);
    case 'Selector': {
      const selection = typing.selectionOf(e);
      const type = typing.typeOf(e.x);
      const isPart = selection?.kind === 'field' && type && withoutPointer(type, selection.path);
      return isPart ? rootVariable(typing, e.x) : undefined;
    }
    case 'Index':
      return isArray(typing.typeOf(e.x)) ? rootVariable(typing, e.x) : undefined;
    default:
      return undefined;
  }
}

const isArray = (type: Type | undefined): boolean => type !== undefined && under(type).kind === 'array';

/** The type at the end of the fields of `path` from `type`; undefined when a pointer is on the way. */
function withoutPointer(type: Type, path: readonly number[]): Type | undefined {
  let t = type;
  for (const index of path) {
    const u = under(t);
    const field = u.kind === 'struct' ? u.fields[index] : undefined;
    if (!field) return undefined;
    t = field.type;
  }
  return t;
}
