/** This file reads the settings of Interlane as VS Code has them for a document. */
import * as vscode from 'vscode';
import { type Budgets, budgetsFrom } from '../base/budgets';
import { type Complaint, SettingsReader } from './settingsTable';

export interface Settings {
  readonly runOnType: boolean;
  readonly delayMs: number;
  readonly seed: number;
  /** Overrides of the simulated machine; `machine { … }` in the file wins. */
  readonly machine: Readonly<Record<string, number>>;
  readonly budgets: Budgets;
  readonly inlineResults: boolean;
  readonly codeLens: boolean;
  /** What of them could not be used as it is. */
  readonly complaints: readonly Complaint[];
}

/** Settings that hold for a document; each is of its type and within its limits, whatever the settings file says. */
export function readSettings(scope: vscode.ConfigurationScope | undefined): Settings {
  const section = vscode.workspace.getConfiguration('interlane', scope ?? null);
  const reader = new SettingsReader((key) => section.get(key));
  return {
    runOnType: reader.boolean('run.onType'),
    delayMs: reader.number('run.delay'),
    seed: reader.number('run.seed'),
    machine: { cores: reader.number('machine.cores') },
    budgets: budgetsFrom((row) => reader.budget(row.key)),
    inlineResults: reader.boolean('editor.inlineResults'),
    codeLens: reader.boolean('editor.codeLens'),
    complaints: reader.complaints,
  };
}
