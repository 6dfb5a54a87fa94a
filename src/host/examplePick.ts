/** This file lets a person choose an example; one that has been changed he may begin anew. */
import * as vscode from 'vscode';
import type { Example, Examples } from './examples';

interface Row extends vscode.QuickPickItem {
  readonly example: Example;
}

/** Shows the list. Resolves when an example is open, or none was chosen. */
export async function pickExample(examples: Examples): Promise<void> {
  const rows = await Promise.all((await examples.list()).map((example) => rowOf(examples, example)));
  const pick = vscode.window.createQuickPick<Row>();
  pick.items = rows;
  pick.placeholder = vscode.l10n.t('Open an example: each says what to look for');
  pick.matchOnDetail = true;
  try {
    const chosen = await choice(pick);
    if (!chosen) return;
    if (chosen.anew) await examples.restore(chosen.example);
    await examples.open(chosen.example);
  } finally {
    pick.dispose();
  }
}

async function rowOf(examples: Examples, example: Example): Promise<Row> {
  const row: Row = { label: example.name, detail: example.about, example };
  if (!(await examples.differs(example))) return row;
  const anew = { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Begin Anew: the original text') };
  return { ...row, description: vscode.l10n.t('differs from the original'), buttons: [anew] };
}

function choice(pick: vscode.QuickPick<Row>): Promise<{ example: Example; anew: boolean } | undefined> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const [row] = pick.selectedItems;
      resolve(row && { example: row.example, anew: false });
    });
    pick.onDidTriggerItemButton(({ item: { example } }) => resolve({ example, anew: true }));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
}
