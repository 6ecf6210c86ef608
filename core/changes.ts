/** One field that differs: missing is what was not there. Both are missing where the values are not to be shown. */
export interface Change {
  /** In words: `condition phrases`. */
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * What differs between two values of one shape, field by field, in the order of the second.
 * @param isHidden whether the values of a field, by its words, are not to be shown
 */
export function changesBetween(
  before: object | undefined,
  after: object | undefined,
  isHidden: (path: string) => boolean = () => false,
): Change[] {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...next.keys(), ...old.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .map((field): Change => {
      const [was, is] = [old.get(field), next.get(field)];
      if (!isHidden(field))
        return { field, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
      if (was === undefined) return { field, after: 'set' };
      return is === undefined ? { field, before: 'set' } : { field };
    });
}

/** Each value that is no object by the words of its path; a list is one value. */
function leavesOf(value: object | undefined, path: readonly string[] = []): Map<string, string> {
  const entries = Object.entries(value ?? {}).flatMap(([name, part]: [string, unknown]): [string, string][] => {
    const inner = [...path, wordsOf(name)];
    if (part === undefined || part === null || part === '') return [];
    if (Array.isArray(part)) return [[inner.join(' '), part.map(textOf).join(', ')]];
    if (typeof part === 'object') return [...leavesOf(part, inner)];
    return [[inner.join(' '), textOf(part)]];
  });
  return new Map(entries);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A name of code as words, `cooldownMs` as `cooldown ms`; any other stays as it is. */
function wordsOf(name: string): string {
  return /^[a-z]+([A-Z][a-z]*)+$/.test(name) ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : name;
}
