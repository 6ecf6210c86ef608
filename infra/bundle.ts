import { build as esbuild, type Plugin } from 'esbuild';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The Lambda code, a folder of `functions/` each. */
export const functionNames = ['ingest', 'tick', 'push-live', 'notify', 'connect', 'api'] as const;
export type FunctionName = (typeof functionNames)[number];

/** Where the bundle of each function lies. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/** A bundle of this size unpacks and starts without hurry; more means that something came along by mistake. */
export const BUNDLE_LIMIT_BYTES = 700 * 1024;

const projectFolder = new URL('..', import.meta.url).pathname;

/**
 * Bundles every function into a folder of its own, with the AWS SDK in it, so that what was tested is what runs.
 * The same source gives the same bytes, so that an unchanged function is not deployed again.
 * @param report is told the size of each bundle
 * @throws Error naming a bundle over the limit
 */
export async function bundleFunctions(report: (name: FunctionName, bytes: number) => void): Promise<Bundles> {
  const bundles = functionNames.map(async (name) => {
    const folder = join(projectFolder, 'build/functions', name);
    const bytes = await bundle(join(projectFolder, 'functions', name, 'handler.ts'), folder);
    report(name, bytes);
    if (bytes > BUNDLE_LIMIT_BYTES) throw new Error(`The bundle of ${name} has ${bytes} bytes, over the limit.`);
    return [name, folder] as const;
  });
  return Object.fromEntries(await Promise.all(bundles)) as Record<FunctionName, string>;
}

/** Zod brings messages in fifty languages and its whole namespace, 350 KB: we need English and what we name. */
const leanZod: Plugin = {
  name: 'lean-zod',
  setup: (build) => {
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
    // esbuild drops what is not used of a namespace that is imported, not of one that is re-exported.
    build.onLoad({ filter: /\/functions\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace("import { z } from 'zod'", "import * as z from 'zod'"),
      loader: 'ts',
    }));
  },
};

/** Lambda puts a role's credentials into the environment; the other eight places to look are a fifth of a bundle. */
const leanCredentials: Plugin = {
  name: 'lean-credentials',
  setup: (build) => {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({ path, namespace: 'lean' }));
    build.onLoad({ filter: /.*/, namespace: 'lean' }, () => ({
      contents: `export const defaultProvider = () => async () => ({
        accessKeyId: process.env.AWS_ACCESS_KEY_ID,
        secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
        sessionToken: process.env.AWS_SESSION_TOKEN,
      });`,
    }));
  },
};

async function bundle(entry: string, folder: string): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await esbuild({
    entryPoints: [entry],
    outfile: join(folder, 'handler.mjs'),
    absWorkingDir: projectFolder,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins: [leanZod, leanCredentials],
    // Lambda's runtime brings it; of use only to who chose that engine, it would be a tenth of the bundle.
    external: ['@aws-sdk/client-comprehend'],
    // Packages in CommonJS ask for Node's own modules with require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    legalComments: 'none',
    metafile: true,
  });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}
