/** This file builds the page into which the panel's script is loaded: strict content security policy, no inline script, no inline style. */

export interface ShellParts {
  /** `webview.cspSource` of VS Code: where scripts, styles and fonts of the extension come from. */
  readonly cspSource: string;
  /** Fresh random text for each page. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly codiconUri: string;
  /** Language of the texts; `en` unless told. */
  readonly language?: string;
}

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** The whole html of the panel. */
export function panelHtml({ cspSource, nonce, scriptUri, styleUri, codiconUri, language = 'en' }: ShellParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Interlane timeline</title>
<link rel="stylesheet" href="${escape(codiconUri)}">
<link rel="stylesheet" href="${escape(styleUri)}">
</head>
<body>
<div id="root"></div>
<script nonce="${escape(nonce)}" src="${escape(scriptUri)}"></script>
</body>
</html>`;
}
