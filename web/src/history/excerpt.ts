import type { Hit } from '#core/call/hit.ts';

/** An excerpt cut where what was found begins and ends; joined together the parts are the excerpt. */
export function partsOf({ text, found }: Pick<Hit, 'text' | 'found'>): { text: string; isFound: boolean }[] {
  const cuts = [0, ...found.flatMap(({ start, end }) => [start, end]), text.length];
  return cuts
    .slice(1)
    .map((end, index) => ({ text: text.slice(cuts[index], end), isFound: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
