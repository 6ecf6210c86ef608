import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localFolder, projectFolder, readLocalConfig } from './config.ts';
import { ensurePackages } from './packages.ts';
import { type CommandOptions, run } from './processes.ts';
import { printedSteps } from './progress.ts';
import { runMain, UserError } from './user-error.ts';

const execute = promisify(execFile);

/** Where the tests look for an Asterisk (asterisk/real-asterisk.ts): a Debian of its own, which nothing else uses. */
const LAB = join(localFolder, 'asterisk');
/** The one Debian release that has Asterisk. */
const RELEASE = 'sid';
const PACKAGES = [
  'asterisk',
  'asterisk-core-sounds-en',
  'asterisk-core-sounds-en-wav',
  'asterisk-moh-opsound-wav',
  'perl',
];
/** Ubuntu's archives have no such release, and their keys do not sign Debian's. */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** It takes one minute; an archive that does not answer must not hold up who has other things to test. */
const LONGEST_SECONDS = 600;
const ARCHIVE_FORMAT = '$(ORIGIN) $(COMPONENT) $(SITE)';

/** Installs a real Asterisk for the tests into a folder of this project; the machine's own programs stay as they are. */
await runMain(async () => {
  const { environment } = readLocalConfig();
  const options = { folder: projectFolder, environment, logFile: join(localFolder, 'logs/lab.log') };
  const step = printedSteps(process.stdout);
  if (!(await versionIn(LAB))) {
    if (process.getuid?.() !== 0) throw new UserError('A system in a folder is installed by root: sudo npm run lab');
    await step('Installer installed', async () => ensurePackages(['lab'], options));
    await step('Asterisk installed', async () => install(options));
  }
  const version = await versionIn(LAB);
  if (version === undefined) throw new UserError(`What was installed does not run: see ${options.logFile}`);
  console.log(`\n  ${version} is in ${LAB}\n  Tests with it: npx jest asterisk --selectProjects=unit\n`);
});

/** It takes its place only when it is whole. */
async function install(options: CommandOptions): Promise<void> {
  const unfinished = `${LAB}.unfinished`;
  for (const folder of [unfinished, LAB]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(localFolder, { recursive: true });
  const archive = await debianArchive(options.environment);
  await run(
    'timeout',
    [
      String(LONGEST_SECONDS),
      // What it mounts in the folder is seen by itself alone, and gone with it, however it ends.
      ...['unshare', '--mount', 'debootstrap'],
      '--variant=minbase',
      `--include=${PACKAGES.join(',')}`,
      ...(existsSync(KEYRING) ? [`--keyring=${KEYRING}`] : []),
      RELEASE,
      unfinished,
      ...(archive === undefined ? [] : [archive]),
    ],
    options,
  );
  renameSync(unfinished, LAB);
}

/** The archive that this machine itself installs from; undefined where that is not Debian's, and the installer's own is used. */
async function debianArchive(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { stdout } = await execute('apt-get', ['indextargets', '--format', ARCHIVE_FORMAT], { env: environment });
  return stdout
    .split('\n')
    .map((line) => line.split(' '))
    .find(([origin, component, site = '']) => origin === 'Debian' && component === 'main' && /\/debian\/?$/.test(site))
    ?.at(2);
}

/** What the Asterisk in a folder says of itself; undefined where there is none that runs. */
async function versionIn(folder: string): Promise<string | undefined> {
  if (!existsSync(join(folder, 'usr/sbin/asterisk'))) return undefined;
  return execute('chroot', [folder, 'asterisk', '-V']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}
