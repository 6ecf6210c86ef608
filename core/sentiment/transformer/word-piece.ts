/** A word of a text with the vocabulary's ids of its pieces; offsets are UTF-16 units. */
export interface PiecedWord {
  readonly ids: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** A BERT vocabulary: what its models know. */
export interface PieceVocabulary {
  readonly ids: ReadonlyMap<string, number>;
  readonly unknown: number;
  readonly start: number;
  readonly separator: number;
  readonly mask: number;
}

/** A longer word is unknown as a whole. */
const LONGEST_WORD = 100;
const CONTINUED = '##';

const REMOVED = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/u;
const WHITE = /[\s\p{Z}]/u;
/** ASCII signs count as punctuation whatever Unicode calls them. */
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/u;
/** The blocks of Chinese characters, each of which is a word. */
const CHINESE =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/u;
const MARKS = /\p{Mn}/gu;

/**
 * Reads a `vocab.txt`, one piece a line, the line's number its id.
 * @throws Error naming the special token it lacks
 */
export function pieceVocabulary(vocabularyText: string): PieceVocabulary {
  const lines = vocabularyText.split('\n').map((line) => line.replace(/\r$/, ''));
  const ids = new Map(lines.flatMap((piece, id) => (piece === '' ? [] : [[piece, id] as const])));
  const special = (piece: string): number => {
    const id = ids.get(piece);
    if (id === undefined) throw new Error(`The vocabulary lacks ${piece}.`);
    return id;
  };
  return {
    ids,
    unknown: special('[UNK]'),
    start: special('[CLS]'),
    separator: special('[SEP]'),
    mask: special('[MASK]'),
  };
}

/**
 * Cuts a text into words and those into pieces as uncased BERT models were trained (Devlin et al. 2018): lower case
 * without accents, punctuation and Chinese characters words of their own, then from the left the longest pieces that
 * the vocabulary has.
 */
export function wordPieces(text: string, vocabulary: PieceVocabulary): PiecedWord[] {
  const words: PiecedWord[] = [];
  let word = '';
  let start = 0;
  let end = 0;
  const close = () => {
    if (word !== '') words.push({ ids: piecesOf(word, vocabulary), start, end });
    word = '';
  };
  let at = 0;
  for (const character of text) {
    const from = at;
    at += character.length;
    if (/[\t\n\r]/.test(character)) close();
    else if (REMOVED.test(character)) continue;
    else if (WHITE.test(character)) close();
    else {
      const standsAlone = CHINESE.test(character);
      if (standsAlone) close();
      for (const plain of character.normalize('NFD').replace(MARKS, '')) {
        const isPunctuation = PUNCTUATION.test(plain);
        if (isPunctuation) close();
        if (word === '') start = from;
        word += plain.toLowerCase();
        end = at;
        if (isPunctuation) close();
      }
      // An accent of its own belongs to the letter before it.
      if (word !== '') end = at;
      if (standsAlone) close();
    }
  }
  close();
  return words;
}

function piecesOf(word: string, { ids, unknown }: PieceVocabulary): number[] {
  const characters = Array.from(word);
  if (characters.length > LONGEST_WORD) return [unknown];
  const pieces: number[] = [];
  for (let from = 0; from < characters.length;) {
    let to = characters.length;
    let id: number | undefined;
    for (; to > from; to--) {
      id = ids.get((from > 0 ? CONTINUED : '') + characters.slice(from, to).join(''));
      if (id !== undefined) break;
    }
    if (id === undefined) return [unknown];
    pieces.push(id);
    from = to;
  }
  return pieces;
}
