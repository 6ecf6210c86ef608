import { bytesOf } from '../../audio/samples.ts';
import { type FakeVendor, NO_FAULTS } from '../vendor.fake.ts';
import { openPocketSphinx } from './pocketsphinx.ts';
import { pocketsphinx } from './vendor.ts';

/**
 * PocketSphinx itself, in its Debian package's places; `npm start` installs what it needs.
 * @param caller the demo's caller, 8 kHz
 */
export async function startPocketSphinx(caller: Int16Array): Promise<FakeVendor> {
  const { settings } = pocketsphinx;
  const engine = await openPocketSphinx({
    library: settings.EARSHOT_POCKETSPHINX_LIBRARY.schema.parse(undefined),
    acousticModel: settings.EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL.schema.parse(undefined),
    dictionary: settings.EARSHOT_POCKETSPHINX_DICTIONARY.schema.parse(undefined),
    languageModel: undefined,
  });
  // The caller's first turn: 7 s to 13.5 s of the demo call, and a second of what follows.
  const turn = bytesOf(caller.subarray(7 * 8_000, 13.5 * 8_000));
  const sentence = 'Hello, my internet has been down since Monday and nobody called me back.';
  return {
    engine,
    faults: [],
    receivedMs: [],
    fixture: {
      sentences: [sentence, sentence],
      audio: Buffer.concat([turn, turn]),
      startsMs: [200, 6_700],
      wordErrors: 0.25,
    },
    cannot: NO_FAULTS,
    close: () => engine.close(),
  };
}
