import fc from 'fast-check';
import { canonicalTag, isSameLanguage, languageName, languageTagSchema } from './language.ts';

describe('a language tag', () => {
  it.each([
    ['en_us', 'en-US'],
    [' ES-419 ', 'es-419'],
    ['zh-hans-cn', 'zh-Hans-CN'],
    ['multi', undefined],
    ['', undefined],
    ['x', undefined],
    ['en-', undefined],
    ['en-a-b-c-d', undefined],
    ['eng', 'en'],
    ['cmn-Hans-CN', 'zh-Hans-CN'],
    ['DEU', 'de'],
  ])('%s is spelled as everywhere, or is none', (tag, canonical) => {
    expect(canonicalTag(tag)).toBe(canonical);
  });

  it('once made canonical stays as it is, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,4}){0,2}$/)), (text) => {
        const tag = canonicalTag(text);
        if (tag === undefined) return;
        expect(languageTagSchema.safeParse(tag).success).toBe(true);
        expect(canonicalTag(tag)).toBe(tag);
        expect(isSameLanguage(tag, tag.toUpperCase())).toBe(true);
      }),
      { interruptAfterTimeLimit: 1_000 },
    );
  });

  it('has an English name without its region', () => {
    expect(['de-AT', 'es-419', 'nl'].map(languageName)).toEqual(['German', 'Spanish', 'Dutch']);
  });
});
