/** This file finds a Go source tree on the machine, for tests that read programs nobody here wrote. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Root of a Go tree (INTERLANE_GOROOT, `go env GOROOT`, or the usual place), or undefined. */
export function goRoot(): string | undefined {
  const asked = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  const answer = asked.error ? '' : asked.stdout.trim();
  const candidates = [process.env.INTERLANE_GOROOT, answer, '/usr/local/go', '/usr/lib/go-1.19'];
  return candidates.find((root) => root !== undefined && root !== '' && existsSync(join(root, 'src', 'sync')));
}

/** The .go files below a folder, `testdata` left out, sorted. */
export function goFiles(folder: string): string[] {
  const files: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'testdata') files.push(...goFiles(path));
    else if (entry.isFile() && entry.name.endsWith('.go')) files.push(path);
  }
  return files.sort();
}
