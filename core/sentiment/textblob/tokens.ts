import { TEXTBLOB_ABBREVIATIONS, TEXTBLOB_EMOTICONS } from './textblob-data.ts';

/** A token of a text; offsets are UTF-16 units of the original. */
export interface TextblobToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** White space as Python's `\s` has it. */
const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const SPACES = new RegExp(`${SPACE}+`, 'g');
const IS_SPACE = new RegExp(SPACE);

const CONTRACTIONS = ["'d", "'m", "'s", "'ll", "'re", "'ve", "n't"];
const PUNCTUATION = new Set(',;:!?()[]{}`\'"@#$^&*+-|=~_');
const ABBREVIATIONS = new Set(TEXTBLOB_ABBREVIATIONS.split(' '));
/** "T.", "U.S.", "Mr." */
const ABBREVIATION_SHAPES = [/^[A-Za-z]\.$/, /^(?:[A-Za-z]\.)+$/, /^[A-Z][bcdfghjklmnpqrstvwxz|]+.$/];

const PARAGRAPH = 'END-OF-SENTENCE';
const SENTENCE_ENDS = new Set(['...', '.', '!', '?', PARAGRAPH]);
const AFTER_SENTENCE_END = new Set(["'", '"', '”', '’', ')', ...SENTENCE_ENDS]);

const SARCASM = /\( ?! ?\)/g;
/** Emoticons leave the tokenizer in pieces; where two match at one place, the longer wins. */
const EMOTICON = new RegExp(
  `(${TEXTBLOB_EMOTICONS.flatMap(([, faces]) => faces)
    .sort((a, b) => b.length - a.length)
    .map((face) => Array.from(face, (character) => character.replace(/[^\w]/, String.raw`\$&`)).join(' ?'))
    .join('|')})($|\\s)`,
  'g',
);

/**
 * Cuts a text into tokens as TextBlob's default analyser does: contractions apart, outer punctuation off, emoticons
 * and the "(!)" of irony whole.
 */
export function textblobTokens(text: string): TextblobToken[] {
  const tokens = sentencesOf(piecesOf(text)).flatMap((sentence) =>
    sentence
      .join(' ')
      .replace(SARCASM, '(!)')
      .replace(EMOTICON, (_, face: string, after: string) => face.replaceAll(' ', '') + after)
      .split(' '),
  );
  return locate(tokens, text);
}

function piecesOf(text: string): string[] {
  let spaced = text;
  for (const contraction of CONTRACTIONS) spaced = spaced.replaceAll(contraction, ` ${contraction}`);
  spaced = spaced
    .replace(/[“”‘’'"]/g, ' $& ')
    .replaceAll('\r\n', '\n')
    .replace(/\n{2,}/g, ` ${PARAGRAPH} `)
    .replace(SPACES, ' ');
  return spaced.split(' ').flatMap((token) => (token === '' ? [] : peel(token)));
}

/** Strips punctuation off both ends of a token. */
function peel(token: string): string[] {
  const head: string[] = [];
  const tail: string[] = [];
  let core = token;
  while (PUNCTUATION.has(core.charAt(0))) {
    head.push(core.charAt(0));
    core = core.slice(1);
  }
  while (PUNCTUATION.has(core.slice(-1)) || core.endsWith('.')) {
    if (PUNCTUATION.has(core.slice(-1))) {
      tail.push(core.slice(-1));
      core = core.slice(0, -1);
    }
    if (core.endsWith('...')) {
      tail.push('...');
      core = core.slice(0, -3).replace(/\.+$/, '');
    }
    if (core.endsWith('.')) {
      if (isAbbreviation(core)) break;
      tail.push('.');
      core = core.slice(0, -1);
    }
  }
  if (core !== '') head.push(core);
  return [...head, ...tail.reverse()];
}

function isAbbreviation(token: string): boolean {
  return ABBREVIATIONS.has(token) || ABBREVIATION_SHAPES.some((shape) => shape.test(token));
}

/** Splits into sentences; the quotes, brackets and further marks after the end of one belong to it. */
function sentencesOf(tokens: readonly string[]): string[][] {
  const sentences: string[][] = [];
  let sentence: string[] = [];
  let from = 0;
  let at = 0;
  const close = () => {
    sentence.push(...tokens.slice(from, at).filter((token) => token !== PARAGRAPH));
    sentences.push(sentence);
    sentence = [];
    from = at;
  };
  for (; at < tokens.length; at++) {
    if (!SENTENCE_ENDS.has(tokens[at] ?? '')) continue;
    while (at < tokens.length && AFTER_SENTENCE_END.has(tokens[at] ?? '')) {
      // As in the reference, the sentence is still empty here, so its quotes count as balanced.
      if (tokens[at] === "'" || tokens[at] === '"') break;
      at++;
    }
    close();
  }
  at = tokens.length;
  close();
  return sentences.filter((each) => each.length > 0);
}

/** Finds the tokens in the text again: only white space has changed between them. */
function locate(tokens: readonly string[], text: string): TextblobToken[] {
  let at = 0;
  return tokens.map((token) => {
    for (;;) {
      if (IS_SPACE.test(text.charAt(at))) at++;
      else if (text.startsWith(PARAGRAPH, at) && !token.startsWith(PARAGRAPH)) at += PARAGRAPH.length;
      else break;
    }
    const start = at;
    for (const unit of token.split('')) {
      while (at < text.length && text.charAt(at) !== unit) at++;
      at++;
    }
    return { text: token, start, end: Math.min(at, text.length) };
  });
}
