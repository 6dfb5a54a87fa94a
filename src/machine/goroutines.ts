/** This file shows a goroutine to the outside: for dumps and tables. */
import type { Memory } from '../base/memory';
import { Wait, WAIT_REASONS } from '../event/wait';
import { type ChanAddr, type GAddr, GAt, GState, type SudogAddr, SudogAt } from '../runtime/layout';
import type { BacktraceFrame } from '../vm/backtrace';
import type { Vm } from '../vm/vm';

export interface GoroutineView {
  readonly id: number;
  readonly state: 'runnable' | 'running' | 'blocked' | 'syscall' | 'dead';
  /** Index into WAIT_REASONS; 0: does not wait. */
  readonly wait: number;
  /** As Go prints it in brackets: `chan receive`, `running`. */
  readonly status: string;
  /** What it waits for, as events name it; 0: nothing, or several channels. */
  readonly object: number;
  /** Every channel that it waits for, with whether it would send: one, or the cases of a select. */
  readonly channels: readonly { readonly object: number; readonly sends: boolean }[];
  readonly creator: number;
  /** The go statement (word index); -1 for main. */
  readonly creatorPc: number;
  /** Index of the function that it was started with. */
  readonly function: number;
  /** Innermost first. */
  readonly stack: readonly BacktraceFrame[];
}

const STATES = ['dead', 'runnable', 'running', 'blocked', 'syscall', 'dead'] as const;

/** The goroutine whose block is at `g`. A goroutine that was cut off shows what it was waiting for. */
export function describeGoroutine(memory: Memory, vm: Vm, g: GAddr): GoroutineView {
  const m = memory.i32;
  const wait = m[g + GAt.Wait]!;
  const state = STATES[m[g + GAt.State]!]!;
  return {
    id: m[g + GAt.Id]!,
    state,
    wait,
    status: wait !== 0 ? WAIT_REASONS[wait]!.text : state,
    object: m[g + GAt.WaitObject]!,
    channels: waitsFor(m, g),
    creator: m[g + GAt.Creator]!,
    creatorPc: m[g + GAt.CreatorPc]!,
    function: m[g + GAt.Function]!,
    stack: m[g + GAt.State] === GState.Free ? [] : vm.backtrace(g),
  };
}

/** What a goroutine waits for in a select or at a channel: every channel, with whether it would send. */
export function waitsFor(m: Int32Array, g: GAddr): { object: number; sends: boolean }[] {
  const first = m[g + GAt.Waiting] as SudogAddr;
  if (first === 0) return [];
  if (m[first + SudogAt.Case] === -1)
    return [{ object: m[g + GAt.WaitObject]!, sends: m[g + GAt.Wait] === Wait.chanSend }];
  const channels = [];
  for (let sudog: SudogAddr = first; sudog !== 0; sudog = m[sudog + SudogAt.WaitLink] as SudogAddr) {
    channels.push({ object: (m[sudog + SudogAt.Channel] as ChanAddr) >> 1, sends: m[sudog + SudogAt.Sends] !== 0 });
  }
  return channels.reverse();
}
