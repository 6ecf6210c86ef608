import type { Vocabulary, Word } from './vocabulary.ts';

/** The word that stands in `text` from `start` to `end`, in lower case; undefined where it is not known. */
export type FindWord = (text: string, start: number, end: number) => Word | undefined;

/** A vocabulary as a hash table with lookup by offsets, which avoids a substring for each word. */
export function wordTable(vocabulary: Vocabulary): FindWord {
  const size = 2 ** Math.ceil(Math.log2(vocabulary.size * 4));
  const mask = size - 1;
  const hashes = new Int32Array(size);
  const slots = new Array<Word | undefined>(size).fill(undefined);
  for (const [text, word] of vocabulary) {
    const hash = hashOf(text, 0, text.length);
    let slot = hash & mask;
    while (slots[slot]) slot = (slot + 1) & mask;
    hashes[slot] = hash;
    slots[slot] = word;
  }

  return (text, start, end) => {
    const hash = hashOf(text, start, end);
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const word = slots[slot];
      if (!word) return undefined;
      if (hashes[slot] === hash && word.text.length === end - start && text.startsWith(word.text, start)) return word;
    }
  };
}

/** FNV-1a over UTF-16 units, its high bits mixed into the low ones that choose the slot. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
