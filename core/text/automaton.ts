/** Where a pattern occurs: items `from` up to, but not including, `to`. */
export interface Occurrence {
  readonly pattern: number;
  readonly from: number;
  readonly to: number;
}

interface Node {
  readonly next: Map<string, Node>;
  readonly depth: number;
  /** The patterns that end here. */
  readonly ends: number[];
  /** The node of the longest proper suffix that some pattern begins with. */
  fallback: Node | undefined;
  /** The nearest node along the fallbacks where a pattern ends. */
  shorter: Node | undefined;
}

/**
 * Finds all occurrences of many patterns in one pass: the automaton of Aho and Corasick (1975) over words instead of
 * letters. The time grows with the text and with what is found, not with the number of patterns.
 * @param patterns each a sequence of words; an empty one is never found
 */
export function automatonOf(
  patterns: readonly (readonly string[])[],
): (words: readonly { readonly key: string }[]) => Occurrence[] {
  const root = nodeAt(0);
  patterns.forEach((words, pattern) => {
    let node = root;
    for (const word of words) {
      let child = node.next.get(word);
      if (!child) node.next.set(word, (child = nodeAt(node.depth + 1)));
      node = child;
    }
    if (node !== root) node.ends.push(pattern);
  });
  linkFallbacks(root);

  return (words) => {
    const found: Occurrence[] = [];
    let node = root;
    words.forEach(({ key }, at) => {
      node = step(node, key) ?? root;
      for (let end: Node | undefined = node; end; end = end.shorter) {
        for (const pattern of end.ends) found.push({ pattern, from: at + 1 - end.depth, to: at + 1 });
      }
    });
    return found;
  };
}

function nodeAt(depth: number): Node {
  return { next: new Map(), depth, ends: [], fallback: undefined, shorter: undefined };
}

/** The node that a word leads to, along the fallbacks if need be. */
function step(from: Node | undefined, word: string): Node | undefined {
  for (let node = from; node; node = node.fallback) {
    const next = node.next.get(word);
    if (next) return next;
  }
  return undefined;
}

/** Level by level, so that a fallback is linked before it is used. */
function linkFallbacks(root: Node): void {
  const queue = [root];
  for (const node of queue) {
    for (const [word, child] of node.next) {
      const fallback = step(node.fallback, word) ?? root;
      child.fallback = fallback;
      child.shorter = fallback.ends.length > 0 ? fallback : fallback.shorter;
      queue.push(child);
    }
  }
}
