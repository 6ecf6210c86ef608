/** JSON from outside. */

/** A half of a character, as JSON text holds it: by itself, or as an escape. A whole character may have matched too. */
const SUSPECT = /\p{Surrogate}|\\u[dD][89a-fA-F]/u;

/** Replaces halves of characters, which are no Unicode: a table or a bus may refuse them, or change them. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * Reads JSON from outside; halves of characters in its strings and names are replaced by U+FFFD.
 * @throws SyntaxError if the text is no JSON
 */
export function parseJson(text: string): unknown {
  const json: unknown = JSON.parse(text);
  return SUSPECT.test(text) ? wellFormedValue(json) : json;
}

function wellFormedValue(json: unknown): unknown {
  if (typeof json === 'string') return wellFormed(json);
  if (Array.isArray(json)) return json.map(wellFormedValue);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [wellFormed(name), wellFormedValue(value)]));
}
