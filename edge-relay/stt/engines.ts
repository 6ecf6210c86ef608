import type { Settings } from '../config.ts';
import { openDeepgram } from './deepgram/deepgram.ts';
import type { SttEngine } from './engine.ts';
import { openOpenAi } from './openai/openai.ts';
import { openPocketSphinx } from './pocketsphinx/pocketsphinx.ts';
import { openScript, readScript } from './script/script.ts';
import { openSherpa } from './sherpa/sherpa.ts';
import { openTranscribe } from './transcribe/transcribe.ts';

/** Every engine by its name; adding a vendor is its folder and an entry here. */
const engines = {
  pocketsphinx: (settings) =>
    openPocketSphinx({
      library: settings.EARSHOT_POCKETSPHINX_LIBRARY,
      acousticModel: settings.EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL,
      dictionary: settings.EARSHOT_POCKETSPHINX_DICTIONARY,
      languageModel: settings.EARSHOT_POCKETSPHINX_LANGUAGE_MODEL,
    }),
  deepgram: (settings) =>
    openDeepgram({
      apiKey: settings.DEEPGRAM_API_KEY ?? '',
      url: settings.EARSHOT_DEEPGRAM_URL,
      model: settings.EARSHOT_DEEPGRAM_MODEL,
      language: settings.EARSHOT_LANGUAGE,
      vocabulary: settings.EARSHOT_VOCABULARY,
      redact: settings.EARSHOT_DEEPGRAM_REDACT,
    }),
  transcribe: (settings) =>
    openTranscribe({
      language: settings.EARSHOT_LANGUAGE,
      vocabularyName: settings.EARSHOT_TRANSCRIBE_VOCABULARY,
      isRedacted: settings.EARSHOT_TRANSCRIBE_REDACTION === 'on',
    }),
  sherpa: (settings) =>
    openSherpa({
      folder: settings.EARSHOT_SHERPA_MODEL ?? '',
      threads: settings.EARSHOT_SHERPA_THREADS,
      language: settings.EARSHOT_LANGUAGE,
    }),
  openai: (settings) =>
    openOpenAi({
      url: settings.EARSHOT_OPENAI_URL,
      apiKey: settings.OPENAI_API_KEY,
      model: settings.EARSHOT_OPENAI_MODEL,
      language: settings.EARSHOT_LANGUAGE,
      vocabulary: settings.EARSHOT_VOCABULARY,
    }),
  script: async (settings) => openScript(await readScript(settings.EARSHOT_SCRIPT_FILE ?? '')),
} satisfies Record<Settings['EARSHOT_ENGINE'], (settings: Settings) => SttEngine | Promise<SttEngine>>;

/** One engine. @throws {SttError} when it cannot be used at all. */
export async function openEngine(settings: Settings, name: Settings['EARSHOT_ENGINE']): Promise<SttEngine> {
  return engines[name](settings);
}

/** The preferred engine of the settings, then its fallback if there is one. @throws {SttError} when one cannot be used. */
export async function openEngines(settings: Settings): Promise<SttEngine[]> {
  const { EARSHOT_ENGINE: preferred, EARSHOT_FALLBACK_ENGINE: fallback } = settings;
  const opened: SttEngine[] = [await openEngine(settings, preferred)];
  if (fallback === undefined) return opened;
  try {
    return [...opened, await openEngine(settings, fallback)];
  } catch (error) {
    await Promise.all(opened.map((engine) => engine.close()));
    throw error;
  }
}
