/** Words of a text for a comparison: case and punctuation do not count. */
export function comparableWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9']+/g) ?? [];
}

/** The fewest words to replace, drop and put in that turn `said` into `recognized`: the numerator of the word error rate. */
export function wordErrors(said: readonly string[], recognized: readonly string[]): number {
  let row = Array.from({ length: recognized.length + 1 }, (_, i) => i);
  said.forEach((word, i) => {
    const next = [i + 1];
    recognized.forEach((other, j) => {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (word === other ? 0 : 1)));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
}
