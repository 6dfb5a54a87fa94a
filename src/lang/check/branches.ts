/** This file checks labels and the statements that jump: break, continue, goto and fallthrough. */
import { LateMap } from '../../base/late';
import type { Span } from '../../base/span';
import type { Block, BranchStmt, LabeledStmt, Stmt } from '../ast';
import { partsOf } from '../chains';
import type { Checker } from './checker';
import { renames } from './suggestions';

interface Label {
  readonly block: BlockInfo;
  readonly stmt: LabeledStmt;
  used: boolean;
}

interface BlockInfo {
  readonly parent?: BlockInfo;
  readonly start: number;
  /** The labelled statement that the block belongs to. */
  readonly labelled?: LabeledStmt;
}

/** Statements around a branch: what an unlabelled break and continue mean there. */
interface Targets {
  readonly breaks?: Stmt;
  readonly continues?: Stmt;
  /** Index of the clause of the innermost switch, when the list is the body of that clause itself. */
  readonly clause: number;
}

/** Work of a statement, in units of the interrupt. */
const STATEMENT_UNITS = 20;

/** Checks all branches and labels of a function body. */
export function checkBranches(c: Checker, body: Block): void {
  new Branches(c).check(body);
}

class Branches {
  private readonly labels = new LateMap<string, Label>();

  constructor(private readonly c: Checker) {}

  check(body: Block): void {
    const pending = this.list(undefined, { clause: -1 }, undefined, body.span, body.stmts);
    for (const [name, jumps] of pending) {
      const label = this.labels.get(name);
      if (label) label.used = true;
      const meant = label ? [] : this.labels.keys();
      for (const { goto } of jumps) this.error(goto.label!.span, this.whyNowhere(name, label), meant);
    }
    if (this.c.isIncomplete(this.c.env.file)) return;
    for (const { stmt, used } of this.labels.values()) {
      if (used) continue;
      this.c.unused(
        'type.unused-label',
        this.c.env.file,
        stmt.label.span,
        `label ${stmt.label.name} defined and not used`,
      );
    }
  }

  private whyNowhere(name: string, label: Label | undefined): string {
    if (!label) return `label ${name} not defined`;
    return `goto ${name} jumps into block starting at ${this.c.position(this.c.env.file, label.block.start)}`;
  }

  /** @param meant labels of which one may have been meant by what stands there */
  private error(span: Span, message: string, meant: Iterable<string> = []): void {
    const { c } = this;
    const name = (): string => c.sources[c.env.file]!.text.slice(span.start, span.end);
    c.error('type.branch', span, message, { fixes: () => renames(c, span, name(), meant) });
  }

  /** Checks a statement list; gives the gotos whose label was not met yet. */
  private list(
    parent: BlockInfo | undefined,
    targets: Targets,
    labelled: LabeledStmt | undefined,
    span: Span,
    stmts: readonly Stmt[],
  ): Pending {
    const block: BlockInfo = { parent, start: span.start, labelled };
    const flow: Flow = { pending: new LateMap(), declarations: 0 };
    const last = lastIndex(stmts);
    this.c.interrupt.worked(stmts.length * STATEMENT_UNITS);
    for (const [i, s] of stmts.entries()) this.stmt(block, targets, flow, s, undefined, i === last);
    return flow.pending;
  }

  private stmt(
    block: BlockInfo,
    targets: Targets,
    flow: Flow,
    s: Stmt,
    labelled: LabeledStmt | undefined,
    isLast: boolean,
  ): void {
    const inner = (into: Targets, span: Span, stmts: readonly Stmt[]): void => {
      for (const jumps of this.list(block, into, labelled, span, stmts).values())
        for (const { goto } of jumps) leaves(flow, goto);
    };
    switch (s.kind) {
      case 'DeclStmt': {
        const spec = s.decl.tok === 'var' ? s.decl.specs[0] : undefined;
        if (spec?.kind === 'ValueSpec') declares(flow, spec.names[0]?.name ?? '_', spec.span);
        return;
      }
      case 'AssignStmt':
        if (s.op === ':=') declares(flow, s.lhs.map((e) => (e.kind === 'Ident' ? e.name : '')).join(', '), s.opSpan); // prettier-ignore
        return;
      case 'LabeledStmt':
        this.declare(block, flow, s);
        return this.stmt(block, targets, flow, s.stmt, s.label.name === '_' ? undefined : s, isLast);
      case 'BranchStmt':
        if (s.label) this.labelledBranch(block, flow, s);
        else this.plainBranch(targets, s, isLast);
        return;
      case 'Block':
        return inner(insideOf(targets), s.span, s.stmts);
      case 'IfStmt':
        for (const part of partsOf(s)) inner(insideOf(targets), part.span, part.kind === 'Block' ? part.stmts : [part]);
        return;
      case 'ForStmt':
      case 'RangeStmt':
        return inner({ breaks: s, continues: s, clause: -1 }, s.body.span, s.body.stmts);
      case 'SwitchStmt':
      case 'TypeSwitchStmt':
        for (const [i, clause] of s.clauses.entries()) {
          inner({ breaks: s, continues: targets.continues, clause: i }, clause.span, clause.body);
        }
        return;
      case 'SelectStmt':
        for (const clause of s.clauses)
          inner({ breaks: s, continues: targets.continues, clause: -1 }, clause.span, clause.body);
        return;
      default:
        return;
    }
  }

