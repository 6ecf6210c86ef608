import { execFile } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { UserError } from './user-error.ts';

const execute = promisify(execFile);

const OLDEST_PYTHON = [3, 10] as const;
const NEEDED_DISK_BYTES = 500 * 1024 * 1024;

/**
 * Finds a Python that the local endpoint can run on.
 * @throws {UserError} when there is none
 */
export async function findPython(): Promise<string> {
  const check = `import sys; sys.exit(sys.version_info < (${OLDEST_PYTHON.join(', ')}))`;
  for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    if (await succeeds(name, ['-c', check])) return name;
  }
  throw new UserError(
    `No Python ${OLDEST_PYTHON.join('.')} or newer. Install it: ${elevate('apt-get install -y python3 python3-venv')}`,
  );
}

/** Whether a command is there and ends well. */
export async function succeeds(
  command: string,
  args: readonly string[],
  environment?: NodeJS.ProcessEnv,
): Promise<boolean> {
  return execute(command, [...args], { env: environment }).then(
    () => true,
    () => false,
  );
}

/**
 * The Node.js that runs this, and what to do if it is older than Earshot is tried with.
 * @param wanted as `engines` of package.json has it, such as `>=22.12`
 */
export function describeNode(version: string, wanted: string): string {
  const isOld = version.localeCompare(wanted.replace(/^>=/, ''), 'en', { numeric: true }) < 0;
  return `Node.js ${version}${isOld ? `, which is not tried: install one that is ${wanted}` : ''}`;
}

/**
 * Checks that the ports are free.
 * @param ports what each is for, and the variable that moves it
 * @throws {UserError} naming the first that is taken
 */
export async function checkPorts(ports: readonly { port: number; use: string; variable: string }[]): Promise<void> {
  for (const { port, use, variable } of ports) {
    if (!(await isFree(port))) {
      throw new UserError(
        `Port ${port} (${use}) is taken by another program. Stop that one, or choose another port with ${variable}.`,
      );
    }
  }
}

/** @throws {UserError} when the disk is nearly full */
export function checkDisk(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes < NEEDED_DISK_BYTES) {
    const free = Math.floor(freeBytes / 1024 / 1024);
    throw new UserError(
      `Only ${free} MB are free on the disk of ${folder}; ${NEEDED_DISK_BYTES / 1024 / 1024} MB are needed. Make room there.`,
    );
  }
}

/** Not by `get-port`: to it, a port that this process has reserved is taken. */
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

function elevate(command: string): string {
  return process.getuid?.() === 0 ? command : `sudo ${command}`;
}
