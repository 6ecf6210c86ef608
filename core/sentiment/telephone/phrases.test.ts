import { addPattern, joinPhrases, type PhraseIndex } from './phrases.ts';
import { emptySentence, readSentence } from '../vader/sentence.ts';
import { plainWord, type Word } from '../vader/vocabulary.ts';
import { wordTable } from '../vader/word-table.ts';

/** A vocabulary that adds every word it is asked for. */
function growingVocabulary() {
  const vocabulary = new Map<string, Word>();
  const intern = (text: string): Word => {
    const word = vocabulary.get(text) ?? plainWord(text);
    vocabulary.set(text, word);
    return word;
  };
  return { vocabulary, intern };
}

/** The parts and capitals of a text, after phrases of these patterns are joined. */
function join(patterns: readonly string[], text: string) {
  const { vocabulary, intern } = growingVocabulary();
  const index: PhraseIndex = new Map();
  for (const pattern of patterns) addPattern(index, pattern, { valence: 1, rated: true }, intern);
  const sentence = emptySentence();
  readSentence(text, wordTable(vocabulary), sentence);
  joinPhrases(sentence, index);
  const { length, starts, ends, capitals } = sentence;
  const parts = Array.from({ length }, (_, i) => text.slice(starts[i], ends[i]));
  return { parts, capitals: capitals.slice(0, length) };
}

it.each([
  ['alternatives', ['waste|loss of time'], 'a loss of time', ['a', 'loss of time']],
  ['absent parts', ['waste of my? time'], 'a waste of time', ['a', 'waste of time']],
  ['joined alternatives', ["i've|i_have had enough"], 'I have had enough now', ['I have had enough', 'now']],
  ['any word', ['want my * back'], 'I want my deposit back', ['I', 'want my deposit back']],
  ['the longest', ['fed', 'fed up', 'up with you'], 'fed up with you', ['fed up', 'with', 'you']],
  ['a named word where any word falls short', ['a b', 'a * c'], 'a b d', ['a b', 'd']],
  ['any word where it reaches further', ['a b', 'a * c'], 'a b c', ['a b c']],
  ['a phrase whose first part is absent', ['so? much ado'], 'much ado', ['much ado']],
  ['a single word as a phrase', ['typical'], 'so typical', ['so', 'typical']],
  ['nothing in half a phrase', ['waste of time'], 'waste of', ['waste', 'of']],
])('matches %s', (_, patterns, text, expected) => {
  expect(join(patterns, text).parts).toEqual(expected);
});

it('counts a phrase as in capitals only where all its words are', () => {
  expect(join(['fed up'], 'FED UP now').capitals).toEqual([true, false]);
  expect(join(['fed up'], 'FED up NOW').capitals).toEqual([false, true]);
});
