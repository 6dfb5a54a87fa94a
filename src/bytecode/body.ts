/** This file holds the state of compiling one function: its frame, where its variables live, where break and return go. */
import { InternalError } from '../base/assert';
import { LateMap } from '../base/late';
import type { Span } from '../base/span';
import type { Block, Call, Expr, Stmt } from '../lang/ast';
import type { ConstValue, Type, VarObj } from '../lang/types';
import type { Typing } from '../lang/typing';
import type { Label, Operand } from './assembler';
import type { FunctionInfo } from './code';
import { isBoxed } from './escape';
import type { OpName } from './op';
import type { Place } from './places';
import { slotsOf } from './types';
import type { Planned, SourceBody, Unit } from './unit';

/** Slots between the frame and the frame of a function it calls (vm: the frame header). */
export const HEADER_SLOTS = 2;

/** Where a variable is: its frame slot; boxed: the slot holds the address of its block. */
export interface Home {
  readonly slot: number;
  readonly boxed: boolean;
}

/** What `break` and `continue` find, innermost last. */
export interface Target {
  readonly label: string | undefined;
  readonly breakTo: Label;
  readonly continueTo: Label | undefined;
  /** A labelled statement that is no loop, switch or select: a plain `break` goes past it. */
  readonly onlyByLabel?: boolean;
}

/** The mutually recursive parts of the compiler, tied together in compile.ts. */
export interface Rules {
  /** Value of an expression in its own type; the slot where it is: `into` if given, else possibly the variable itself. */
  expr(f: Body, e: Expr, into?: number): number;
  /** Value of an expression converted to `type`, as in an assignment. */
  value(f: Body, e: Expr, type: Type, into?: number): number;
  /** Jumps to `target` when the condition is `when`. */
  condition(f: Body, e: Expr, target: Label, when: boolean): void;
  /** Where an expression is, its operands evaluated. */
  place(f: Body, e: Expr): Place;
  load(f: Body, place: Place, into?: number): number;
  store(f: Body, place: Place, from: number): void;
  /** Calls; the slot of the first result. */
  call(f: Body, e: Call, into?: number): number;
  stmt(f: Body, s: Stmt): void;
}

export class Body {
  private readonly homes = new LateMap<VarObj, Home>();
  private top = 0;
  private highest = 0;
  readonly locals: { name: string; type: number; slot: number; boxed: boolean; start: number }[] = [];
  readonly targets: Target[] = [];
  readonly gotos = new LateMap<string, Label>();
  /** Where return statements go when there are deferred calls to run. */
  epilogue: Label | undefined;
  /** Result variables (named) or their slots. */
  results: readonly VarObj[] = [];
  resultSlot = 0;
  /** Label of the statement being compiled, for its loop. */
  pendingLabel: string | undefined;
  /** What is known of the body being compiled: of the function, or for the start function of one initialiser after the other. */
  private source: SourceBody | undefined;
  /** What the value being computed will be called, for allocations. */
  siteName: string | undefined;
  /** Where `fallthrough` goes. */
  fallthroughTo: Label | undefined;

  constructor(
    readonly unit: Unit,
    readonly planned: Planned,
    readonly rules: Rules,
  ) {}

  // ---- what the checker found

  /** Goes on with the code of another body. */
  enter(source: SourceBody): void {
    this.source = source;
  }

  get body(): SourceBody {
    if (!this.source) throw new InternalError('no body', { in: this.planned.name });
    return this.source;
  }

  get typing(): Typing {
    return this.body.typing;
  }

  /** The type of an expression that has one. */
  typeOf(e: Expr): Type {
    const type = this.typing.typeOf(e);
    if (type === undefined) throw new InternalError('expression without type', { kind: e.kind, at: e.span.start });
    return type;
  }

  /** The value of a constant expression. */
  constantOf(e: Expr): ConstValue | undefined {
    return this.typing.constantOf(e);
  }

  // ---- code

  emit(name: OpName, ...operands: Operand[]): number {
    return this.unit.asm.emit(name, ...operands);
  }

  /** Compiles with instructions placed at `span`. */
  at<T>(span: Span, body: () => T): T {
    const { asm } = this.unit;
    const outer = asm.span;
    asm.span = span;
    try {
      return body();
    } finally {
      asm.span = outer;
    }
  }

  place(label: Label): void {
    this.unit.asm.place(label);
  }

