import {
  COMPLAINS,
  GOES_PUBLIC,
  LEAVING,
  LEGAL,
  MONEY_BACK,
  REPEATED,
  THREATENS_HARM,
  WANTS_HIGHER,
} from '../../text/intents.ts';
import { HARMLESS, INSULTS, linesOf, maskedWords, STRONG_WORDS } from '../../text/swear-words.ts';
import { phraseBook, phraseIndex } from '../../text/phrases.ts';
import type { Sentence } from '../vader/sentence.ts';
import { ANGRY_PHRASES } from './angry.ts';
import { NEUTRAL_PHRASES } from './neutral.ts';
import { PLEASED_PHRASES } from './pleased.ts';
import type { Ratings } from './ratings.ts';
import { NOT_STATED, UNHAPPY_STATEMENTS } from './unhappy.ts';
import { ANSWER_FOLLOWERS, NEUTRAL_WORDS, TELEPHONE_BOOSTERS, TELEPHONE_WORDS } from './words.ts';
import { createScorer, type Scorer } from '../vader/scorer.ts';
import { BOOST, plainWord, vaderVocabulary, type Word } from '../vader/vocabulary.ts';
import { wordTable, type FindWord } from '../vader/word-table.ts';

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

  const rated = entries([...NEUTRAL_PHRASES, ...ANGRY_PHRASES, ...PLEASED_PHRASES], /\n\s*/);
  const findRated = phraseIndex(rated.map(([, pattern]) => pattern));
  const phraseOf = (valence: number) => ({ ...plainWord(PHRASE), negates: false, valence, rated: valence !== 0 });
  const phrases = rated.map(([valence]) => phraseOf(valence));
  const swearing = phraseOf(-2.5);
  const intents = phraseBook();
  const groups = [
    ...INTENT_RATINGS,
    ...UNHAPPY_STATEMENTS.map(
      ([valence, lines]) => [valence, { phrases: linesOf(lines), ignore: NOT_STATED }] as const,
    ),
  ].map(([valence, { phrases, ignore }]) => ({ word: phraseOf(valence), group: intents.add(phrases, ignore) }));
  const meanings = new Set(groups.map(({ word }) => word));
  /** Where phrases stand, and as what they are rated; a phrase with a rating goes before an intent, that before a neutral one. */
  const placesOf = (text: string): RatedPlace[] => {
    const own = findRated(text).map(({ phrase, start, end }) => ({ start, end, word: phrases[phrase] as Word }));
    const reading = intents.read(text);
    const meant = groups.flatMap(({ group, word }) =>
      reading.matchesOf(group).map(({ start, end }) => ({ start, end, word, isIntent: true as const })),
    );
    const masked = maskedWords(text).map(({ start, end }) => ({ start, end, word: swearing }));
    const rated = [...own.filter(({ word }) => word.rated), ...masked];
    const others = meant.filter(apartFrom(rated));
    const neutral = own.filter(({ word }) => !word.rated).filter(apartFrom([...masked, ...others]));
    return [...rated, ...others, ...neutral].sort((a, b) => a.start - b.start || b.end - a.end);
  };

  const findWord = wordTable(vocabulary);
  const answer = plainWord('no');
  const name = plainWord('name');
  const denied = plainWord('denied');
  const mocked = { ...phraseOf(-1.5), because: 'praise beside a reproach' };
  return createScorer(vocabulary, {
    tidy: (text) => text.replaceAll('’', "'"),
    regroup: (sentence) => {
      bareShortWords(sentence, findWord);
      joinPhrases(sentence, placesOf(sentence.text));
      for (let i = 0; i < sentence.length; i++) if (isName(sentence, i)) sentence.words[i] = name;
      for (let i = 0; i < sentence.length; i++)
        if (sentence.words[i]?.role === 'no' && isAnswer(sentence, i, followers)) sentence.words[i] = answer;
      const clauses = marksIn(sentence);
      for (let i = 0; i < sentence.length; i++) {
        const word = sentence.words[i] as Word;
        const first = wordText(sentence, i);
        const isReproach = word.text === PHRASE && word.valence < 0 && !meanings.has(word);
        if (isReproach && isSupposed(sentence, i, clauses)) sentence.words[i] = denied;
        else if (meanings.has(word) || thanks.has(first) || (word.text === PHRASE && SUBJECTS.has(first)))
          unnegate(sentence, i, answer);
        else if (word.valence < 0 && isDenied(sentence, i, clauses)) sentence.words[i] = denied;
      }
      mockPraise(sentence, clauses, mocked);
    },
    clauseStarts,
  });
}

