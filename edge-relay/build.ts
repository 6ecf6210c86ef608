import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import project from '../package.json' with { type: 'json' };

/**
 * Bundles the relay into `build/`: `tsx edge-relay/build.ts`, then `node build/earshot-relay.mjs run`. The folder can be
 * taken to another machine.
 */
const NATIVE = ['koffi', 'lmdb', 'sherpa-onnx-node'] as const;
const here = import.meta.dirname;
const outdir = join(here, '..', 'build');

await build({
  entryPoints: {
    'earshot-relay': join(here, 'main.ts'),
    'sherpa-worker': join(here, 'stt/sherpa/sherpa-worker.ts'),
    'pocketsphinx-worker': join(here, 'stt/pocketsphinx/pocketsphinx-worker.ts'),
  },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Packages with native code are no part of a bundle.
  external: [...NATIVE],
  // Bundled CommonJS packages ask for Node's modules by require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
for (const channel of ['agent', 'caller'])
  await cp(join(here, `sim/demo/${channel}.wav.gz`), join(outdir, `${channel}.wav.gz`));
// Elsewhere `npm install` in the folder brings them, in the versions that were tested.
const dependencies = Object.fromEntries(NATIVE.map((name) => [name, project.dependencies[name]]));
await writeFile(
  join(outdir, 'package.json'),
  `${JSON.stringify({ name: 'earshot-relay', private: true, type: 'module', dependencies }, null, 2)}\n`,
);
