import fc from 'fast-check';
import { deepgramLanguage, requireDeepgramLanguage } from './deepgram/languages.ts';
import { whisperLanguages } from './languages.ts';
import { transcribeLanguages } from './transcribe/languages.ts';

describe('the languages of the vendors', () => {
  it.each([
    ['en_US', 'en', 'en-US', 'en-US'],
    ['en-GB', 'en', 'en-GB', 'en-GB'],
    ['en', 'en', 'en-US', 'en'],
    ['nb-NO', 'no', 'no-NO', 'no'],
    ['nn', 'no', 'no-NO', 'no'],
    ['fil-PH', 'tl', 'tl-PH', 'tl'],
    ['cmn-Hans-CN', 'zh', 'zh-CN', 'zh-CN'],
    ['zh-Hant', 'zh', 'zh-TW', 'zh-TW'],
    ['yue', 'yue', 'zh-HK', 'zh-HK'],
    ['de-AT', 'de', 'de-DE', 'de'],
    ['de_CH.UTF-8', 'de', 'de-CH', 'de-CH'],
    ['es-AR', 'es', 'es-US', 'es-419'],
    ['es-ES', 'es', 'es-ES', 'es'],
    ['pt-AO', 'pt', 'pt-PT', 'pt-PT'],
    ['iw-IL', 'he', 'he-IL', 'multi'],
    ['jv', 'jw', 'jv-ID', undefined],
    ['tlh', undefined, undefined, undefined],
    ['not a tag', undefined, undefined, undefined],
  ])('%s is %s to Whisper, %s to Transcribe, %s to Deepgram', (tag, whisper, transcribe, deepgram) => {
    expect(whisperLanguages.find(tag)).toBe(whisper);
    expect(transcribeLanguages.find(tag)).toBe(transcribe);
    expect(deepgramLanguage('nova-3', tag)).toBe(deepgram);
  });

  it('takes what is set for a model of one’s own as it is, and several languages', () => {
    expect(deepgramLanguage('our-own', 'tlh')).toBe('tlh');
    expect(deepgramLanguage('nova-3', 'multi')).toBe('multi');
  });

  it('refuses the relay’s language at the start, with what the vendor takes', () => {
    expect(() => transcribeLanguages.require('tlh')).toThrow(/tlh of EARSHOT_LANGUAGE; it takes .*en-GB.*sv-SE/);
    expect(() => requireDeepgramLanguage('nova-2', 'ta')).toThrow(/nova-2 does not know the language ta/);
    expect(requireDeepgramLanguage('nova-3', 'ta-IN')).toBe('ta');
  });

  it('reads any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (tag) => {
        whisperLanguages.find(tag);
      }),
    );
  });

  it('finds each of its own codes in any spelling', () => {
    const codes = ['de-CH', 'pt-BR', 'zh-TW', 'sw-KE', 'no-NO', 'tl-PH'];
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.constantFrom('_', '-'), (code, separator) => {
        for (const spelling of [code.toLowerCase(), code.toUpperCase()])
          expect(transcribeLanguages.find(spelling.replace('-', separator))).toBe(code);
      }),
    );
  });
});