/** The text of a word that was made of a phrase. */
const PHRASE = 'phrase';

/** A phrase that begins with one of these has its own verb: what stands before negates something else. */
const SUBJECTS = new Set(
  list('i we you they he she it this that nobody no none someone somebody why how what when who nothing'),
);

/** Words that thank: "no, not today thanks" thanks. */
const thanks = new Set(['thank', 'thanks', 'thankyou', 'cheers', 'thx', 'ty']);

/** Words before a rated one that may negate it. */
const NEGATION_REACH = 3;

function unnegate(sentence: Sentence, at: number, inert: Word): void {
  for (let i = Math.max(0, at - NEGATION_REACH); i < at; i++) {
    const word = sentence.words[i];
    if (word && !word.rated && (word.negates || word.role === 'no')) sentence.words[i] = inert;
  }
}

/** Negations after which nothing bad is said of what is: "don't worry", "I won't be late". */
const DENIALS =
  /^(?:do|does|did|wo|would|ca|could|should)n['’]?t$|^(?:dont|doesnt|didnt|wont|cant|cannot|never|without)$/;

/** "It isn't bad" praises; "I don't want to fail" says nothing. Phrases are left to VADER's rule. */
function isDenied(sentence: Sentence, at: number, clauseOf: readonly number[]): boolean {
  if (sentence.words[at]?.text === PHRASE) return false;
  for (let i = at - 1; i >= Math.max(0, at - NEGATION_REACH); i--) {
    if (clauseOf[i] !== clauseOf[at] || sentence.words[i]?.rated) return false;
    if (sentence.words[i]?.negates && DENIALS.test(wordText(sentence, i))) return true;
  }
  return false;
}

/** "Tell me if nobody answers": it is not so. */
function isSupposed(sentence: Sentence, at: number, clauseOf: readonly number[]): boolean {
  for (let i = at - 1; i >= Math.max(0, at - SUPPOSED_REACH) && clauseOf[i] === clauseOf[at]; i--)
    if (SUPPOSING.test(wordText(sentence, i))) return true;
  return false;
}

const SUPPOSED_REACH = 4;
const SUPPOSING = /^(?:if|whether|unless)$/;

/** By word, the number of its clause. */
function marksIn({ length, text, starts, ends }: Sentence): number[] {
  let clause = 0;
  return Array.from({ length }, (_, i) => (i > 0 && MARK.test(text.slice(ends[i - 1], starts[i])) ? ++clause : clause));
}

/** Praise that mocks beside a reproach: "delayed again, well done", "great, it is broken". */
const MOCKING =
  /^(?:thanks|thank you) (?:a lot|a bunch|very much|so much)$|^(?:(?:oh|well|just|oh well) )?(?:great|good|nice|lovely|brilliant|wonderful|fantastic|perfect|excellent|amazing|awesome)(?: (?:job|work|one|service|stuff))?$|^well done$/i;

/** Turns praise that stands alone in a clause beside a reproach, where nothing else is praised. */
function mockPraise({ length, words, text, starts, ends }: Sentence, clauseOf: readonly number[], mocked: Word): void {
  const praised = words.findIndex(({ valence }, i) => i < length && valence > 0);
  const isSole = words.slice(praised + 1, length).every(({ valence }) => valence <= 0);
  if (praised < 0 || !isSole) return;
  const clause = clauseOf[praised] ?? 0;
  const [from, to] = [clauseOf.indexOf(clause), clauseOf.lastIndexOf(clause)];
  if (!MOCKING.test(text.slice(starts[from], ends[to]).replaceAll(/\s+/g, ' '))) return;
  const isReproach = (i: number) =>
    words[i]?.text === PHRASE && words[i].valence <= REPROACH && Math.abs((clauseOf[i] ?? 0) - clause) === 1;
  if (Array.from({ length }, (_, i) => i).some(isReproach)) words[praised] = mocked;
}

/** A phrase of so much is a reproach. */
const REPROACH = -1.2;

function wordText({ text, starts, ends }: Sentence, i: number): string {
  const [first = ''] = text.slice(starts[i], ends[i]).toLowerCase().split(' ');
  return first;
}

/** A mark after which words are of another clause. */
const MARK = /[.,;:!?…—–\n]/;

function clauseStarts(sentence: Sentence): number[] {
  const { length, text, starts, ends } = sentence;
  const clauses: number[] = [];
  let from = 0;
  for (let i = 0; i < length; i++) {
    const between = i === 0 ? '' : text.slice(ends[i - 1], starts[i]);
    if (i > 0 && !MARK.test(between)) continue;
    const isListed = i > 0 && between.trim() === ',' && itemAt(sentence, from) === itemAt(sentence, i);
    if (!isListed || itemAt(sentence, i) === 0) clauses.push(i);
    from = i;
  }
  return clauses;
}

/** Words of a listed item: "absolutely horrible", "and awful". */
const ITEM_WORDS = 3;

/** The sign of what is listed between commas from here, "terrible, horrible, awful"; 0 where it is a clause. */
function itemAt({ length, words, text, starts, ends }: Sentence, from: number): number {
  for (let i = from; i < Math.min(length, from + ITEM_WORDS); i++) {
    const word = words[i] as Word;
    const isLast = i + 1 === length || MARK.test(text.slice(ends[i], starts[i + 1]));
    if (isLast) return word.text === PHRASE ? 0 : Math.sign(word.valence);
    const isLink = /^(?:and|or|just|so)$/i.test(text.slice(starts[i], ends[i]));
    if (word.boost === 0 && !isLink && word.valence === 0) return 0;
  }
  return 0;
}

const CAPITALIZED = /^\p{Lu}\p{Ll}+$/u;
const LOWER = /^(?:\p{Ll}|\p{N}|I$|I'|Mr|Mrs|Ms|Dr)/u;

/** A word with a capital in the middle of a sentence is a name, unless the sentence has many of them. */
function isName({ words, text, starts, ends }: Sentence, i: number): boolean {
  const word = words[i];
  if (i === 0 || !word?.rated || !CAPITALIZED.test(text.slice(starts[i], ends[i]))) return false;
  if (MARK.test(text.slice(ends[i - 1], starts[i]))) return false;
  return LOWER.test(text.slice(starts[i - 1], ends[i - 1])) || words[i - 1]?.text === 'name';
}

/** A place in a text that is rated as one word. */
interface RatedPlace {
  readonly start: number;
  readonly end: number;
  readonly word: Word;
  /** It leaves words alone that say by themselves how bad it is. */
  readonly isIntent?: true;
}

/** Whether a place touches none of `others`. */
function apartFrom(others: readonly RatedPlace[]): (one: RatedPlace) => boolean {
  return (one) => !others.some((each) => each.start < one.end && one.start < each.end);
}

/** What people mean who say it, where no phrase of the layer rates it. */
const INTENT_RATINGS = [
  [-1, LEAVING],
  [-1.5, WANTS_HIGHER],
  [-2, COMPLAINS],
  [-1.5, MONEY_BACK],
  [-2, LEGAL],
  [-2.5, THREATENS_HARM],
  [-1.5, REPEATED],
  [-1.5, GOES_PUBLIC],
  [-2.5, { phrases: [...linesOf(STRONG_WORDS), ...linesOf(INSULTS)], ignore: HARMLESS }],
] as const;

/** Makes one word of the words of each phrase. */
function joinPhrases(sentence: Sentence, found: readonly RatedPlace[]): void {
  if (found.length === 0) return;
  const { words, starts, ends, capitals } = sentence;
  let joined = 0;
  let at = 0;
  for (let from = 0; from < sentence.length; joined++) {
    while ((found[at]?.end ?? Infinity) <= (starts[from] ?? 0)) at++;
    const one = found[at];
    let next = from + 1;
    let word = words[from] as Word;
    if (one && one.start < (ends[from] ?? 0)) {
      while (next < sentence.length && (starts[next] ?? 0) < one.end) next++;
      if (one.isIntent && words.slice(from, next).some(({ valence }) => valence < 0)) next = from + 1;
      else word = one.word;
      at++;
    }
    words[joined] = word;
    starts[joined] = starts[from] ?? 0;
    ends[joined] = next === from + 1 ? (ends[from] ?? 0) : Math.min(ends[next - 1] ?? 0, one?.end ?? Infinity);
    capitals[joined] = next === from + 1 ? capitals[from] === true : capitals.slice(from, next).every(Boolean);
    from = next;
  }
  sentence.length = joined;
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

/**
 * VADER with the words and phrases of telephone calls: a phrase is rated as one word, so that what boosts or negates
 * a word does the same to it; small talk and the trade's own words are neutral; and "no" as an answer negates nothing.
 */
export const telephone: Scorer = createTelephone();
