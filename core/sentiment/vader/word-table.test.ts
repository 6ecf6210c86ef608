import fc from 'fast-check';
import { vaderVocabulary } from './vocabulary.ts';
import { wordTable } from './word-table.ts';

const vocabulary = vaderVocabulary();
const find = wordTable(vocabulary);

it('finds every word of the vocabulary, wherever it stands', () => {
  for (const [text, word] of vocabulary) expect(find(`..${text}..`, 2, 2 + text.length)).toBe(word);
});

it('finds nothing else', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(find(text, 0, text.length)).toBe(vocabulary.get(text));
    }),
    { interruptAfterTimeLimit: 2000 },
  );
  expect(find('good', 0, 3)).toBeUndefined();
  expect(find('goods', 0, 4)).toBe(vocabulary.get('good'));
});
