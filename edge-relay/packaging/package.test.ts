import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { execa, execaSync } from 'execa';
import project from '../../package.json';
import { type FakeEventBridge, startFakeEventBridge } from '../publish/event-bridge.fake.ts';
import { packArchive } from './archive.ts';
import { makeDeb } from './deb.ts';
import { type Architecture, installedPackages, type Lock, NATIVE_PACKAGES } from './manifest.ts';
import { type Sbom, SBOM_FILE } from './sbom.ts';
import { type NpmRegistry, startNpmRegistry } from './npm-registry.fake.ts';

const projectFolder = join(__dirname, '../..');
const lock = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as Lock;

let folder: string;
let registry: NpmRegistry;
let npmOptions: string[];
let archive: string;
let bus: FakeEventBridge;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-package-'));
  registry = await startNpmRegistry(projectFolder, lock);
  npmOptions = [`--registry=${registry.url}`, `--cache=${join(folder, 'npm-cache')}`];
  archive = await packArchive(folder);
}, 120_000);
afterAll(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  bus = await startFakeEventBridge();
});
afterEach(() => bus.close());

/** A command of an installed relay, with settings of its own and nothing of this project in sight. */
function start(command: string, args: readonly string[]): ChildProcess {
  const place = mkdtempSync(join(folder, 'run-'));
  writeFileSync(join(place, 'script.json'), '{"caller":[]}');
  writeFileSync(
    join(place, 'relay.env'),
    [
      'EARSHOT_ENGINE=script',
      `EARSHOT_SCRIPT_FILE=${join(place, 'script.json')}`,
      `EARSHOT_SPOOL_FOLDER=${join(place, 'spool')}`,
      'EARSHOT_AUDIOSOCKET_PORT=0',
      'EARSHOT_HTTP_PORT=0',
      `AWS_ENDPOINT_URL=${bus.url}`,
      'AWS_REGION=eu-central-1',
      'AWS_ACCESS_KEY_ID=AKIDEXAMPLE',
      'AWS_SECRET_ACCESS_KEY=example',
    ].join('\n'),
  );
  return spawn(command, args, {
    cwd: place,
    env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, EARSHOT_CONFIG_FILE: join(place, 'relay.env') },
  });
}

async function outcome(child: ChildProcess) {
  if (!child.stdout || !child.stderr) throw new Error('no output');
  const exit = once(child, 'exit') as Promise<[number]>;
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, stdout, stderr };
}

/** The line of its log with this message. */
async function logged(child: ChildProcess, message: string): Promise<Record<string, unknown>> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const fields = JSON.parse(line) as Record<string, unknown>;
    if (fields['msg'] === message) return fields;
  }
  throw new Error(`the relay ended without “${message}”`);
}

/** Does what an operator does first with a relay that was installed. */
async function tryRelay(command: string): Promise<void> {
  expect(await outcome(start(command, ['--version']))).toEqual({ code: 0, stdout: `${project.version}\n`, stderr: '' });
  const doctor = await outcome(start(command, ['doctor']));
  expect(doctor.code).toBe(0);
  expect(doctor.stdout).toContain('ok       event bus: bus earshot in eu-central-1 takes events');

  const relay = start(command, ['run']);
  const exit = once(relay, 'exit');
  const { httpPort, audioSocketPort } = await logged(relay, 'relay is listening');
  const http = `http://127.0.0.1:${String(httpPort)}`;
  const health = await fetch(`${http}/healthz`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ version: project.version });
  // The demo's audio is there, too.
  const call = start(command, ['place-call', '--relay', `127.0.0.1:${String(audioSocketPort)}`, '--http', http]);
  const callExit = once(call, 'exit');
  if (!call.stdout) throw new Error('no output');
  const [said] = (await once(createInterface({ input: call.stdout }), 'line')) as [string];
  expect(said).toBe('call 1: 0 s of 89 s');
  relay.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  call.kill();
  await callExit;
  // The call was still heard, and is for the next relay.
  expect(new Set(bus.taken.map(({ type }) => type))).toEqual(new Set(['CallStarted', 'CallDescribed', 'CallsTicked']));
  expect(bus.taken.at(-1)).toMatchObject({ type: 'CallsTicked', calls: [{ isRestarting: true }] });
}

