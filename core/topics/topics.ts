import { inflectionKey } from '../text/inflection.ts';
import { MAX_TOPICS } from './bounds.ts';

/** A call, as far as topics ask. */
interface TopicalCall {
  readonly topics?: readonly string[] | undefined;
}

/** What some calls are about. */
export interface Topic {
  /** As most of them say it. */
  readonly phrase: string;
  /** Calls in which it is said, and those in the time before. */
  readonly calls: number;
  readonly callsBefore: number;
}

/** Of fewer calls it is nobody's topic but theirs: a name, a place, a mistake of the engine. */
export const LEAST_CALLS = 2;
/** A phrase within a longer one that has so much of its calls is said by the longer one. */
const NESTED_SHARE = 0.75;

/**
 * What calls are about, the most frequent first: keyphrases by the number of calls in which they are said, whatever the
 * forms of their words. A longer phrase takes the place of its parts where they hardly occur without it.
 */
export function topicsOf(calls: readonly TopicalCall[], before: readonly TopicalCall[]): Topic[] {
  const now = countsOf(calls);
  const then = countsOf(before);
  const frequent = [...now].filter(([, { calls: count }]) => count >= LEAST_CALLS);
  return frequent
    .filter(
      ([key, { calls: count }]) =>
        !frequent.some(([longer, other]) => contains(longer, key) && other.calls >= count * NESTED_SHARE),
    )
    .map(([key, { calls: count, forms }]) => ({
      phrase: mostUsed(forms),
      calls: count,
      callsBefore: then.get(key)?.calls ?? 0,
    }))
    .sort((a, b) => b.calls - a.calls || (a.phrase < b.phrase ? -1 : 1))
    .slice(0, MAX_TOPICS);
}

interface Count {
  calls: number;
  /** How it was written, and in how many calls. */
  readonly forms: Map<string, number>;
}

function countsOf(calls: readonly TopicalCall[]): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { topics = [] } of calls) {
    for (const [key, phrase] of phrasesOf(topics)) {
      const count = counts.get(key) ?? { calls: 0, forms: new Map<string, number>() };
      counts.set(key, count);
      count.calls++;
      count.forms.set(phrase, (count.forms.get(phrase) ?? 0) + 1);
    }
  }
  return counts;
}

/** Each phrase of a call and the ends of longer ones, once, by what its words have in common with their other forms. */
function phrasesOf(topics: readonly string[]): Map<string, string> {
  const phrases = new Map<string, string>();
  for (const topic of topics) {
    const words = topic.split(' ');
    for (let from = 0; from < words.length; from++) {
      const part = words.slice(from);
      const key = keyOf(part);
      if (!phrases.has(key)) phrases.set(key, part.join(' '));
    }
  }
  return phrases;
}

/** With a space at either end, so that one phrase contains another only by whole words. */
const keyOf = (words: readonly string[]) => ` ${words.map(inflectionKey).join(' ')} `;

const contains = (longer: string, key: string) => longer.length > key.length && longer.includes(key);

function mostUsed(forms: ReadonlyMap<string, number>): string {
  const [[phrase] = ['']] = [...forms].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return phrase;
}
