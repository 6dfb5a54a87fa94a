/**
 * This file is `npm start`: it builds, serves a real VS Code with the extension and the examples open on a loopback
 * port, prints the address, and opens a browser where there is one.
 * Flags: --port N, --folder PATH (instead of a copy of the examples), --file PATH, --no-browser.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXAMPLES, firstExample } from '../test/harness/examples';
import { freePort, QUIET_SETTINGS, Server } from '../test/harness/server';
import { CACHE } from '../test/harness/vscode';
import { build } from './build';

const HOME = join(CACHE, 'start');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      folder: { type: 'string' },
      file: { type: 'string' },
      'no-browser': { type: 'boolean', default: false },
    },
  });
  build();
  const folder = values.folder ? resolve(values.folder) : copyOfExamples();
  const file = values.file ? (isAbsolute(values.file) ? values.file : join(folder, values.file)) : firstExample(folder);
  const firstTime = !existsSync(join(HOME, 'user-data'));
  const server = await Server.start({ home: HOME, ...(firstTime && { settings: QUIET_SETTINGS }) });
  const address = await shortAddress(server.url({ folder, ...(file && { file }) }), Number(values.port ?? 0));
  console.log(`\nVS Code with Interlane is running. Open\n\n  ${address}\n\nCtrl-C stops it.`);
  if (!values['no-browser']) openBrowser(address);
  stopWhenAsked(() => server.stop());
}

/** Ends this process after `stop`: on Ctrl-C, and when the npm that started us is gone (its shell passes no signals on). */
function stopWhenAsked(stop: () => Promise<void>): void {
  const end = (): void => {
    void stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 500);
}

/** The examples under a folder of their own, so that playing with them does not change the source tree. */
function copyOfExamples(): string {
  const folder = join(HOME, 'examples');
  mkdirSync(folder, { recursive: true });
  cpSync(EXAMPLES, folder, { recursive: true });
  return folder;
}

/** Serves an address short enough to read and to type, which leads to the long one. */
async function shortAddress(target: string, wantedPort: number): Promise<string> {
  const port = wantedPort || (await freePort());
  const redirect = createServer((_request, response) => {
    response.writeHead(302, { location: target }).end();
  });
  await new Promise<void>((done, reject) => {
    redirect.once('error', reject);
    redirect.listen(port, '127.0.0.1', done);
  });
  return `http://127.0.0.1:${port}/`;
}

/** Opens the address with the desktop's own command, where there is a desktop. */
function openBrowser(address: string): void {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI) return;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return;
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined); // the address stands on the terminal
  child.unref();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
