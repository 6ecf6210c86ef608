import { chmod, cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import project from '../../package.json' with { type: 'json' };
import type { Architecture, Project } from './manifest.ts';
import { SBOM_FILE } from './sbom.ts';

/** As Debian calls them. */
const DEBIAN_ARCHITECTURE = { x64: 'amd64', arm64: 'arm64' } as const satisfies Record<Architecture, string>;

export interface DebOptions {
  readonly architecture: Architecture;
  /** Where the package goes. */
  readonly folder: string;
  /** For npm, such as `--registry=…`. */
  readonly npmOptions?: readonly string[];
}

/**
 * Makes a Debian package of the relay's archive, with its packages with native code: nothing is fetched when it is
 * installed. Needs npm's registry (or its cache) and dpkg-deb.
 * @param archive of `packArchive`
 * @returns the package's path
 */
export async function makeDeb(archive: string, { architecture, folder, npmOptions = [] }: DebOptions): Promise<string> {
  const staging = await mkdtemp(join(tmpdir(), 'earshot-deb-'));
  try {
    const prefix = join(staging, 'npm');
    await execa('npm', [
      ...['install', '--global', '--prefix', prefix, '--ignore-scripts', '--prefer-offline'],
      ...['--os=linux', `--cpu=${architecture}`, '--libc=glibc', ...npmOptions, archive],
    ]);

    const root = join(staging, 'root');
    const program = join(root, 'usr/lib/earshot-relay');
    const place = async (from: string, to: string) => {
      await mkdir(join(root, dirname(to)), { recursive: true });
      await rename(join(program, from), join(root, to));
    };
    await mkdir(dirname(program), { recursive: true });
    await rename(join(prefix, 'lib/node_modules/earshot-relay'), program);
    await place('service/earshot-relay.service', 'usr/lib/systemd/system/earshot-relay.service');
    const units = join(root, 'usr/lib/systemd/system');
    const { stdout: upgradeUnit } = await execa('sh', [
      join(program, 'service/make-upgrade-unit.sh'),
      join(units, 'earshot-relay.service'),
    ]);
    await writeFile(join(units, 'earshot-relay-upgrade.service'), `${upgradeUnit}\n`);
    await place('service/relay.env.example', 'etc/earshot-relay.env');
    await place('THIRD-PARTY-NOTICES.txt', 'usr/share/doc/earshot-relay/THIRD-PARTY-NOTICES.txt');
    await place(SBOM_FILE, `usr/share/doc/earshot-relay/${SBOM_FILE}`);
    await place('LICENSE', 'usr/share/doc/earshot-relay/copyright');
    // About installing with npm.
    for (const file of ['README.md', 'service/install-service.sh', 'service/make-upgrade-unit.sh'])
      await rm(join(program, file));
    await mkdir(join(root, 'usr/bin'));
    await symlink('../lib/earshot-relay/earshot-relay', join(root, 'usr/bin/earshot-relay'));

    const { stdout } = await execa('du', ['--summarize', '--apparent-size', '--block-size=1024', root]);
    const debian = join(root, 'DEBIAN');
    await cp(join(import.meta.dirname, 'deb'), debian, { recursive: true });
    await writeFile(join(debian, 'conffiles'), '/etc/earshot-relay.env\n');
    await writeFile(join(debian, 'control'), controlFile(project, architecture, Number.parseInt(stdout, 10)));
    for (const script of ['postinst', 'prerm', 'postrm']) await chmod(join(debian, script), 0o755);
    await execa('chmod', ['--recursive', 'u=rwX,go=rX', root]);
    // Until the service's group is there.
    await chmod(join(root, 'etc/earshot-relay.env'), 0o600);

    const name = `earshot-relay_${debianVersion(project.version)}_${DEBIAN_ARCHITECTURE[architecture]}.deb`;
    await execa('dpkg-deb', ['--root-owner-group', '-Zzstd', '--build', root, join(folder, name)]);
    return join(folder, name);
  } finally {
    await rm(staging, { recursive: true });
  }
}

/** A version of semver in Debian's order, where what comes before a release has a tilde. */
export function debianVersion(version: string): string {
  return version.replace('-', '~');
}

/** DEBIAN/control. */
export function controlFile({ version, engines }: Project, architecture: Architecture, installedKb: number): string {
  const node = /^>=([\d.]+)$/.exec(engines.node)?.[1];
  if (node === undefined) throw new Error(`engines.node is ${engines.node}, not >= a version`);
  return `Package: earshot-relay
Version: ${debianVersion(version)}
Architecture: ${DEBIAN_ARCHITECTURE[architecture]}
Maintainer: Earshot <noreply@earshot.invalid>
Installed-Size: ${installedKb}
Depends: nodejs (>= ${node}), libc6 (>= 2.34), libstdc++6, passwd
Recommends: espeak-ng
Suggests: libpocketsphinx3, pocketsphinx-en-us
Section: comm
Priority: optional
Description: live transcripts of an Asterisk's calls, for Earshot
 The relay receives each side of a call from Asterisk, has it transcribed, and
 publishes what is said to the cloud part of Earshot.
`;
}