describe('the archive', () => {
  let prefix: string;
  let installed: string;
  beforeAll(async () => {
    prefix = join(folder, 'prefix');
    await execa('npm', ['install', '--global', '--prefix', prefix, '--ignore-scripts', ...npmOptions, archive]);
    installed = join(prefix, 'lib/node_modules/earshot-relay');
  }, 120_000);

  it('is named by its version', () => {
    expect(archive).toBe(join(folder, `earshot-relay-${project.version}.tgz`));
  });

  it('brings native packages and what these need in the versions that were tested', () => {
    const manifest = (name: string) =>
      JSON.parse(readFileSync(join(installed, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
    const expected = installedPackages(lock).filter(({ isCompiled }) => !isCompiled);
    expect(expected.map(({ name }) => [name, manifest(name).version])).toEqual(
      expected.map(({ name, version }) => [name, version]),
    );
  });

  it.each(NATIVE_PACKAGES)('has %s ready to load, without a compiler', async (name) => {
    const found = createRequire(join(installed, 'package.json')).resolve(name);
    expect(found.startsWith(installed)).toBe(true);
    await execa(process.execPath, ['--eval', `require(${JSON.stringify(found)})`]);
  });

  it('names all it contains, under licences that allow it', () => {
    const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const named = Array.from(notices.matchAll(/^- (\S+) .+ \(([^()]+)\)$/gm), ([, name, license]) => ({
      name,
      license,
    }));
    for (const name of [...NATIVE_PACKAGES, '@aws-sdk/client-eventbridge', 'zod', 'pino'])
      expect(named.map((each) => each.name)).toContain(name);
    expect(named.filter(({ license }) => !/^(MIT|Apache-2\.0|ISC|0BSD|BSD-[23]-Clause)$/.test(license ?? ''))).toEqual(
      [],
    );
    expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toContain('Apache License');
  });

  it('lists its parts as CycloneDX: those that the notices name, and each under what needs it', () => {
    const sbom = JSON.parse(readFileSync(join(installed, SBOM_FILE), 'utf8')) as Sbom & Record<string, unknown>;
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    expect(sbom.metadata.component).toMatchObject({ name: 'earshot-relay', version: project.version });
    const refs = sbom.components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const named = Array.from(notices.matchAll(/^- (\S+) .+ \(/gm), ([, name = '']) => name);
    const listed = sbom.components.map(({ name }) => name);
    expect(named.filter((name) => !listed.includes(name))).toEqual([]);
    // What is compiled for one kind of machine comes under the licence of the package that needs it.
    const compiled = installedPackages(lock).filter(({ isCompiled }) => isCompiled);
    expect(listed.filter((name) => !named.includes(name)).sort()).toEqual(compiled.map(({ name }) => name).sort());
    const known = new Set([sbom.metadata.component['bom-ref'], ...refs]);
    for (const { ref, dependsOn } of sbom.dependencies)
      expect([ref, ...dependsOn].filter((each) => !known.has(each))).toEqual([]);
    expect(sbom.dependencies.find(({ ref }) => ref.startsWith('sherpa-onnx-node@'))?.dependsOn).toContain(
      `sherpa-onnx-linux-x64@${compiled.find(({ name }) => name === 'sherpa-onnx-linux-x64')?.version ?? ''}`,
    );
  });

  it('runs where it was installed', async () => {
    await tryRelay(join(prefix, 'bin/earshot-relay'));
  }, 60_000);
});

describe('the Debian package', () => {
  let deb: string;
  const field = async (name: string) => (await execa('dpkg-deb', ['--field', deb, name])).stdout;
  beforeAll(async () => {
    deb = await makeDeb(archive, { architecture: process.arch as Architecture, folder, npmOptions });
  }, 120_000);

  it('is named and described as Debian expects', async () => {
    const architecture = (await execa('dpkg', ['--print-architecture'])).stdout;
    expect(deb).toBe(join(folder, `earshot-relay_${project.version}_${architecture}.deb`));
    expect(await field('Version')).toBe(project.version);
    expect(await field('Depends')).toContain(`nodejs (${project.engines.node.replace('>=', '>= ')})`);
    const { stdout: conffiles } = await execa('dpkg-deb', ['--info', deb, 'conffiles']);
    expect(conffiles).toBe('/etc/earshot-relay.env');
  });

  it('runs from where it was unpacked', async () => {
    const root = join(folder, 'unpacked');
    await execa('dpkg-deb', ['--extract', deb, root]);
    const unit = readFileSync(join(root, 'usr/lib/systemd/system/earshot-relay.service'), 'utf8');
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/earshot-relay run --take-over$/m);
    const upgrade = readFileSync(join(root, 'usr/lib/systemd/system/earshot-relay-upgrade.service'), 'utf8');
    expect(upgrade).toMatch(/^ExecStart=\/usr\/bin\/earshot-relay run --take-over$/m);
    // It is there for the time of an upgrade alone.
    expect(upgrade).toMatch(/^Restart=no$/m);
    expect(upgrade).not.toContain('[Install]');
    await tryRelay(join(root, 'usr/bin/earshot-relay'));
  }, 60_000);

  // dpkg runs a package's scripts in its root, which only the superuser may do.
  const itAsRoot = process.getuid?.() === 0 ? it : it.skip;
  itAsRoot(
    'makes its user, keeps its settings when it is upgraded and removed, and is gone once purged',
    async () => {
      const root = join(folder, 'root');
      makeRoot(root, ['sh', 'getent', 'useradd', 'usermod', 'userdel', 'install', 'chown', 'chmod', 'rm']);
      writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
      writeFileSync(join(root, 'etc/group'), 'root:x:0:\nasterisk:x:106:\n');
      const dpkg = (...args: string[]) => execa('dpkg', [`--root=${root}`, '--force-depends', ...args]);
      const settings = join(root, 'etc/earshot-relay.env');
      const inRoot = (file: string) => readFileSync(join(root, file), 'utf8');

      const { stdout } = await dpkg('--install', deb);
      expect(stdout).toContain('systemctl enable --now earshot-relay');
      const [, userId, groupId] = /^earshot:x:(\d+):(\d+):.*:\/var\/lib\/earshot:/m.exec(inRoot('etc/passwd')) ?? [];
      expect(inRoot('etc/group')).toMatch(/^asterisk:x:106:earshot$/m);
      expect(access(settings)).toEqual({ mode: '640', uid: 0, gid: Number(groupId) });
      expect(access(join(root, 'var/lib/earshot'))).toEqual({ mode: '750', uid: Number(userId), gid: Number(groupId) });

      writeFileSync(settings, 'EARSHOT_PBX=berlin\n');
      writeFileSync(join(root, 'var/lib/earshot/spool'), 'an event');
      const { stdout: again } = await dpkg('--force-confold', '--install', deb);
      expect(again).not.toContain('Fill in');
      await dpkg('--remove', 'earshot-relay');
      expect(existsSync(join(root, 'usr/lib/earshot-relay'))).toBe(false);
      expect(readFileSync(settings, 'utf8')).toBe('EARSHOT_PBX=berlin\n');
      expect(access(settings).mode).toBe('640');
      expect(inRoot('var/lib/earshot/spool')).toBe('an event');

      await dpkg('--purge', 'earshot-relay');
      expect([settings, join(root, 'var/lib/earshot'), join(root, 'usr/bin/earshot-relay')].filter(existsSync)).toEqual(
        [],
      );
      expect(inRoot('etc/passwd')).not.toContain('earshot');
    },
    60_000,
  );
});

function access(path: string) {
  const { mode, uid, gid } = statSync(path);
  return { mode: (mode & 0o777).toString(8), uid, gid };
}

/** A root with nothing but these commands of this machine, and what dpkg needs. */
function makeRoot(root: string, commands: readonly string[]): void {
  for (const path of [
    'usr/bin',
    'usr/sbin',
    'usr/lib',
    'usr/lib64',
    'etc',
    'dev',
    'tmp',
    'var/lib/dpkg/info',
    'var/lib/dpkg/updates',
  ])
    mkdirSync(join(root, path), { recursive: true });
  for (const path of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${path}`, join(root, path));
  for (const path of ['dev/null', 'etc/shadow', 'etc/gshadow', 'var/lib/dpkg/status'])
    writeFileSync(join(root, path), '');
  const places = commands.map((name) => execaSync('which', [name]).stdout);
  const libraries = places.flatMap((place) =>
    Array.from(execaSync('ldd', [place]).stdout.matchAll(/(\/\S+) \(0x/g), ([, library = '']) => library),
  );
  for (const file of new Set([...places, ...libraries]))
    cpSync(realpathSync(file), join(root, file), { recursive: true });
}
