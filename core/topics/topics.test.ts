import fc from 'fast-check';
import { hostileText } from '../text/hostile-text.ts';
import { MAX_KEYPHRASE_LENGTH, MAX_KEYPHRASES } from './bounds.ts';
import { keyphrasesOf } from './keyphrases.ts';
import { LEAST_CALLS, topicsOf } from './topics.ts';

describe('keyphrases', () => {
  it('are what is talked about, without what everybody says', () => {
    expect(
      keyphrasesOf([
        'hello um I am calling about my direct debit',
        'the direct debit was taken twice from my savings account',
        'can you please help me with that thank you',
      ]).slice(0, 2),
    ).toEqual(['direct debit', 'savings account']);
  });

  it('hold no numbers and no masks, and end at marks', () => {
    expect(keyphrasesOf(['my card [CARD_NUMBER] ends 4421, router offline. Broken cable']).sort()).toEqual([
      'broken cable',
      'card',
      'ends',
      'router offline',
    ]);
  });

  it('are few and short, whatever is said', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileText, fc.lorem({ maxCount: 60 })), { maxLength: 20 }), (lines) => {
        const phrases = keyphrasesOf(lines);
        expect(phrases.length).toBeLessThanOrEqual(MAX_KEYPHRASES);
        expect(new Set(phrases).size).toBe(phrases.length);
        for (const phrase of phrases) expect(phrase.length).toBeLessThanOrEqual(MAX_KEYPHRASE_LENGTH);
      }),
    );
  });
});

describe('topics', () => {
  const call = (...topics: string[]) => ({ topics });

  it('are the phrases of several calls, in whatever form, with how many there were before', () => {
    const calls = [call('late delivery'), call('late deliveries', 'voucher'), call('late delivery'), call('parking')];
    expect(topicsOf(calls, [call('late delivery'), call('voucher')])).toEqual([
      { phrase: 'late delivery', calls: 3, callsBefore: 1 },
    ]);
  });

  it('show a part of a phrase only where it is said without it too', () => {
    const calls = [call('smart meter'), call('smart meter'), call('gas meter'), call('water meter')];
    expect(topicsOf(calls, []).map(({ phrase, calls: count }) => `${phrase} ${count}`)).toEqual([
      'meter 4',
      'smart meter 2',
    ]);
    expect(topicsOf([call('smart meter'), call('smart meter')], []).map(({ phrase }) => phrase)).toEqual([
      'smart meter',
    ]);
  });

  it('count each call once, also where words are names of what every object has', () => {
    const calls = [call('constructor', 'constructor order'), call('constructor', '__proto__'), {}];
    expect(topicsOf(calls, [{}])).toEqual([{ phrase: 'constructor', calls: 2, callsBefore: 0 }]);
  });

  it('are said in no fewer calls than make a topic, and in no more than there are', () => {
    const word = fc.constantFrom('bill', 'bills', 'router', 'line', 'refund', 'gas meter', 'smart gas meter');
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 6 }), { maxLength: 12 }), (all) => {
        for (const { calls } of topicsOf(
          all.map((topics) => ({ topics })),
          [],
        )) {
          expect(calls).toBeGreaterThanOrEqual(LEAST_CALLS);
          expect(calls).toBeLessThanOrEqual(all.length);
        }
      }),
    );
  });
});
