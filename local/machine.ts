import { execFile } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { projectFolder } from './config.ts';
import { run } from './processes.ts';
import { Problem } from './problem.ts';

const execute = promisify(execFile);

const OLDEST_PYTHON = [3, 10] as const;
const NEEDED_DISK_BYTES = 500 * 1024 * 1024;

/** Debian packages, and how to see that each is there. */
const packages = {
  'python3-venv': async (python: string) => succeeds(python, ['-c', 'import venv, ensurepip']),
  libpocketsphinx3: async () => (await output('ldconfig', ['-p'])).includes('libpocketsphinx.so.3'),
  'pocketsphinx-en-us': () => Promise.resolve(existsSync('/usr/share/pocketsphinx/model/en-us/en-us/mdef')),
} as const;

/**
 * Finds a Python that the local endpoint can run on.
 * @throws {Problem} when there is none
 */
export async function findPython(): Promise<string> {
  const check = `import sys; sys.exit(sys.version_info < (${OLDEST_PYTHON.join(', ')}))`;
  for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    if (await succeeds(name, ['-c', check])) return name;
  }
  throw new Problem(
    `No Python ${OLDEST_PYTHON.join('.')} or newer. Install it: ${elevate('apt-get install -y python3 python3-venv')}`,
  );
}

/**
 * Sees to the Debian packages that a run needs, installing them where we may.
 * @param withSpeech whether the local speech engine is wanted
 * @returns what was installed
 * @throws {Problem} with the command to run, where we may not
 */
export async function ensurePackages(
  python: string,
  withSpeech: boolean,
  logFile: string,
  environment: NodeJS.ProcessEnv,
): Promise<string[]> {
  const wanted = Object.entries(packages).filter(([name]) => withSpeech || name === 'python3-venv');
  const present = await Promise.all(wanted.map(([, isThere]) => isThere(python)));
  const missing = wanted.map(([name]) => name).filter((_, at) => !present[at]);
  if (missing.length === 0) return [];
  const install = `apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !(await succeeds('apt-get', ['--version']))) {
    throw new Problem(`Missing Debian packages: ${missing.join(', ')}. Install them: ${elevate(install)}`);
  }
  const options = {
    folder: projectFolder,
    logFile,
    environment: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await run('apt-get', ['update', '-qq'], options);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  return missing;
}

/**
 * Checks that the ports are ours to take.
 * @param ports what each is for, and the variable that moves it
 * @throws {Problem} naming the first that is taken
 */
export async function checkPorts(ports: readonly { port: number; use: string; variable: string }[]): Promise<void> {
  for (const { port, use, variable } of ports) {
    if (!(await isFree(port))) {
      throw new Problem(
        `Port ${port} (${use}) is taken by another program. Stop that one, or choose another port with ${variable}.`,
      );
    }
  }
}

/** @throws {Problem} when the disk is nearly full */
export function checkDisk(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes < NEEDED_DISK_BYTES) {
    const free = Math.floor(freeBytes / 1024 / 1024);
    throw new Problem(
      `Only ${free} MB are free on the disk of ${folder}; ${NEEDED_DISK_BYTES / 1024 / 1024} MB are needed. Make room there.`,
    );
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return execute(command, [...args]).then(
    () => true,
    () => false,
  );
}

async function output(command: string, args: readonly string[]): Promise<string> {
  return execute(command, [...args]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function elevate(command: string): string {
  return process.getuid?.() === 0 ? command : `sudo ${command}`;
}
