/** This file runs a VS Code server on a loopback port, with folders of its own and nothing that calls the outside. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { developedExtension, prepareVSCode } from './vscode';

/** User settings that keep the workbench from asking, greeting, updating and calling home. */
export const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.autoDetectColorScheme': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'chat.disableAIFeatures': true,
};

export interface ServerOptions {
  /** Where user data and extensions live; the caller deletes it. */
  readonly home: string;
  /** Text of the user's settings; written before the start, for later edits on disk are not picked up. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the surroundings of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

/** What the workbench shows when it opens. All paths are absolute. */
export interface OpenOptions {
  readonly folder: string;
  /** The extension under development; ours when absent. */
  readonly extension?: string;
  readonly file?: string;
  /** The compiled entry of a test suite to run in the extension host; dialogs are refused while it is set. */
  readonly tests?: string;
}

export class Server {
  private constructor(
    readonly port: number,
    private readonly process: ChildProcess,
    private readonly output: string[],
  ) {}

  /** Resolves when the server answers; rejects with its output when it ends before. */
  static async start({ home, settings, env, port }: ServerOptions): Promise<Server> {
    const code = await prepareVSCode((line) => {
      console.log(line);
    });
    const chosen = port ?? (await freePort());
    const userData = join(home, 'user-data');
    mkdirSync(join(userData, 'User'), { recursive: true });
    if (settings) writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
    const args = [
      join(code, 'out', 'server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(chosen), '--without-connection-token'],
      ...['--user-data-dir', userData, '--extensions-dir', join(home, 'extensions')],
      ...['--accept-server-license-terms', '--disable-telemetry', '--disable-experiments', '--telemetry-level', 'off'],
    ];
    const child = spawn(process.execPath, args, {
      detached: true, // a process group, so that its children end with it
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment(), EXTENSIONS_GALLERY: '{}', ...env },
    });
    const output: string[] = [];
    const server = new Server(chosen, child, output);
    process.once('exit', () => {
      server.kill('SIGTERM');
    });
    await new Promise<void>((resolve, reject) => {
      const collect = (chunk: Buffer): void => {
        output.push(chunk.toString());
        if (output.join('').includes('Web UI available')) resolve();
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.once('error', reject);
      child.once('exit', (status) => {
        reject(new Error(`VS Code's server ended with status ${status}:\n${output.join('')}`));
      });
    });
    return server;
  }

  /** The address of a workbench with our extension under development in it. */
  url({ folder, extension = developedExtension(), file, tests }: OpenOptions): string {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${this.port}${path}`;
    const payload = [['extensionDevelopmentPath', remote(extension)]];
    if (tests) payload.push(['extensionTestsPath', remote(tests)]);
    if (file) payload.push(['openFile', remote(file)]);
    const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
    return `http://127.0.0.1:${this.port}/?${query.toString()}`;
  }

  /** Of its first process, which starts all others. */
  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Everything the server printed. */
  log(): string {
    return this.output.join('');
  }

  /** Ends the server and all its children, at the latest by force. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.kill('SIGTERM');
    const force = setTimeout(() => {
      this.kill('SIGKILL');
    }, 3000);
    await ended;
    clearTimeout(force);
  }

  private kill(signal: NodeJS.Signals): void {
    try {
      if (this.process.pid) process.kill(-this.process.pid, signal);
    } catch {
      // it has ended already
    }
  }
}

/** Our surroundings without what an enclosing VS Code or npm would have its children know. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_)/.test(name)));
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
