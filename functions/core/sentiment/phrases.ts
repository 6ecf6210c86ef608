import type { Sentence } from './sentence.ts';
import { plainWord, type Word } from './vocabulary.ts';

/** A phrase trie: each node leads on by the next word. */
export interface PhraseNode {
  readonly next: Map<Word, PhraseNode>;
  /** The phrase that ends here. */
  phrase: Word | undefined;
}

/** A trie without phrases. */
export function phraseTrie(): PhraseNode {
  return { next: new Map(), phrase: undefined };
}

/**
 * Adds all that a pattern stands for: `a|b` are alternatives, `a?` may be absent, `_` joins the words of one
 * alternative. `intern` gives the vocabulary's word for a text, adding it if need be.
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
      for (const from of ends) next.add(walk(from, alternative.split('_').map(intern)));
    ends = next;
  }
  for (const end of ends) end.phrase = { ...plainWord(pattern), ...facts };
}

function walk(from: PhraseNode, words: readonly Word[]): PhraseNode {
  let node = from;
  for (const word of words) {
    let child = node.next.get(word);
    if (!child) node.next.set(word, (child = phraseTrie()));
    node = child;
  }
  return node;
}

/** Puts each phrase in the place of its words; at each word the longest phrase counts. */
export function joinPhrases(sentence: Sentence, root: PhraseNode): void {
  const { words, starts, ends, capitals } = sentence;
  let joined = 0;
  for (let from = 0; from < sentence.length; joined++) {
    let phrase: Word | undefined;
    let last = from;
    let node: PhraseNode | undefined = root;
    for (let at = from; at < sentence.length; at++) {
      node = node.next.get(words[at] as Word);
      if (!node) break;
      if (node.phrase) [phrase, last] = [node.phrase, at];
    }
    words[joined] = phrase ?? (words[from] as Word);
    starts[joined] = starts[from] ?? 0;
    ends[joined] = ends[last] ?? 0;
    capitals[joined] = capitals.slice(from, last + 1).every(Boolean);
    from = last + 1;
  }
  sentence.length = joined;
}
