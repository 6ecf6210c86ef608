import { existsSync } from 'node:fs';
import { chmod, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import project from '../package.json' with { type: 'json' };

/**
 * Bundles the relay into `build/`: `tsx edge-relay/build.ts`, then `node build/earshot-relay.mjs run`. The folder is a
 * package: taken to another machine, `npm install` in it brings what has native code. With `--whole` it brings that
 * along, for machines of this one's kind, and needs Node.js and nothing else.
 */
const NATIVE = ['koffi', 'lmdb', 'sherpa-onnx-node'] as const;
const here = import.meta.dirname;
const outdir = join(here, '..', 'build');

// Of an earlier build; the rest is written over, for a relay may run from it.
await rm(join(outdir, 'node_modules'), { recursive: true, force: true });
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
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
for (const channel of ['agent', 'caller'])
  await cp(join(here, `sim/demo/${channel}.wav.gz`), join(outdir, `${channel}.wav.gz`));
await chmod(join(outdir, 'earshot-relay.mjs'), 0o755);
for (const file of ['earshot-relay.service', 'relay.env.example', 'install.sh'])
  await cp(join(here, 'packaging', file), join(outdir, file));
const { version, license, engines, overrides } = project;
const manifest = {
  name: 'earshot-relay',
  version,
  private: true,
  license,
  type: 'module',
  engines,
  bin: { 'earshot-relay': 'earshot-relay.mjs' },
  // In the versions that were tested.
  dependencies: Object.fromEntries(NATIVE.map((name) => [name, project.dependencies[name]])),
  overrides: { 'msgpackr-extract': overrides['msgpackr-extract'] },
};
await writeFile(join(outdir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
if (process.argv.includes('--whole')) for (const name of NATIVE) await bring(name);

/** A package as it is installed here, with all it needs. */
async function bring(name: string): Promise<void> {
  const from = join(here, '..', 'node_modules', name);
  const to = join(outdir, 'node_modules', name);
  // Packages for other kinds of machine are not there.
  if (!existsSync(from) || existsSync(to)) return;
  await cp(from, to, { recursive: true });
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    await readFile(join(from, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string> | undefined>;
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) await bring(needed);
}
