import { setting, text } from '../../setting.ts';
import { sttVendor } from '../vendor.ts';

const MODEL = '/usr/share/pocketsphinx/model/en-us';

export const pocketsphinx = sttVendor({
  title: 'PocketSphinx',
  about:
    'needs no network and no key, and is there for the demo and for tests: it recognises the demo’s synthetic voices (`EARSHOT_ENGINE=pocketsphinx npx tsx edge-relay/sim/demo/word-error.ts` prints how well) but gets about half the words of a human caller wrong. Do not run a call centre on it.',
  settings: {
    EARSHOT_POCKETSPHINX_LIBRARY: setting({
      schema: text.default('libpocketsphinx.so.3'),
      secret: false,
      about: 'the shared library',
    }),
    EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL: setting({
      schema: text.default(`${MODEL}/en-us`),
      secret: false,
      about: 'the folder of the acoustic model',
    }),
    EARSHOT_POCKETSPHINX_DICTIONARY: setting({
      schema: text.default(`${MODEL}/cmudict-en-us.dict`),
      secret: false,
      about: 'how words are pronounced',
    }),
    EARSHOT_POCKETSPHINX_LANGUAGE_MODEL: setting({
      schema: text.optional(),
      secret: false,
      about: 'an ARPA or binary model of your own',
      defaultIs: 'a small one of call-centre English',
    }),
  },
  required: [],
  needs: {
    packages: ['koffi'],
    debianPackages: ['libpocketsphinx3', 'pocketsphinx-en-us'],
    files: (settings) => [
      settings.EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL,
      settings.EARSHOT_POCKETSPHINX_DICTIONARY,
      ...(settings.EARSHOT_POCKETSPHINX_LANGUAGE_MODEL === undefined
        ? []
        : [settings.EARSHOT_POCKETSPHINX_LANGUAGE_MODEL]),
    ],
  },
  open: async (settings) => {
    const { openPocketSphinx } = await import('./pocketsphinx.ts');
    return openPocketSphinx({
      library: settings.EARSHOT_POCKETSPHINX_LIBRARY,
      acousticModel: settings.EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL,
      dictionary: settings.EARSHOT_POCKETSPHINX_DICTIONARY,
      languageModel: settings.EARSHOT_POCKETSPHINX_LANGUAGE_MODEL,
    });
  },
});
