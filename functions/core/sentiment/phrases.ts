import type { Sentence } from './sentence.ts';
import { plainWord, type Word } from './vocabulary.ts';

/** A phrase trie: each node leads on by the next word. */
export interface PhraseNode {
  readonly next: Map<Word, PhraseNode>;
  /** Where any word leads. */
  any: PhraseNode | undefined;
  /** The phrase that ends here. */
  phrase: Word | undefined;
}

/** A trie without phrases. */
export function phraseTrie(): PhraseNode {
  return { next: new Map(), any: undefined, phrase: undefined };
}

/**
 * Adds all that a pattern stands for: `a|b` are alternatives, `a?` may be absent, `_` joins the words of one
 * alternative, and `*` is any one word. `intern` gives the vocabulary's word for a text, adding it if need be.
 */
export function addPattern(
  root: PhraseNode,
  pattern: string,
  facts: Pick<Word, 'valence' | 'rated'>,
  intern: (text: string) => Word,
): void {
  let ends = new Set([root]);
  for (const part of pattern.split(' ')) {
    const isOptional = part.endsWith('?');
    const next = new Set(isOptional ? ends : []);
    for (const alternative of (isOptional ? part.slice(0, -1) : part).split('|'))
      for (const from of ends) next.add(walk(from, alternative.split('_'), intern));
    ends = next;
  }
  for (const end of ends) {
    if (end.phrase && end.phrase.valence !== facts.valence)
      throw new Error(`"${pattern}" rates otherwise what "${end.phrase.text}" rates already.`);
    end.phrase = { ...plainWord(pattern), negates: false, ...facts };
  }
}

function walk(from: PhraseNode, texts: readonly string[], intern: (text: string) => Word): PhraseNode {
  let node = from;
  for (const text of texts) {
    if (text === '*') node = node.any ??= phraseTrie();
    else {
      const word = intern(text);
      let child = node.next.get(word);
      if (!child) node.next.set(word, (child = phraseTrie()));
      node = child;
    }
  }
  return node;
}

/** Puts each phrase in the place of its words; at each word the longest phrase counts. */
export function joinPhrases(sentence: Sentence, root: PhraseNode): void {
  const { words, starts, ends, capitals } = sentence;
  let joined = 0;
  for (let from = 0; from < sentence.length; joined++) {
    const found = longestPhrase(sentence, root, from);
    const last = found?.last ?? from;
    words[joined] = found?.phrase ?? (words[from] as Word);
    starts[joined] = starts[from] ?? 0;
    ends[joined] = ends[last] ?? 0;
    capitals[joined] = last === from ? capitals[from] === true : capitals.slice(from, last + 1).every(Boolean);
    from = last + 1;
  }
  sentence.length = joined;
}

function longestPhrase(sentence: Sentence, node: PhraseNode, at: number): { phrase: Word; last: number } | undefined {
  const here = node.phrase && { phrase: node.phrase, last: at - 1 };
  if (at >= sentence.length) return here;
  const next = node.next.get(sentence.words[at] as Word);
  const named = next && longestPhrase(sentence, next, at + 1);
  const any = node.any && longestPhrase(sentence, node.any, at + 1);
  if (any && any.last > (named?.last ?? -1)) return any;
  return named ?? here;
}
