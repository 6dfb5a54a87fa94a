/** This file finds what a body does with its variables: whose address it takes, which its function literals capture, which it assigns after their declaration. */
import { Interrupt } from '../base/interrupt';
import { LateMap, LateSet } from '../base/late';
import type { Expr, FuncDecl, FuncLit, Node } from './ast';
import { under } from './predicates';
import type { Type, VarObj } from './types';
import type { Typing } from './typing';
import { Walk, type Visitor } from './walk';

type Members = Pick<ReadonlySet<VarObj>, 'has'>;

/** Of the local variables of a body, parameters and results among them. */
export interface VariableUses {
  /** `&x`, `x.ptrMethod()`, `x[:]` of an array: something may point to it. */
  readonly addressed: Members;
  /** Used by a function literal other than its owner. */
  readonly captured: Members;
  /** Assigned after their declaration, as a whole or in part. */
  readonly reassigned: Members;
  /** Variables of enclosing functions that a literal uses, itself or in literals inside it, in order of first use. */
  free(literal: FuncLit): readonly VarObj[];
}

/** Work of a node, in units of the interrupt. */
const NODE_UNITS = 20;

class Uses implements VariableUses {
  readonly addressed = new LateSet<VarObj>();
  readonly captured = new LateSet<VarObj>();
  readonly reassigned = new LateSet<VarObj>();
  readonly freeOf = new LateMap<FuncLit, Set<VarObj>>();

  free(literal: FuncLit): readonly VarObj[] {
    const free = this.freeOf.get(literal);
    return free ? [...free] : [];
  }
}

/** Of a body that does nothing of the kind, as most are; nobody adds to it. */
const NO_USES = new Uses();

/** Finds the uses in one body after the other. */
export class UseFinder implements Visitor {
  private readonly walk = new Walk(this);
  /** Around the node being visited, outermost first. */
  private readonly functions: (FuncDecl | FuncLit)[] = [];

  // Of the body being visited.
  private typing!: Typing;
  private found: Uses | undefined;

  constructor(private readonly interrupt = Interrupt.never) {}

  /** @throws Interrupted */
  of(typing: Typing): VariableUses {
    const { root } = typing;
    this.typing = typing;
    if (root.kind === 'FuncDecl') this.functions.push(root);
    this.walk.visit(root);
    this.functions.length = 0;
    return this.take();
  }

  /** What was found of the body that has been visited. */
  private take(): VariableUses {
    const found = this.found ?? NO_USES;
    this.found = undefined;
    return found;
  }

  enter(node: Node): void {
    this.interrupt.worked(NODE_UNITS);
    switch (node.kind) {
      case 'FuncLit':
        this.functions.push(node);
        return;
      case 'Ident':
        return this.mention(variableOf(this.typing, node));
      case 'Unary':
        if (node.op === '&') this.add('addressed', node.x);
        return;
      case 'SliceExpr':
        if (isArray(this.typing.typeOf(node.x))) this.add('addressed', node.x);
        return;
      case 'Selector': {
        const selection = this.typing.selectionOf(node);
        if (selection?.kind === 'method' && selection.recv === 'pointer' && this.holds(node.x, selection.path))
          this.add('addressed', node.x);
        return;
      }
      case 'AssignStmt': {
        const declared = this.typing.declaredBy(node);
        for (const [i, e] of node.lhs.entries()) if (!declared[i]) this.add('reassigned', e);
        return;
      }
      case 'IncDecStmt':
        return this.add('reassigned', node.x);
      case 'RangeStmt':
        if (node.define && this.typing.perIteration) return;
        this.add('reassigned', node.key);
        return this.add('reassigned', node.val);
      default:
        return;
    }
  }

  /** Where to note a use. */
  private get uses(): Uses {
    return (this.found ??= new Uses());
  }

  leave(node: Node): void {
    if (node.kind === 'FuncLit') this.functions.pop();
  }

  /** Whether the end of the path of embedded fields is a part of x itself, and no pointer. */
  private holds(x: Expr, path: readonly number[]): boolean {
    const type = this.typing.typeOf(x);
    const end = type && withoutPointer(type, path);
    return end !== undefined && under(end).kind !== 'pointer';
  }

  /** Adds the variable of which `e` is the whole or a part. */
  private add(use: 'addressed' | 'reassigned', e: Expr | undefined): void {
    const variable = e && rootVariable(this.typing, e);
    if (variable) this.uses[use].add(variable);
  }

  private mention(variable: VarObj | undefined): void {
    const owner = variable?.owner;
    if (!owner) return;
    for (let i = this.functions.length - 1; i >= 0 && this.functions[i] !== owner; i--) {
      const around = this.functions[i]!;
      if (around.kind !== 'FuncLit') continue;
      this.interrupt.worked(NODE_UNITS);
      this.uses.captured.add(variable);
      const { freeOf } = this.uses;
      let free = freeOf.get(around);
      if (!free) freeOf.set(around, (free = new Set()));
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
