import type { Match } from '../rules/alert.ts';
import { tokenize } from './tokens.ts';

/** Finds whole-word occurrences of phrases in a text. */
export type PhraseFinder = (text: string) => Match[];

interface Node {
  readonly next: Map<string, Node>;
  isEnd: boolean;
}

/** Builds a finder of any of `phrases`; at each word the longest phrase counts. */
export function phraseFinder(phrases: readonly string[]): PhraseFinder {
  const root: Node = { next: new Map(), isEnd: false };
  for (const phrase of phrases) {
    let node = root;
    for (const { word } of tokenize(phrase)) {
      let child = node.next.get(word);
      if (!child) node.next.set(word, (child = { next: new Map(), isEnd: false }));
      node = child;
    }
    node.isEnd = node !== root;
  }

  return (text) => {
    const tokens = tokenize(text);
    const matches: Match[] = [];
    let from = 0;
    while (from < tokens.length) {
      let node: Node | undefined = root;
      let last = -1;
      for (let at = from; at < tokens.length; at++) {
        node = node.next.get(tokens[at]?.word ?? '');
        if (!node) break;
        if (node.isEnd) last = at;
      }
      const [first, final] = [tokens[from], tokens[last]];
      if (first && final)
        matches.push({ text: text.slice(first.start, final.end), start: first.start, end: final.end });
      from = Math.max(from, last) + 1;
    }
    return matches;
  };
}
