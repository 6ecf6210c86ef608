import type { Settings } from '../config.ts';
import { openDeepgram } from './deepgram/deepgram.ts';
import type { SttEngine } from './engine.ts';
import { openPocketSphinx } from './pocketsphinx/pocketsphinx.ts';
import { openScript, readScript } from './script/script.ts';
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
    }),
  transcribe: (settings) => openTranscribe({ language: settings.EARSHOT_LANGUAGE }),
  script: async (settings) => openScript(await readScript(settings.EARSHOT_SCRIPT_FILE ?? '')),
} satisfies Record<Settings['EARSHOT_ENGINE'], (settings: Settings) => SttEngine | Promise<SttEngine>>;

/** The engine of the settings. @throws {SttError} when it cannot be used at all. */
export async function openEngine(settings: Settings): Promise<SttEngine> {
  return engines[settings.EARSHOT_ENGINE](settings);
}
