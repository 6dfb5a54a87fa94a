/** This file finds a Chromium to test with and starts it: the user's choice, the system's, or the one in npm's @sparticuz/chromium. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { CACHE } from './vscode';

/** Where distributions put a Chromium or a Chrome, best first. */
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** `--no-sandbox` because tests run as root in containers; one pixel ratio and no hinting, for equal pictures. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--force-device-scale-factor=1',
  '--font-render-hinting=none',
];

/** Graphics in software, for the headless shell that knows of no display. */
const SOFTWARE_GRAPHICS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/** Starts the first browser found: CHROME_PATH, the system's, npm's. */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.CHROME_PATH ?? SYSTEM_BROWSERS.find((path) => existsSync(path));
  if (own) return chromium.launch({ executablePath: own, args: ARGUMENTS });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium was found. Install one, or set CHROME_PATH to it.');
  }
  const folder = unpackChromium();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [...ARGUMENTS, ...SOFTWARE_GRAPHICS],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: writeFontConfig(folder),
    },
  });
}

/**
 * Unpacks npm's Chromium once per version. The package unpacks to the temporary folder, trusts any `chromium` it finds
 * there, and brings the system libraries only where it believes to be on AWS: hence a process with surroundings of its own.
 */
function unpackChromium(): string {
  const packageFile = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..', 'package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  if (existsSync(join(folder, 'chromium'))) return folder;
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const script = `require('@sparticuz/chromium').executablePath().catch((e) => { console.error(e); process.exit(1); })`;
  execFileSync(process.execPath, ['-e', script], {
    cwd: __dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  return folder;
}

/** Families that VS Code's style sheets ask for, by the DejaVu family that stands in. */
const FONT_ALIASES: Readonly<Record<string, readonly string[]>> = {
  'DejaVu Sans': ['system-ui', 'sans-serif', 'Ubuntu', 'Droid Sans', 'Segoe UI', 'Noto Sans', 'Cantarell'],
  'DejaVu Sans Mono': ['monospace', 'Droid Sans Mono', 'Consolas', 'Courier New'],
};

/** A font configuration with DejaVu from npm: npm's Chromium brings only one proportional family. */
function writeFontConfig(folder: string): string {
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const aliases = Object.entries(FONT_ALIASES).flatMap(([family, names]) =>
    names.map(
      (name) => `<alias binding="same"><family>${name}</family><prefer><family>${family}</family></prefer></alias>`,
    ),
  );
  const file = join(folder, 'fonts.conf');
  const cache = join(folder, 'fontconfig');
  // Where no alias applies, Chromium takes any family: leave none that looks wrong in a user interface.
  const unwanted = `<selectfont><rejectfont><glob>*Serif*</glob><glob>*MathTeX*</glob></rejectfont></selectfont>`;
  const body = [`<dir>${fonts}</dir>`, `<cachedir>${cache}</cachedir>`, unwanted, ...aliases].join('\n  ');
  const head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n';
  writeFileSync(file, `${head}<fontconfig>\n  ${body}\n</fontconfig>\n`);
  return file;
}
