import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './config.ts';
import { findPython, succeeds } from './machine.ts';
import { UserError } from './user-error.ts';
import { run, type CommandOptions } from './processes.ts';

/** What cannot run without a package: Python programs, the demo's speech engine, the tests, or the lab's installation. */
type Need = 'python' | 'pocketsphinx' | 'tests' | 'lab';

interface SystemPackage {
  readonly neededBy: Need;
  /** What it is for, in words for the person who has to install it. */
  readonly purpose: string;
  /** Whether what we use of it is on this machine, whoever put it there. */
  readonly isThere: () => boolean | Promise<boolean>;
}

const hasPython = async () =>
  findPython().then(
    () => true,
    () => false,
  );

/** Chromium; on Ubuntu, which has no package of it, Chrome. */
export const findBrowser = (): string | undefined =>
  ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Every Debian package that anything here needs besides Node.js; `npm start`, `npm test` and `npm run check` install theirs. */
export const systemPackages: Readonly<Record<string, SystemPackage>> = {
  python3: { neededBy: 'python', purpose: 'runs the local AWS endpoint', isThere: hasPython },
  'python3-venv': {
    neededBy: 'python',
    purpose: 'keeps that endpoint’s Python packages apart',
    isThere: async () => (await hasPython()) && succeeds(await findPython(), ['-c', 'import venv, ensurepip']),
  },
  libpocketsphinx3: {
    neededBy: 'pocketsphinx',
    purpose: 'recognises the speech of the demo call',
    // By its place: only root has it on the path.
    isThere: () => succeeds('/bin/sh', ['-c', '/sbin/ldconfig -p | grep -q libpocketsphinx.so.3']),
  },
  'pocketsphinx-en-us': {
    neededBy: 'pocketsphinx',
    purpose: 'is that recogniser’s model of English',
    isThere: () => existsSync('/usr/share/pocketsphinx/model/en-us/en-us/mdef'),
  },
  chromium: {
    neededBy: 'tests',
    purpose: 'is the browser that looks at the page',
    isThere: () => findBrowser() !== undefined,
  },
  'fonts-dejavu-core': {
    neededBy: 'tests',
    purpose: 'gives that browser letters',
    isThere: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
  },
  'mariadb-server-core': {
    neededBy: 'tests',
    purpose: 'stands in for a dialler’s database',
    isThere: () => existsSync('/usr/sbin/mariadbd'),
  },
  'mariadb-client-core': {
    neededBy: 'tests',
    purpose: 'sets that database up',
    isThere: () => existsSync('/usr/bin/my_print_defaults'),
  },
  'espeak-ng': {
    neededBy: 'tests',
    purpose: 'speaks the alerts that ring a telephone',
    isThere: () => succeeds('espeak-ng', ['--version']),
  },
  debootstrap: {
    neededBy: 'lab',
    purpose: 'installs a Debian with Asterisk into a folder',
    isThere: () => succeeds('debootstrap', ['--version']),
  },
};

/**
 * Sees to the Debian packages that a run needs, installing them where we may.
 * @returns what was installed
 * @throws {UserError} with the command to run, where we may not
 */
export async function ensurePackages(
  needs: readonly Need[],
  { environment, logFile }: Pick<CommandOptions, 'environment' | 'logFile'>,
  { packages = systemPackages, isRoot = process.getuid?.() === 0 } = {},
): Promise<string[]> {
  const missing: string[] = [];
  for (const [name, { neededBy, isThere }] of Object.entries(packages)) {
    if (needs.includes(neededBy) && !(await isThere())) missing.push(name);
  }
  if (missing.length === 0) return [];
  if (!isRoot || !(await succeeds('apt-get', ['--version'], environment))) {
    const list = missing.map((name) => `  ${name.padEnd(20)} ${packages[name]?.purpose ?? ''}`).join('\n');
    const aptGet = isRoot ? 'apt-get' : 'sudo apt-get';
    const install = `${aptGet} update && ${aptGet} install -y --no-install-recommends ${missing.join(' ')}`;
    throw new UserError(`Debian packages are missing:\n${list}\nInstall them, then try again:\n  ${install}`);
  }
  const options = {
    folder: projectFolder,
    logFile,
    environment: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await runAptGet(['update', '-qq'], options);
  await runAptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  return missing;
}

/** One at a time: tests and checks may start side by side, and apt-get gives up where another runs. */
async function runAptGet(args: readonly string[], options: CommandOptions): Promise<void> {
  const lock = join(tmpdir(), 'earshot-apt-get.lock');
  await run('flock', [lock, 'apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args], options);
}
