import koffi from 'koffi';

/** A word of a result; frames are 10 ms, counted from the first sample of the stream. */
export interface DecodedWord {
  readonly text: string;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** The part of libpocketsphinx (5prealpha API) that a live stream needs. Its calls block; use it in a worker thread. */
export interface Decoder {
  /** Expects 16 kHz samples. */
  process: (samples: Int16Array) => void;
  isInSpeech: () => boolean;
  hypothesis: () => string;
  /** Ends the running utterance, returns its words, and begins the next. */
  takeUtterance: () => DecodedWord[];
  free: () => void;
}

export interface DecoderFiles {
  readonly library: string;
  readonly acousticModel: string;
  readonly dictionary: string;
  readonly languageModel: string;
}

export const DECODER_SAMPLE_RATE = 16_000;
export const FRAME_MS = 10;

/** @throws {Error} when the library or a model file cannot be loaded. */
export function openDecoder(files: DecoderFiles): Decoder {
  const library = koffi.load(files.library);
  const initialConfig = library.func('void *cmd_ln_init(void *inout, const void *defn, int32_t strict, ...)');
  const psArgs = library.func('const void *ps_args()');
  const psInit = library.func('void *ps_init(void *config)');
  const psFree = library.func('int ps_free(void *ps)');
  const startStream = library.func('int ps_start_stream(void *ps)');
  const startUtterance = library.func('int ps_start_utt(void *ps)');
  const endUtterance = library.func('int ps_end_utt(void *ps)');
  const processRaw = library.func(
    'int ps_process_raw(void *ps, const int16_t *data, size_t n, int no_search, int full)',
  );
  const inSpeech = library.func('uint8_t ps_get_in_speech(void *ps)');
  const getHypothesis = library.func('const char *ps_get_hyp(void *ps, _Out_ int32_t *score)');
  const segments = library.func('void *ps_seg_iter(void *ps)');
  const nextSegment = library.func('void *ps_seg_next(void *segment)');
  const segmentWord = library.func('const char *ps_seg_word(void *segment)');
  const segmentFrames = library.func('void ps_seg_frames(void *segment, _Out_ int *start, _Out_ int *end)');

  const options = {
    '-hmm': files.acousticModel,
    '-dict': files.dictionary,
    '-lm': files.languageModel,
    // Telephone audio has no noise floor above 4 kHz for the remover to learn from; with it on, word error doubles.
    '-remove_noise': 'no',
    '-logfn': '/dev/null',
  };
  const strings = Object.entries(options).flatMap(([key, value]) => ['const char *', key, 'const char *', value]);
  const config: unknown = initialConfig(null, psArgs(), 1, ...strings, 'const char *', null);
  const decoder: unknown = config ? psInit(config) : null;
  if (!decoder) throw new Error(`PocketSphinx could not load its models (${files.acousticModel})`);
  startStream(decoder);
  startUtterance(decoder);

  return {
    process: (samples) => void processRaw(decoder, samples, samples.length, 0, 0),
    isInSpeech: () => inSpeech(decoder) !== 0,
    hypothesis: () => (getHypothesis(decoder, [0]) as string | null) ?? '',
    takeUtterance: () => {
      endUtterance(decoder);
      const words: DecodedWord[] = [];
      for (let segment: unknown = segments(decoder); segment; segment = nextSegment(segment)) {
        const text = segmentWord(segment) as string;
        // <s>, </s>, <sil> and [NOISE] are no words; "(2)" marks a second pronunciation.
        if (/^[<[]/.test(text)) continue;
        const [start, end] = [[0], [0]] as [[number], [number]];
        segmentFrames(segment, start, end);
        words.push({ text: text.replace(/\(\d+\)$/, ''), startFrame: start[0], endFrame: end[0] + 1 });
      }
      startUtterance(decoder);
      return words;
    },
    free: () => void psFree(decoder),
  };
}
