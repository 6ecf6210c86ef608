import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLocalConfig } from './config.ts';
import { ensurePackages } from './packages.ts';
import { UserError } from './user-error.ts';

const packages = {
  snake: { neededBy: 'python', purpose: 'runs the endpoint', isThere: () => false },
  sphinx: { neededBy: 'pocketsphinx', purpose: 'recognises speech', isThere: () => Promise.resolve(false) },
  browser: { neededBy: 'tests', purpose: 'looks at the page', isThere: () => false },
  letters: { neededBy: 'tests', purpose: 'gives it letters', isThere: () => true },
} as const;

let folder: string;
let options: { environment: NodeJS.ProcessEnv; logFile: string };

/** The lines of apt-get's own arguments, one for each time it ran. */
const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-packages-'));
  const path = readLocalConfig().environment['PATH'] ?? '';
  options = { environment: { PATH: `${folder}:${path}` }, logFile: join(folder, 'install.log') };
  aptGet(`[ "$1" = --version ] || echo "$DEBIAN_FRONTEND $*" >> ${folder}/asked`);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function aptGet(script: string): void {
  writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'apt-get'), 0o755);
}

describe('the Debian packages of a run', () => {
  it('are installed by root: those that are needed and not there', async () => {
    const installed = await ensurePackages(['python', 'tests'], options, { packages, isRoot: true });
    expect(installed).toEqual(['snake', 'browser']);
    expect(asked()).toEqual([
      expect.stringMatching(/^noninteractive .* update -qq$/),
      expect.stringMatching(/^noninteractive .* install -y -qq --no-install-recommends snake browser$/),
    ]);
  });

  it('are left alone where all are there', async () => {
    const { letters } = packages;
    expect(await ensurePackages(['tests'], options, { packages: { letters }, isRoot: true })).toEqual([]);
    expect(asked).toThrow('ENOENT');
  });

  it('are named to anyone else, each with what it is for, and the command that installs them', async () => {
    const ensured = ensurePackages(['pocketsphinx', 'tests'], options, { packages, isRoot: false });
    await expect(ensured).rejects.toThrow(
      new UserError(`Debian packages are missing:
  sphinx               recognises speech
  browser              looks at the page
Install them, then try again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends sphinx browser`),
    );
    expect(asked).toThrow('ENOENT');
  });

  it('are named to root too where there is no apt-get', async () => {
    aptGet('exit 1');
    const ensured = ensurePackages(['python'], options, { packages, isRoot: true });
    await expect(ensured).rejects.toThrow('  apt-get update && apt-get install -y --no-install-recommends snake');
  });

  it('are a problem with apt-get’s own words when it fails', async () => {
    aptGet('[ "$1" = --version ] || { echo "E: Unable to locate package snake"; exit 100; }');
    const ensured = ensurePackages(['python'], options, { packages, isRoot: true });
    await expect(ensured).rejects.toThrow('E: Unable to locate package snake');
  });
});
