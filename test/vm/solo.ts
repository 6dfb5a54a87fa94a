/** This file runs programs on the interpreter alone: one goroutine, no scheduler, natives of fmt, errors and strconv that need none of the rest. */
import { Memory } from '../../src/base/memory';
import type { Code } from '../../src/bytecode/code';
import { compile } from '../../src/bytecode/compile';
import { formatNatives } from '../../src/runtime/natives/fmt';
import { readerOf } from '../../src/runtime/printers';
import { check } from '../../src/std/importer';
import { builtinLine } from '../../src/values/builtin';
import { type ContextAddr, type GlobalsAddr, VM_CONTEXT_WORDS } from '../../src/vm/context';
import { Trap, type AccessFilter, type World } from '../../src/vm/trap';
import { Vm, type VmCosts } from '../../src/vm/vm';

/** How a program ended and what it printed. */
export interface Solo {
  readonly output: string;
  readonly trap: keyof typeof Trap;
  /** Go's text of the panic or fatal error. */
  readonly text: string;
  readonly vm: Vm;
  readonly g: ContextAddr;
}

/** Accesses as the world sees them. */
export interface Access {
  readonly write: boolean;
  readonly slots: number;
  readonly lo: number;
  readonly pc: number;
}

export interface SoloOptions {
  readonly detect?: boolean;
  readonly stepBudget?: number;
  readonly memoryWords?: number;
  readonly mapOrder?: (n: number) => number;
  readonly costs?: VmCosts;
}

/** Compiles a program given as Go source; a package clause is put in front when there is none. */
export function compileSource(text: string): Code {
  const go = /^package /m.test(text);
  const program = check([{ name: go ? 'main.go' : 'main.lane', text }]);
  const errors = program.diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) {
    const at = program.sources[0]!.position(errors[0]!.span.start);
    throw new Error(`line ${at.line + 1}: ${errors.map((d) => d.message).join('; ')}`);
  }
  return compile(program);
}

/** A vm with one goroutine that has not started. */
export class SoloMachine {
  readonly memory: Memory;
  readonly vm: Vm;
  readonly g: ContextAddr;
  readonly accesses: Access[] = [];
  readonly stackSizes: number[] = [];
  readonly panics: string[] = [];
  output = '';

  constructor(
    readonly code: Code,
    options: SoloOptions = {},
  ) {
    this.memory = new Memory(options.memoryWords ?? 1 << 26);
    const filter: AccessFilter = {
      reads: new Int32Array(0),
      writes: new Int32Array(0),
      segment: 1,
      enabled: options.detect ?? false,
      makeRoom(slots) {
        for (const marks of ['reads', 'writes'] as const) {
          const longer = new Int32Array(slots);
          longer.set(filter[marks]);
          filter[marks] = longer;
        }
      },
    };
    const world: World = {
      access: (write, slot, slots, pc, lo) => {
        this.accesses.push({ write, slots, lo, pc });
        for (let s = slot; s < slot + slots; s++) (write ? filter.writes : filter.reads)[s] = filter.segment;
      },
      mapOrder: (n) => options.mapOrder?.(n) ?? 0,
      stackGrown: (bytes) => void this.stackSizes.push(bytes),
      panicking: (_code, text) => void this.panics.push(text),
      recovered: () => void this.panics.push('recovered'),
    };
    this.vm = new Vm(code, this.memory, world, filter, options.costs);
    this.vm.stepBudget = options.stepBudget ?? 50_000_000;
    const globals = this.memory.alloc(code.globalSlots, 0) as GlobalsAddr;
    this.g = this.memory.alloc(Math.ceil(VM_CONTEXT_WORDS / 2), 0) as ContextAddr;
    this.vm.startFunction(this.g, code.processes[0]!.start, globals);
  }

  /** Runs until something happens that this small world cannot do. */
  run(): Solo {
    for (;;) {
      const trap = this.vm.run(this.g, Infinity);
      if (trap === Trap.Native && this.native(this.code.natives[this.vm.c]!, this.vm.a)) continue;
      if (trap === Trap.Limit) continue;
      const name = Object.entries(Trap).find(([, value]) => value === trap)![0] as keyof typeof Trap;
      const text = trap === Trap.Panic ? this.vm.panicText(this.g) : trap === Trap.Fatal ? this.vm.message : '';
      return { output: this.output, trap: name, text, vm: this.vm, g: this.g };
    }
  }

  private native(name: string, at: number): boolean {
    const { vm } = this;
    const format = formatNatives[name];
    if (format) format(vm, at);
    if (format) return true;
    switch (name) {
      case 'println':
        this.output += builtinLine(readerOf(vm), at);
        return true;
      case 'print':
        this.output += builtinLine(readerOf(vm), at, '', '');
        return true;
      case 'fmt.write':
        this.output += vm.readString(at + 2);
        return true;
      case 'runtime.Goexit':
        vm.goexit(this.g);
        return true;
      default:
        return false;
    }
  }
}

/** Compiles and runs a program. */
export function solo(text: string, options: SoloOptions = {}): Solo {
  return new SoloMachine(compileSource(text), options).run();
}
