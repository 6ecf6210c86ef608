import { build as esbuild, type Plugin } from 'esbuild';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledFolders, NOTICES_FILE, readLicense, thirdPartyNotices } from '../licenses/notices.ts';

/** The folders of `functions/`, each the code of one or more Lambda functions. */
export const functionNames = ['ingest', 'tick', 'push-live', 'notify', 'connect', 'api', 'recap'] as const;
export type FunctionName = (typeof functionNames)[number];

/** The folder with the bundle of each function. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/** A larger bundle starts too slowly, and probably contains something by mistake. */
export const BUNDLE_LIMIT_BYTES = 800 * 1024;

const projectFolder = new URL('..', import.meta.url).pathname;

/**
 * Bundles every function into a folder of its own, with the AWS SDK in it, so that what was tested is what runs, and
 * beside it the licences of what it contains. The
 * same source gives the same bytes, so that an unchanged function is not deployed again.
 * @param report called with the size of each bundle
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

/** Zod adds messages in fifty languages and its whole namespace, 350 KB: we need English and the parts that we use. */
const leanZod: Plugin = {
  name: 'lean-zod',
  setup: (build) => {
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
    // esbuild tree-shakes an imported namespace, but not a re-exported one.
    build.onLoad({ filter: /\/functions\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace("import { z } from 'zod'", "import * as z from 'zod'"),
      loader: 'ts',
    }));
  },
};

/** Lambda puts a role's credentials into the environment; the code for eight other sources is a fifth of a bundle. */
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
    // Parts of Lambda's runtime; each is used only with that engine, and would be a tenth of the bundle.
    external: ['@aws-sdk/client-comprehend', '@aws-sdk/client-bedrock-runtime'],
    // CommonJS packages load Node's own modules with require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    // They are in the notices.
    legalComments: 'none',
    metafile: true,
  });
  const packages = bundledFolders(metafile).map((path) => readLicense(join(projectFolder, path)));
  const notices = thirdPartyNotices('This function of Earshot', await Promise.all(packages));
  await writeFile(join(folder, NOTICES_FILE), notices);
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}
