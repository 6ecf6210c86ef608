import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { localFolder, projectFolder, type LocalConfig } from './config.ts';
import { findPython } from './machine.ts';
import type { Step } from './progress.ts';

/** The engine that transcribes where nobody asks for another, and its model. */
export const DEFAULT_ENGINE = 'local';
const MODEL = 'moonshine-tiny-en';
/** What transcribes where that model cannot be had. */
const FALLBACK_ENGINE = 'pocketsphinx';

/** With what the relay transcribes. */
export interface Speech {
  readonly engine: string;
  /** Settings of the relay that go with it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Why it is not the one that was asked for. */
  readonly fallbackReason?: string;
}

/** Brings a model. @throws {Error} whose message says why it does not come */
type FetchModel = (name: string, into: string, progress: (text: string) => void) => Promise<void>;

/**
 * Sees to the model of the local engine, which is fetched once. Where it cannot be had, PocketSphinx is what is left.
 * @param models where models are
 */
export async function prepareSpeech(
  engine: string,
  { models, fetchModel, step }: { models: string; fetchModel: FetchModel; step: Step },
): Promise<Speech> {
  if (engine !== DEFAULT_ENGINE) return { engine, settings: {} };
  const folder = join(models, MODEL);
  const speech: Speech = { engine, settings: { EARSHOT_LOCAL_MODEL: folder } };
  // It takes its place only when it is whole.
  if (existsSync(folder)) return speech;
  return step(
    'Speech model',
    async (progress) =>
      fetchModel(MODEL, models, progress).then(
        () => speech,
        (error: unknown): Speech => ({
          engine: FALLBACK_ENGINE,
          settings: {},
          fallbackReason: (error as Error).message,
        }),
      ),
    ({ fallbackReason }) =>
      fallbackReason === undefined ? MODEL : `none, PocketSphinx transcribes instead: ${fallbackReason}`,
  );
}

export const modelsFolder = join(localFolder, 'models');

/** Fetches a model as the relay's own command does. */
export function modelFetcher(config: LocalConfig): FetchModel {
  return async (name, into, progress) => {
    // Debian's own Python has no pip; that of the local endpoint has.
    const own = join(localFolder, 'venv/bin/python');
    const python = existsSync(own) ? own : await findPython();
    const relay = join(projectFolder, 'edge-relay/earshot-relay.mjs');
    const args = [relay, 'model', 'get', name, '--into', into, '--python', python];
    const fetching = execa(process.execPath, args, {
      env: config.environment as Record<string, string>,
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
    });
    for await (const line of fetching) progress(line);
    const { failed, stderr } = await fetching;
    if (failed) throw new Error(stderr.trim());
  };
}
