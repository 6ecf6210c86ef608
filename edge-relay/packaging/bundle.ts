import { chmod, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { detectorFile, DETECTOR_FILE } from '../stt/local/voice-gate.ts';
import { NATIVE_PACKAGES } from './manifest.ts';

const relayFolder = join(import.meta.dirname, '..');

/** Bundles the relay, its workers, the detector of voice and the demo's audio into a folder; what is there already is written over. */
export async function bundleRelay(folder: string): Promise<Metafile> {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: join(relayFolder, '..'),
    entryPoints: {
      'earshot-relay': join(relayFolder, 'main.ts'),
      'local-worker': join(relayFolder, 'stt/local/local-worker.ts'),
      'pocketsphinx-worker': join(relayFolder, 'stt/pocketsphinx/pocketsphinx-worker.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // Packages with native code are no part of a bundle.
    external: [...NATIVE_PACKAGES],
    // Bundled CommonJS packages ask for Node's modules by require.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'warning',
  });
  for (const channel of ['agent', 'caller'])
    await cp(join(relayFolder, `sim/demo/${channel}.wav.gz`), join(folder, `${channel}.wav.gz`));
  await cp(detectorFile(), join(folder, DETECTOR_FILE));
  await chmod(join(folder, 'earshot-relay.mjs'), 0o755);
  return metafile;
}
