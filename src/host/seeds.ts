/** This file keeps the seeds that a person has chosen: one a file, for as long as the workspace is kept; other files have that of the settings. */

/** As VS Code keeps a workspace's state. */
interface Memento {
  get<T>(key: string, otherwise: T): T;
  update(key: string, value: unknown): Thenable<void>;
}

/** Addresses of files, as texts. */
type Kept = Readonly<Record<string, number>>;
const KEY = 'seeds';

export class Seeds {
  constructor(private readonly state: Memento) {}

  /** The seed of a program, by its files; undefined: nobody has chosen one. */
  of(files: readonly { toString(): string }[]): number | undefined {
    const kept = this.state.get<Kept>(KEY, {});
    return files.map((file) => kept[file.toString()]).find((seed) => seed !== undefined);
  }

  /** Chooses the seed of a program; undefined: that of the settings again. */
  async choose(files: readonly { toString(): string }[], seed: number | undefined): Promise<void> {
    const names = new Set(files.map((file) => file.toString()));
    const others = Object.entries(this.state.get<Kept>(KEY, {})).filter(([name]) => !names.has(name));
    const chosen = seed === undefined ? [] : [...names].map((name) => [name, seed] as const);
    await this.state.update(KEY, Object.fromEntries([...others, ...chosen]));
  }
}
