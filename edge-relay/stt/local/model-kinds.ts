import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SttError } from '../engine.ts';
import { TOKENIZER_FILE, TOKENS_FILE, writeTokens } from './moonshine-tokens.ts';

type Files = Readonly<Record<string, string>>;

interface ModelKind {
  /** Emits words as they are spoken, or transcribes a piece of speech at a time. */
  readonly takes: 'stream' | 'pieces';
  /** Its files beside the tokens, by the names that sherpa-onnx has for them. */
  readonly files: Readonly<Record<string, RegExp>>;
  /** What the metadata of its encoder say, where the files' names are those of another kind too. */
  readonly metadata?: RegExp;
  /** What sherpa-onnx's `modelConfig` has for it. `language` is a bare code such as `en`. */
  readonly config: (files: Files, language: string) => object;
}

const ENCODER = /encoder.*\.(onnx|ort)$/;
const DECODER = /decoder.*\.(onnx|ort)$/;
const JOINER = /joiner.*\.onnx$/;

/** Languages that SenseVoice may be set to; it finds out the others by itself. */
const SENSE_VOICE_LANGUAGES = ['zh', 'en', 'ja', 'ko', 'yue'];

/**
 * The kinds of model that can be run, as sherpa-onnx publishes them. What lies in a folder is of the first kind whose
 * files are all there.
 */
export const modelKinds = {
  moonshine: {
    takes: 'pieces',
    files: { encoder: ENCODER, mergedDecoder: /decoder.*merged.*\.(onnx|ort)$/ },
    config: (moonshine) => ({ moonshine }),
  },
  'moonshine-v1': {
    takes: 'pieces',
    files: {
      preprocessor: /preprocess.*\.onnx$/,
      encoder: /encode\b.*\.onnx$/,
      uncachedDecoder: /uncached_decode.*\.onnx$/,
      cachedDecoder: /(?<!un)cached_decode.*\.onnx$/,
    },
    config: (moonshine) => ({ moonshine }),
  },
  parakeet: {
    takes: 'pieces',
    files: { encoder: ENCODER, decoder: DECODER, joiner: JOINER },
    metadata: /EncDec\w*RNNT/,
    config: (transducer) => ({ transducer, modelType: 'nemo_transducer' }),
  },
  zipformer: {
    takes: 'stream',
    files: { encoder: ENCODER, decoder: DECODER, joiner: JOINER },
    config: (transducer) => ({ transducer }),
  },
  whisper: {
    takes: 'pieces',
    files: { encoder: ENCODER, decoder: DECODER },
    config: (files, language) => ({ whisper: { ...files, language, task: 'transcribe' } }),
  },
  'sense-voice': {
    takes: 'pieces',
    files: { model: /^model.*\.onnx$/ },
    config: (files, language) => ({
      senseVoice: {
        ...files,
        language: SENSE_VOICE_LANGUAGES.includes(language) ? language : 'auto',
        useInverseTextNormalization: 1,
      },
    }),
  },
} as const satisfies Record<string, ModelKind>;

export type ModelKindName = keyof typeof modelKinds;

const kindNames = Object.keys(modelKinds) as ModelKindName[];

/** A model in a folder. */
export interface LocalModel {
  readonly kind: ModelKindName;
  readonly tokens: string;
  readonly files: Files;
}

/** `modelConfig` of sherpa-onnx. @param language a BCP 47 tag */
export function modelConfigOf({ kind, tokens, files }: LocalModel, language: string, numThreads: number): object {
  const config: ModelKind['config'] = modelKinds[kind].config;
  return { ...config(files, language.split('-')[0] ?? ''), tokens, numThreads, provider: 'cpu' };
}

/**
 * Finds out which model lies in a folder. Of two precisions of a file the quantised one is taken, which is several
 * times as fast on a processor. Moonshine's tokens are written where only its tokenizer came.
 * @throws {SttError} that says what is missing and where models come from.
 */
export async function findModel(folder: string): Promise<LocalModel> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw missing(`the folder ${folder} cannot be read`, error);
  });
  const find = (what: RegExp) => {
    const found = names.filter((name) => what.test(name)).sort();
    return found.find((name) => name.includes('int8')) ?? found[0];
  };
  for (const kind of kindNames) {
    const wanted: ModelKind = modelKinds[kind];
    const files = Object.entries(wanted.files).map(([part, what]) => [part, find(what)] as const);
    if (files.some(([, name]) => name === undefined)) continue;
    const paths = Object.fromEntries(files.map(([part, name]) => [part, join(folder, name ?? '')]));
    const { encoder } = paths;
    if (wanted.metadata && !(encoder && wanted.metadata.test(await metadataOf(encoder)))) continue;
    const tokens = find(/tokens\.txt$/) ?? (await ownTokens(folder, names));
    return { kind, tokens: join(folder, tokens), files: paths };
  }
  const kinds = kindNames.map((kind) => `${kind} (${Object.keys(modelKinds[kind].files).join(', ')})`).join('; ');
  throw missing(`${folder} holds the files of none of these kinds: ${kinds}`);
}

async function ownTokens(folder: string, names: readonly string[]): Promise<string> {
  if (!names.includes(TOKENIZER_FILE)) throw missing(`${folder} holds no tokens file`);
  await writeTokens(folder).catch((error: unknown) => {
    throw missing(`${TOKENS_FILE} cannot be written to ${folder}: ${(error as Error).message}`, error);
  });
  return TOKENS_FILE;
}

/** An ONNX file ends with its metadata. */
const METADATA_BYTES = 65_536;

async function metadataOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, METADATA_BYTES));
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('latin1');
  } finally {
    await handle.close();
  }
}

function missing(what: string, cause?: unknown): SttError {
  const message = `The local engine has no model: ${what}. Get one with \`earshot-relay model get moonshine-tiny-en\` or as docs/relay.md says, and name its folder in EARSHOT_LOCAL_MODEL`;
  return new SttError(message, { retryable: false, cause });
}
