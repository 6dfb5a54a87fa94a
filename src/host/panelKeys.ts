/** This file lists the commands of the editor that press a key of the panel: what the palette and the panel's menu offer. */

/** Command, without the prefix `interlane.`, and the id of the key command in webview/keys.ts. */
export const PANEL_KEYS = {
  goToLine: 'reveal',
  goToCause: 'cause',
  goToEffect: 'effect',
  goToOtherAccess: 'otherAccess',
  fitSelection: 'fitSelection',
  fitAll: 'fitAll',
  toggleTable: 'table',
  toggleAxis: 'axis',
  toggleFocusMode: 'alone',
  showOutput: 'output',
} as const satisfies Readonly<Record<string, string>>;
