/** This file reads the settings of Interlane; package.json declares them. */
import * as vscode from 'vscode';

export interface Settings {
  readonly runOnType: boolean;
  readonly delayMs: number;
  readonly seed: number;
  /** Overrides of the simulated machine; `machine { … }` in the file wins. */
  readonly machine: Readonly<Record<string, number>>;
  readonly budgets: {
    steps: number;
    memoryWords: number;
    goroutines: number;
    outputBytes: number;
    virtualNs: number;
    wallMs: number;
  };
  readonly maxTraceRows: number;
  readonly inlineResults: boolean;
  readonly codeLens: boolean;
}

const MEGABYTE_IN_WORDS = (1024 * 1024) / 4;

/** Settings that hold for a document. */
export function readSettings(scope: vscode.ConfigurationScope | undefined): Settings {
  const section = vscode.workspace.getConfiguration('interlane', scope ?? null);
  const number = (key: string): number => section.get<number>(key, 0);
  return {
    runOnType: section.get('run.onType', true),
    delayMs: number('run.delay'),
    seed: number('run.seed'),
    machine: { cores: number('machine.cores') },
    budgets: {
      steps: number('budget.instructions'),
      memoryWords: Math.floor(number('budget.memory') * MEGABYTE_IN_WORDS),
      goroutines: number('budget.goroutines'),
      outputBytes: number('budget.output') * 1024,
      virtualNs: number('budget.virtualTime') * 1e9,
      wallMs: number('budget.wallTime'),
    },
    maxTraceRows: number('trace.maxEvents'),
    inlineResults: section.get('editor.inlineResults', true),
    codeLens: section.get('editor.codeLens', true),
  };
}