  /** Emits an instruction that allocates values of type `type`, and names what it makes. */
  emitSite(type: number, name: OpName, ...operands: Operand[]): void {
    const at = this.emit(name, ...operands);
    this.unit.asm.site(at, type, this.siteName ?? '');
  }

  type(type: Type): number {
    return this.unit.types.index(type);
  }

  // ---- slots

  /** `slots` fresh slots; at least one, so that values of no size have a place too. */
  temp(slots: number): number {
    const slot = this.top;
    this.top += Math.max(1, slots);
    this.highest = Math.max(this.highest, this.top);
    return slot;
  }

  /** As {@link temp}, without room for empty values: parameters and results. */
  reserve(slots: number): number {
    const slot = this.top;
    this.top += slots;
    this.highest = Math.max(this.highest, this.top);
    return slot;
  }

  mark(): number {
    return this.top;
  }

  release(mark: number): void {
    this.top = mark;
  }

  get frameSlots(): number {
    return this.highest;
  }

  /** Compiles `body`, whose temporaries and variables are given back afterwards. */
  scoped(body: () => void): void {
    const mark = this.top;
    body();
    this.top = mark;
  }

  copy(to: number, from: number, slots: number): void {
    if (to === from || slots === 0) return;
    if (slots === 1) this.emit('Move', to, from);
    else if (slots === 2) this.emit('Move2', to, from);
    else this.emit('MoveN', to, from, slots);
  }

  zero(slot: number, slots: number): void {
    if (slots === 1) this.emit('Const', slot, 0, 0);
    else if (slots > 1) this.emit('Zero', slot, slots);
  }

  // ---- variables

  home(variable: VarObj): Home {
    const home = this.homes.get(variable);
    if (home === undefined)
      throw new InternalError('variable without a home', { name: variable.name, in: this.planned.name });
    return home;
  }

  isBoxed(variable: VarObj): boolean {
    return this.source !== undefined && isBoxed(variable, this.source.uses);
  }

  /** Gives the variable a slot at `slot` or a fresh one; its value is not set. */
  assignHome(variable: VarObj, slot?: number): Home {
    const boxed = this.isBoxed(variable);
    const home = { slot: slot ?? this.temp(boxed ? 1 : slotsOf(variable.type)), boxed };
    this.homes.set(variable, home);
    if (variable.name !== '' && variable.name !== '_') {
      const start = variable.span?.start ?? 0;
      this.locals.push({ name: variable.name, type: this.type(variable.type), slot: home.slot, boxed, start });
    }
    return home;
  }

  /** Declares a variable with the value at `from` (undefined: its zero value). */
  declare(variable: VarObj, from?: number): Home {
    const home = this.assignHome(variable);
    this.initialise(variable, home, from);
    return home;
  }

  /** Gives a declared variable its first value; a boxed one gets a fresh block. */
  initialise(variable: VarObj, home: Home, from?: number): void {
    const slots = slotsOf(variable.type);
    if (!home.boxed) {
      if (from === undefined) this.zero(home.slot, slots);
      else this.copy(home.slot, from, slots);
      return;
    }
    const outer = this.siteName;
    this.siteName = variable.name;
    if (from === undefined) this.emitSite(this.type(variable.type), 'New', home.slot, this.type(variable.type), slots);
    else this.emitSite(this.type(variable.type), 'NewOf', home.slot, from, this.type(variable.type), slots);
    this.siteName = outer;
  }

  /** The finished function's row. */
  info(entry: number, end: number, paramSlots: number, resultSlots: number, synthetic: boolean): FunctionInfo {
    const { index, name, file, start } = this.planned;
    return {
      index, name, entry, end, paramSlots, resultSlots, frameSlots: this.highest, synthetic, file, start, locals: this.locals,
    }; // prettier-ignore
  }

  // ---- shorthands for the rules

  expr(e: Expr, into?: number): number {
    return this.rules.expr(this, e, into);
  }
  value(e: Expr, type: Type, into?: number): number {
    return this.rules.value(this, e, type, into);
  }
  condition(e: Expr, target: Label, when: boolean): void {
    this.rules.condition(this, e, target, when);
  }
  stmt(s: Stmt): void {
    this.rules.stmt(this, s);
  }

  /** Compiles the statements of a block in a scope of their own. */
  block(block: Block): void {
    this.scoped(() => block.stmts.forEach((s) => this.stmt(s)));
  }
}
