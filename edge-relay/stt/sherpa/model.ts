import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SttError } from '../engine.ts';

/** The files of a model that sherpa-onnx can run; the kind follows from the files. */
export type SherpaModel =
  | {
      readonly kind: 'zipformer';
      readonly tokens: string;
      readonly encoder: string;
      readonly decoder: string;
      readonly joiner: string;
    }
  | { readonly kind: 'whisper'; readonly tokens: string; readonly encoder: string; readonly decoder: string };

/**
 * Finds the files of a streaming zipformer or a whisper model in a folder as sherpa-onnx publishes them. Of two
 * precisions the quantised one is taken, which is several times as fast on a processor.
 * @throws {SttError} that says what is missing and where models come from.
 */
export async function findSherpaModel(folder: string): Promise<SherpaModel> {
  const files = await readdir(folder).catch((error: unknown) => {
    throw missing(`the folder ${folder} cannot be read`, error);
  });
  const find = (what: RegExp) => {
    const found = files.filter((file) => what.test(file)).sort();
    const file = found.find((name) => name.includes('int8')) ?? found[0];
    return file === undefined ? undefined : join(folder, file);
  };
  const needed = {
    tokens: find(/tokens\.txt$/),
    encoder: find(/encoder.*\.onnx$/),
    decoder: find(/decoder.*\.onnx$/),
  };
  const absent = Object.entries(needed).flatMap(([name, file]) => (file === undefined ? [name] : []));
  const { tokens, encoder, decoder } = needed;
  if (tokens === undefined || encoder === undefined || decoder === undefined)
    throw missing(`${folder} holds no ${absent.join(', ')} file`);
  const joiner = find(/joiner.*\.onnx$/);
  return joiner === undefined
    ? { kind: 'whisper', tokens, encoder, decoder }
    : { kind: 'zipformer', tokens, encoder, decoder, joiner };
}

function missing(what: string, cause?: unknown): SttError {
  const message = `Sherpa has no model: ${what}. Download one as docs/relay.md says, and name its folder in EARSHOT_SHERPA_MODEL`;
  return new SttError(message, { retryable: false, cause });
}
