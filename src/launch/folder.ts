/** This file says where the command line keeps what can be made again: in the folder that the system has for that. */
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Folder for caches of one user, by platform: XDG Base Directory Specification, Apple's File System Programming Guide, Known Folders. */
const FOLDERS: Readonly<Record<string, (env: Environment) => string | undefined>> = {
  darwin: ({ HOME }) => HOME && join(HOME, 'Library', 'Caches'),
  win32: ({ LOCALAPPDATA }) => LOCALAPPDATA,
  other: ({ XDG_CACHE_HOME, HOME }) => {
    // "All paths set in these environment variables must be absolute. If … a relative path …, consider the path invalid and ignore it."
    if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
    return HOME && join(HOME, '.cache');
  },
};

/**
 * The folder for compiled code; undefined: none is to be kept. Node's own names for it hold here, too: NODE_COMPILE_CACHE is another folder,
 * NODE_DISABLE_COMPILE_CACHE is none.
 */
export function cacheFolder(env: Environment, platform: string): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  if (env.NODE_COMPILE_CACHE) return env.NODE_COMPILE_CACHE;
  const folder = (FOLDERS[platform] ?? FOLDERS.other!)(env);
  return folder && isAbsolute(folder) ? join(folder, 'interlane') : undefined;
}
