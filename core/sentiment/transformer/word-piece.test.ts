import fc from 'fast-check';
import { pieceVocabulary, wordPieces } from './word-piece.ts';

const PIECES = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'the', 'bill', '##s', 'un', '##help', '##ful', 'cafe'];
const vocabulary = pieceVocabulary([...PIECES, '!', "'", 't', 'don', '漢', '字', '$', ''].join('\n'));
const pieces = (text: string) =>
  wordPieces(text, vocabulary).map(({ ids, start, end }) => [
    text.slice(start, end),
    ids.map((id) => [...PIECES, '!', "'", 't', 'don', '漢', '字', '$'][id]).join(' '),
  ]);

it.each([
  ['pieces, the longest first', 'The bills', ['The=the', 'bills=bill ##s']],
  ['several pieces', 'UNHELPFUL', ['UNHELPFUL=un ##help ##ful']],
  ['unknown words', 'the gadget', ['the=the', 'gadget=[UNK]']],
  ['punctuation and contractions apart', "Don't!", ['Don=don', "'='", 't=t', '!=!']],
  ['accents off, composed or not', 'café cafe\u0301', ['café=cafe', 'cafe\u0301=cafe']],
  ['Chinese characters one by one', 'the漢字', ['the=the', '漢=漢', '字=字']],
  ['control characters off', 'th\u0000e\u200b bill', ['th\u0000e=the', 'bill=bill']],
  ['signs of ASCII apart', '$the', ['$=$', 'the=the']],
  ['nothing in white space', ' \t\u2003\n', []],
])('cuts %s', (_, text, expected) => {
  expect(pieces(text).map(([word, ids]) => `${word}=${ids}`)).toEqual(expected);
});

it('treats a word of more than a hundred letters as unknown', () => {
  expect(pieces('s'.repeat(101))).toEqual([['s'.repeat(101), '[UNK]']]);
});

it('returns words of the text, in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      let after = 0;
      for (const { start, end, ids } of wordPieces(text, vocabulary)) {
        expect(start).toBeGreaterThanOrEqual(after);
        expect(end).toBeGreaterThan(start);
        expect(ids.length).toBeGreaterThan(0);
        after = Math.min(start, end);
      }
    }),
    { interruptAfterTimeLimit: 2000 },
  );
});

it('names the special piece that a vocabulary lacks', () => {
  expect(() => pieceVocabulary('[UNK]\n[CLS]\n[SEP]\n')).toThrow('The vocabulary lacks [MASK].');
});
