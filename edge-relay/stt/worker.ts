import { Worker } from 'node:worker_threads';

/**
 * Starts one of the engines' worker threads: `folder/name.ts` in the source tree, which a bare thread cannot read, or
 * `name.mjs` beside the bundle.
 */
export function startWorker(folder: string, name: string, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.mjs`, import.meta.url), { workerData });
  const file = new URL(`./${folder}/${name}.ts`, import.meta.url).href;
  const code = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(file)}, ${JSON.stringify(file)}))`;
  return new Worker(code, { workerData, eval: true });
}
