import { constants, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readlink } from 'node:fs/promises';
import { sep } from 'node:path';

/** What is there is no recording: the message says what it is, for a person. */
export class NotRegularError extends Error {
  override readonly name = 'NotRegularError';
}

const { O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/**
 * Opens a regular file below a folder for reading, and nothing else that may lie there: a FIFO would hold up all other
 * files, a link may lead to what nobody recorded.
 * @param folder without links in its own path
 * @throws {NotRegularError} when it is something else, or lies elsewhere.
 */
export async function openRegular(path: string, folder: string): Promise<FileHandle> {
  // Before it is opened: that alone may change what a device or the writer of a FIFO does.
  refuseIrregular(await lstat(path));
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  try {
    // It may have been exchanged meanwhile, or a folder on its way.
    refuseIrregular(await file.stat());
    const place = await readlink(`/proc/self/fd/${file.fd}`);
    if (!place.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`))
      throw new NotRegularError('this lies in another folder: links are not followed');
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Whether a regular file is there. */
export function isRegularFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function refuseIrregular(stats: Stats): void {
  if (!stats.isFile()) throw new NotRegularError(`this is ${kindOf(stats)}: only regular files are read`);
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  if (stats.isDirectory()) return 'a folder';
  return 'a device';
}
