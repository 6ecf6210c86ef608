import { addPattern, joinPhrases, type PhraseIndex } from './phrases.ts';
import type { Sentence } from '../vader/sentence.ts';
import { ANGRY_PHRASES } from './angry.ts';
import { NEUTRAL_PHRASES } from './neutral.ts';
import { PLEASED_PHRASES } from './pleased.ts';
import type { Ratings } from './ratings.ts';
import { ANSWER_FOLLOWERS, NEUTRAL_WORDS, TELEPHONE_BOOSTERS, TELEPHONE_WORDS } from './words.ts';
import { createScorer, type Scorer } from '../vader/scorer.ts';
import { BOOST, plainWord, vaderVocabulary, type Word } from '../vader/vocabulary.ts';
import { wordTable, type FindWord } from '../vader/word-table.ts';

/**
 * VADER with the words and phrases of telephone calls: a phrase is rated as one word, so that what boosts or negates
 * a word does the same to it; small talk and the trade's own words are neutral; and "no" as an answer negates nothing.
 */
export const telephone: Scorer = createTelephone();

function createTelephone(): Scorer {
  const vocabulary = vaderVocabulary();
  const change = (text: string, facts: Partial<Word>): Word => {
    const word: Word = { ...plainWord(text), ...vocabulary.get(text), ...facts };
    vocabulary.set(text, word);
    return word;
  };
  for (const text of list(NEUTRAL_WORDS)) change(text, { valence: 0, rated: false });
  for (const [valence, text] of entries(TELEPHONE_WORDS, /\s+/)) change(text, { valence, rated: true });
  for (const text of list(TELEPHONE_BOOSTERS)) change(text, { boost: BOOST });
  const followers = new Set(list(ANSWER_FOLLOWERS).map((text) => change(text, {})));

  const phrases: PhraseIndex = new Map();
  for (const [valence, pattern] of entries([...NEUTRAL_PHRASES, ...ANGRY_PHRASES, ...PLEASED_PHRASES], /\n\s*/))
    addPattern(phrases, pattern, { valence, rated: valence !== 0 }, (text) => vocabulary.get(text) ?? change(text, {}));

  const findWord = wordTable(vocabulary);
  const answer = plainWord('no');
  return createScorer(vocabulary, {
    tidy: (text) => text.replaceAll('’', "'"),
    regroup: (sentence) => {
      bareShortWords(sentence, findWord);
      joinPhrases(sentence, phrases);
      for (let i = 0; i < sentence.length; i++)
        if (sentence.words[i]?.role === 'no' && isAnswer(sentence, i, followers)) sentence.words[i] = answer;
    },
  });
}

/** Strips punctuation off words of one or two letters too; VADER keeps it there for the sake of emoticons. */
function bareShortWords(sentence: Sentence, findWord: FindWord): void {
  const { text, words, starts, ends } = sentence;
  for (let i = 0; i < sentence.length; i++) {
    if (words[i]?.text !== '') continue;
    const token = text.slice(starts[i], ends[i]);
    const bare = /^[a-z0-9]{1,2}(?=[.,;:!?…]+$)/i.exec(token)?.[0].toLowerCase();
    const word = bare === undefined ? undefined : findWord(bare, 0, bare.length);
    if (!word) continue;
    words[i] = word;
    ends[i] = (starts[i] ?? 0) + (bare?.length ?? 0);
  }
}

/** "No, that's all" answers; "no help" negates. */
function isAnswer(sentence: Sentence, i: number, followers: ReadonlySet<Word>): boolean {
  if (i + 1 >= sentence.length) return true;
  const mark = sentence.text[sentence.ends[i] ?? 0];
  return mark === ',' || mark === '.' || followers.has(sentence.words[i + 1] as Word);
}

function list(words: string): string[] {
  return words.trim().split(/\s+/);
}

function entries(ratings: Ratings, separator: RegExp): [valence: number, entry: string][] {
  return ratings.flatMap(([valence, group]) =>
    group
      .trim()
      .split(separator)
      .map((entry) => [valence, entry] satisfies [number, string]),
  );
}
