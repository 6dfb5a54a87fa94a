/** This file knows how files and the panel share the groups of the window: files open where they do not cover the panel, and its own group is locked. */
import * as vscode from 'vscode';

export const VIEW_TYPE = 'interlane.timeline';

/** Where a file opens so that it does not cover the panel: where it is open, else among other files. Undefined: as the editor chooses. */
export function columnFor(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const groups = vscode.window.tabGroups.all.filter(({ activeTab }) => !isPanel(activeTab));
  const withText = groups.filter(({ tabs }) => tabs.some(isText));
  const group =
    groups.find(({ tabs }) => tabs.some((tab) => isOf(tab, uri))) ??
    withText.find(({ isActive }) => isActive) ??
    withText[0];
  return group?.viewColumn;
}

/**
 * Locks the group of a panel when the focus comes there, if nothing else is in it and other groups are: from then on files open elsewhere. The editor's command
 * acts on the group that has the focus, and a file opens in none that has not. A person who unlocks it is not contradicted until the panel has moved. (By
 * `workbench.editor.autoLockGroups` an extension cannot ask for this: what it adds to that setting's default takes the place of what the editor has there.)
 */
export function lockOwnGroup(panel: vscode.WebviewPanel): vscode.Disposable {
  let isLocked = false;
  // The focus has come, and what else is in the group may be told only in a moment. Later it would be too late: the focus may be gone before that is told.
  let hasCome = false;
  const look = (): void => {
    const { activeTabGroup: group, all } = vscode.window.tabGroups;
    hasCome &&= panel.active && all.length > 1;
    if (!hasCome || isLocked || panel.viewColumn !== group.viewColumn || group.tabs.length === 0) return;
    hasCome = false;
    if (!group.tabs.every(isPanel)) return;
    isLocked = true;
    void lockActiveGroup(group.viewColumn).then((done) => (isLocked &&= done));
  };
  return vscode.Disposable.from(
    panel.onDidChangeViewState(() => {
      hasCome = panel.active;
      look();
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
      if (opened.some(isPanel)) isLocked = false;
      look();
    }),
    vscode.window.tabGroups.onDidChangeTabGroups(look),
  );
}

/**
 * Locks the group that has the focus, as the editor's command does when its turn comes. The focus may have gone to another by then, which was locked instead, so
 * that the next file would open over the panel: it is opened again. @returns whether the focus stayed in that column
 */
async function lockActiveGroup(column: vscode.ViewColumn): Promise<boolean> {
  await vscode.commands.executeCommand('workbench.action.lockEditorGroup');
  const stayed = vscode.window.tabGroups.activeTabGroup.viewColumn === column;
  if (!stayed) await vscode.commands.executeCommand('workbench.action.unlockEditorGroup');
  return stayed;
}

/** Calls back when a file has opened over the panel that was alone in the window: no other group was there, and its own was not locked. */
export function onDidCoverLonePanel(covered: () => void): vscode.Disposable {
  let wasAlone = false;
  const look = (): void => {
    const [first, other] = vscode.window.tabGroups.all;
    const only = other === undefined && first?.tabs.some(isPanel) ? first : undefined;
    const isCovered = wasAlone && isText(only?.activeTab);
    // A file that is there and not yet in front will be in a moment.
    wasAlone = only !== undefined && !isCovered && (wasAlone || only.tabs.every(isPanel));
    if (isCovered) covered();
  };
  look();
  const { onDidChangeTabs, onDidChangeTabGroups } = vscode.window.tabGroups;
  return vscode.Disposable.from(onDidChangeTabs(look), onDidChangeTabGroups(look));
}

/** The editor puts a word of its own before the type of a panel. */
function isPanel(tab: vscode.Tab | undefined): boolean {
  return tab?.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(VIEW_TYPE);
}

function isText(tab: vscode.Tab | undefined): boolean {
  return tab !== undefined && filesOf(tab).length > 0;
}

function isOf(tab: vscode.Tab, uri: vscode.Uri): boolean {
  return filesOf(tab).some((file) => file.toString() === uri.toString());
}

/** The files that a tab shows; of a comparison both sides. */
export function filesOf({ input }: vscode.Tab): vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  return [];
}
