/** This file takes the pictures of the README from the real thing: VS Code, the extension, an example, one click. */
import { join } from 'node:path';
import { EXAMPLES, firstExample } from '../test/harness/examples';
import { ROOT } from '../test/harness/vscode';
import { THEMES, Workbench, type Theme } from '../test/harness/workbench';
import { build } from './build';

interface Shot {
  /** docs/images/<name>.png */
  readonly name: string;
  readonly theme: Theme;
  /** A command to run before the picture, by its title. */
  readonly command?: string;
}

const SHOTS: readonly Shot[] = [
  { name: 'timeline-dark', theme: THEMES[0] },
  { name: 'timeline-light', theme: THEMES[1] },
  { name: 'cores-dark', theme: THEMES[0], command: 'Interlane: View Cores' },
];

async function main(): Promise<void> {
  build();
  const file = firstExample(EXAMPLES);
  if (!file) throw new Error('there are no examples to take pictures of');
  const workbench = await Workbench.open({ folder: EXAMPLES, file, viewport: { width: 1600, height: 900 } });
  try {
    await workbench.editorLines().getByText('main').first().waitFor();
    await workbench.titleButton('Run').first().click();
    await workbench.panel().waitFor();
    await workbench.command('View: Close Primary Side Bar');
    for (const { name, theme, command } of SHOTS) {
      await workbench.setTheme(theme);
      if (command) await workbench.command(command);
      await workbench.webview().locator(`body.${theme.bodyClass}`).waitFor();
      await workbench.settle();
      const path = join(ROOT, 'docs', 'images', `${name}.png`);
      await workbench.screenshot(path);
      console.log(path);
    }
  } finally {
    await workbench.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