  private declare(block: BlockInfo, flow: Flow, s: LabeledStmt): void {
    const name = s.label.name;
    if (name === '_' || name === '') return;
    const other = this.labels.get(name);
    let label: Label = { block, stmt: s, used: false };
    if (other) {
      this.error(
        s.label.span,
        `label ${name} already defined at ${this.c.position(this.c.env.file, other.stmt.label.span.start)}`,
      );
      label = other;
    } else {
      this.labels.set(name, label);
    }
    for (const { goto, since } of flow.pending.get(name) ?? []) {
      label.used = true;
      if (!flow.declared || since === flow.declarations) continue;
      const at = this.c.position(this.c.env.file, flow.declared.span.start);
      this.error(goto.label!.span, `goto ${name} jumps over declaration of ${flow.declared.name} at ${at}`);
    }
    flow.pending.delete(name);
  }

  private plainBranch(targets: Targets, s: BranchStmt, isLast: boolean): void {
    if (s.op === 'break' && !targets.breaks) this.error(s.span, 'break is not in a loop, switch, or select');
    if (s.op === 'continue' && !targets.continues) this.error(s.span, 'continue is not in a loop');
    if (s.op !== 'fallthrough') return;
    const around = targets.breaks;
    let problem = 'fallthrough statement out of place';
    if (around?.kind === 'TypeSwitchStmt') problem = 'cannot fallthrough in type switch';
    else if (around?.kind === 'SwitchStmt' && targets.clause >= 0 && isLast) {
      if (targets.clause + 1 < around.clauses.length) return;
      problem = 'cannot fallthrough final case in switch';
    }
    this.error(s.span, problem);
  }

  private labelledBranch(block: BlockInfo, flow: Flow, s: BranchStmt): void {
    const name = s.label!.name;
    const label = this.labels.get(name);
    if (label) label.used = true;
    if (s.op === 'goto') {
      if (!label || !encloses(block, (b) => b === label.block)) leaves(flow, s);
      return;
    }
    if (s.op === 'fallthrough') return;
    if (!label) {
      this.error(s.label!.span, `${s.op} label not defined: ${name}`, labelsAround(block, s.op === 'continue'));
      return;
    }
    const target = encloses(block, (b) => b.labelled === label.stmt) ? label.stmt.stmt : undefined;
    const loops = target?.kind === 'ForStmt' || target?.kind === 'RangeStmt';
    const breakable =
      loops || target?.kind === 'SwitchStmt' || target?.kind === 'TypeSwitchStmt' || target?.kind === 'SelectStmt';
    if (s.op === 'continue' ? !loops : !breakable) this.error(s.label!.span, `invalid ${s.op} label ${name}`);
  }
}

/** Of a list inside a clause: it is not the clause's own. */
function insideOf(targets: Targets): Targets {
  return { ...targets, clause: -1 };
}

/** Gotos on their way to a label further down, by its name. */
type Pending = LateMap<string, Jump[]>;

interface Jump {
  readonly goto: BranchStmt;
  /** Declarations of the list before it: it jumps over those that come after. */
  readonly since: number;
}

/** What is on its way through one list, and the last variable declared on the way. */
interface Flow {
  readonly pending: Pending;
  declarations: number;
  declared?: { name: string; span: Span };
}

function leaves(flow: Flow, goto: BranchStmt): void {
  const name = goto.label!.name;
  const jumps = flow.pending.get(name);
  const jump: Jump = { goto, since: flow.declarations };
  if (jumps) jumps.push(jump);
  else flow.pending.set(name, [jump]);
}

function declares(flow: Flow, name: string, span: Span): void {
  flow.declared = { name, span };
  flow.declarations++;
}

function encloses(block: BlockInfo, test: (block: BlockInfo) => boolean): boolean {
  for (let b: BlockInfo | undefined = block; b; b = b.parent) if (test(b)) return true;
  return false;
}

/** Labels of the statements that a branch could leave or go on with. */
function* labelsAround(block: BlockInfo, loopsOnly: boolean): Iterable<string> {
  for (let b: BlockInfo | undefined = block; b; b = b.parent) {
    const { labelled } = b;
    const isLoop = labelled?.stmt.kind === 'ForStmt' || labelled?.stmt.kind === 'RangeStmt';
    if (labelled && (isLoop || !loopsOnly)) yield labelled.label.name;
  }
}

/** Index of the last statement that is not empty. */
function lastIndex(stmts: readonly Stmt[]): number {
  let i = stmts.length - 1;
  while (i >= 0 && stmts[i]!.kind === 'EmptyStmt') i--;
  return i;
}
