/** Words as the pronouncing dictionary spells them. */
export function wordsOf(sentence: string): string[] {
  return sentence.toLowerCase().match(/[a-z']+/g) ?? [];
}

/**
 * A trigram model of `sentences` in ARPA text, with interpolated Witten–Bell smoothing: a context that was followed by
 * many different words gives more of its probability to the shorter context.
 * Source: S. Chen and J. Goodman, "An Empirical Study of Smoothing Techniques for Language Modeling" (1998), section 2.6.
 */
export function arpaOf(sentences: readonly string[]): string {
  const counts = [1, 2, 3].map((order) => countGrams(sentences, order));
  const followers = new Map(counts.flatMap((grams) => [...followersOf(grams)]));
  const vocabulary = counts[0]?.size ?? 0;
  const count = (gram: string) => counts[gram.split(' ').length - 1]?.get(gram) ?? 0;

  const probability = (gram: string): number => {
    const { tokens, types } = followers.get(contextOf(gram)) ?? { tokens: 0, types: 0 };
    const lower = gram.includes(' ') ? probability(shorterOf(gram)) : 1 / vocabulary;
    return (count(gram) + types * lower) / (tokens + types);
  };
  const backOff = (context: string): number => {
    const { tokens, types } = followers.get(context) ?? { tokens: 0, types: 1 };
    return types / (tokens + types);
  };

  const sections = counts.map((grams, i) => {
    const lines = [...grams.keys()].sort().map((gram) => {
      // <s> is never predicted; the format still wants a line for its back-off weight.
      const predicted = gram === '<s>' ? '-99' : Math.log10(probability(gram)).toFixed(4);
      return i < 2 ? `${predicted} ${gram} ${Math.log10(backOff(gram)).toFixed(4)}` : `${predicted} ${gram}`;
    });
    return `\\${i + 1}-grams:\n${lines.join('\n')}\n`;
  });
  const sizes = counts.map((grams, i) => `ngram ${i + 1}=${grams.size}`);
  return `\\data\\\n${sizes.join('\n')}\n\n${sections.join('\n')}\n\\end\\\n`;
}

type Counts = ReadonlyMap<string, number>;

function countGrams(sentences: readonly string[], order: number): Counts {
  const counts = new Map<string, number>();
  for (const sentence of sentences) {
    const words = ['<s>', ...wordsOf(sentence), '</s>'];
    for (let at = 0; at + order <= words.length; at++) {
      const gram = words.slice(at, at + order).join(' ');
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}

/** How many words, and how many different ones, followed each context. */
function followersOf(grams: Counts): Map<string, { tokens: number; types: number }> {
  const found = new Map<string, { tokens: number; types: number }>();
  for (const [gram, count] of grams) {
    if (gram === '<s>') continue;
    const before = found.get(contextOf(gram)) ?? { tokens: 0, types: 0 };
    found.set(contextOf(gram), { tokens: before.tokens + count, types: before.types + 1 });
  }
  return found;
}

const contextOf = (gram: string) => gram.slice(0, Math.max(0, gram.lastIndexOf(' ')));
const shorterOf = (gram: string) => gram.slice(gram.indexOf(' ') + 1);
