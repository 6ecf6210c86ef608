import { addPattern, joinPhrases, phraseTrie } from './phrases.ts';
import { emptySentence, readSentence } from './sentence.ts';
import { plainWord, type Word } from './vocabulary.ts';
import { wordTable } from './word-table.ts';

/** What a text is joined into, by phrases of these patterns. */
function join(patterns: readonly string[], text: string): string[] {
  const vocabulary = new Map<string, Word>();
  const intern = (word: string) => {
    if (!vocabulary.has(word)) vocabulary.set(word, plainWord(word));
    return vocabulary.get(word) as Word;
  };
  const trie = phraseTrie();
  for (const pattern of patterns) addPattern(trie, pattern, { valence: 1, rated: true }, intern);
  const sentence = emptySentence();
  readSentence(text, wordTable(vocabulary), sentence);
  joinPhrases(sentence, trie);
  return Array.from({ length: sentence.length }, (_, i) => text.slice(sentence.starts[i], sentence.ends[i]));
}

it.each([
  ['alternatives', ['waste|loss of time'], 'a loss of time', ['a', 'loss of time']],
  ['absent parts', ['waste of my? time'], 'a waste of time', ['a', 'waste of time']],
  ['joined alternatives', ["i've|i_have had enough"], 'I have had enough now', ['I have had enough', 'now']],
  ['any word', ['want my * back'], 'I want my deposit back', ['I', 'want my deposit back']],
  ['the longest', ['fed', 'fed up', 'up with you'], 'fed up with you', ['fed up', 'with', 'you']],
  ['a named word where any word falls short', ['a b', 'a * c'], 'a b d', ['a b', 'd']],
  ['any word where it reaches further', ['a b', 'a * c'], 'a b c', ['a b c']],
  ['nothing in half a phrase', ['waste of time'], 'waste of', ['waste', 'of']],
])('takes %s', (_, patterns, text, expected) => {
  expect(join(patterns, text)).toEqual(expected);
});

it('counts a phrase as in capitals only where all its words are', () => {
  const intern = new Map(['fed', 'up'].map((text) => [text, plainWord(text)]));
  const trie = phraseTrie();
  addPattern(trie, 'fed up', { valence: -2.5, rated: true }, (text) => intern.get(text) as Word);
  const sentence = emptySentence();
  const capitals = (text: string) => {
    readSentence(text, wordTable(intern), sentence);
    joinPhrases(sentence, trie);
    return sentence.capitals.slice(0, sentence.length);
  };
  expect(capitals('FED UP now')).toEqual([true, false]);
  expect(capitals('FED up NOW')).toEqual([false, true]);
});

it('refuses a pattern that contradicts an earlier one', () => {
  const intern = (text: string) => words.get(text) ?? (words.set(text, plainWord(text)), words.get(text));
  const words = new Map<string, Word>();
  const trie = phraseTrie();
  addPattern(trie, 'not good|nice', { valence: -1, rated: true }, intern);
  expect(() => {
    addPattern(trie, 'not nice', { valence: -2, rated: true }, intern);
  }).toThrow('"not nice" rates otherwise what "not good|nice" rates already');
});
