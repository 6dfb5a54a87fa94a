/** This file gives the types of npm.mjs, which also runs before TypeScript is installed. */
export function countPackages(lockFile: string, options: { readonly dev: boolean }): number;
export function npm(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly about: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly say?: (line: string) => void;
  },
): Promise<number>;
