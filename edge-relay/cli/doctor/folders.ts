import { constants, existsSync, statfsSync } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { RelaySettings } from '../../settings.ts';
import { listRecordings } from '../../capture/recordings/recordings.ts';
import { foldersSetAside } from '../../store/set-aside.ts';
import { type Diagnosis, ok, problem, warning } from './finding.ts';

const MEGABYTE = 1_048_576;

export async function checkSpool({ EARSHOT_SPOOL_FOLDER: folder, ...settings }: RelaySettings): Promise<Diagnosis> {
  const refusal = await tryWriting(folder);
  if (refusal) return refusal;
  const setAside = await foldersSetAside(folder);
  if (setAside.length > 0)
    return warning(
      `${folder} was damaged; what was is in ${setAside.join(', ')}`,
      'See the relay’s log for what could not be read, and the disk’s health. Delete these folders when you have: what callers said is in them.',
    );
  const { bavail, bsize } = statfsSync(existing(folder));
  const freeMegabytes = Math.floor((bavail * bsize) / MEGABYTE);
  const wanted = settings.EARSHOT_SPOOL_MAX_MB + settings.EARSHOT_SPOOL_RESERVE_MB;
  return freeMegabytes < wanted
    ? warning(
        `${folder} has ${freeMegabytes} MB free`,
        `Free ${wanted} MB there, or lower EARSHOT_SPOOL_MAX_MB and EARSHOT_SPOOL_RESERVE_MB.`,
      )
    : ok(`${folder} can be written and has ${freeMegabytes} MB free`);
}

export async function checkRecordings(settings: RelaySettings): Promise<Diagnosis> {
  const { EARSHOT_RECORDINGS_FOLDER: folder, EARSHOT_RECORDINGS_STATE_FOLDER: stateFolder } = settings;
  if (folder === undefined) return ok('not used: EARSHOT_RECORDINGS_FOLDER is not set');
  try {
    await readdir(folder);
    await access(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    return problem(
      `${folder} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`,
      `Make it, or let ${userInfo().username} read it: usermod -aG asterisk ${userInfo().username}.`,
    );
  }
  const refusal = await tryWriting(stateFolder);
  if (refusal) return refusal;
  const refused = (await listRecordings(stateFolder)).filter((line) => line.startsWith('REFUSED'));
  return refused.length > 0
    ? warning(
        `${folder} can be read, but ${refused.length} recordings of the last week cannot be transcribed`,
        'earshot-relay recordings names them, and says what to do.',
      )
    : ok(`${folder} can be read`);
}

/** The folder, or the nearest above it that is there. */
function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}

/** Leaves nothing behind: who runs this may not be who runs the relay. */
async function tryWriting(folder: string): Promise<Diagnosis | undefined> {
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true });
    const trial = await mkdtemp(join(folder, 'doctor-'));
    await writeFile(join(trial, 'trial'), 'x');
    await rm(trial, { recursive: true });
    return undefined;
  } catch (error) {
    return problem(
      `${folder} cannot be written: ${(error as Error).message}`,
      `Make it writable for the user the relay runs as (here ${userInfo().username}), or name another folder.`,
    );
  } finally {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }
}
