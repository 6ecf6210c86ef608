import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import project from '../../package.json' with { type: 'json' };
import { bundleRelay } from './bundle.ts';
import { projectSbom, relaySbom, SBOM_FILE } from './sbom.ts';
import { installedPackages, type Lock, relayManifest } from './manifest.ts';
import {
  bundledFolders,
  NOTICES_FILE,
  ONNX_RUNTIME,
  readLicense,
  SILERO_VAD,
  thirdPartyNotices,
} from '../../licenses/notices.ts';

const projectFolder = join(import.meta.dirname, '../..');

/**
 * Packs the relay for `npm install --global`: its bundle, the command, what makes a service of it, licences. The
 * packages with native code come from npm's registry, which has them compiled.
 * @param folder where `earshot-relay-<version>.tgz` goes
 * @returns the archive's path
 */
export async function packArchive(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const staging = await mkdtemp(join(tmpdir(), 'earshot-archive-'));
  try {
    const metafile = await bundleRelay(staging);
    const lock = JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8')) as Lock;
    const installed = installedPackages(lock);
    const manifest = relayManifest(project, installed);
    await writeFile(join(staging, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

    const beside = installed.filter(({ isCompiled }) => !isCompiled).map(({ path }) => path);
    const licensed = await Promise.all(
      [...bundledFolders(metafile), ...beside].map((path) => readLicense(join(projectFolder, path))),
    );
    const notices = thirdPartyNotices('The Earshot relay', [...licensed, ONNX_RUNTIME, SILERO_VAD]);
    await writeFile(join(staging, NOTICES_FILE), notices);
    const sbom = relaySbom(await projectSbom(), [...licensed, ...installed], [ONNX_RUNTIME, SILERO_VAD]);
    await writeFile(join(staging, SBOM_FILE), `${JSON.stringify(sbom, null, 2)}\n`);

    await cp(join(projectFolder, 'LICENSE'), join(staging, 'LICENSE'));
    for (const name of ['README.md', 'earshot-relay', 'service'])
      await cp(join(import.meta.dirname, name), join(staging, name), { recursive: true });
    await chmod(join(staging, 'earshot-relay'), 0o755);
    const { stdout } = await execa('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: staging,
    });
    return join(folder, stdout);
  } finally {
    await rm(staging, { recursive: true });
  }
}
