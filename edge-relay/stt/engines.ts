import type { Settings } from '../config.ts';
import type { SttEngine } from './engine.ts';
import { openPocketSphinx } from './pocketsphinx/pocketsphinx.ts';

/** Every engine by its name; adding a vendor is its folder and a line here. */
const engines: Readonly<Record<string, (settings: Settings) => Promise<SttEngine>>> = {
  pocketsphinx: (settings) =>
    openPocketSphinx({
      library: settings.EARSHOT_POCKETSPHINX_LIBRARY,
      acousticModel: settings.EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL,
      dictionary: settings.EARSHOT_POCKETSPHINX_DICTIONARY,
      languageModel: settings.EARSHOT_POCKETSPHINX_LANGUAGE_MODEL,
    }),
};

export function openEngine(settings: Settings): Promise<SttEngine> {
  const open = engines[settings.EARSHOT_ENGINE];
  if (!open) throw new Error(`no engine ${settings.EARSHOT_ENGINE}`);
  return open(settings);
}
