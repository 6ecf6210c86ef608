/** What a page is searched for, as its form has it: an empty string asks for nothing. */
export type SearchFields<Field extends string> = Readonly<Record<Field, string>>;

/** The search that an address asks for; `fields` are those that the page knows. */
export function searchIn<Field extends string>(
  fields: readonly Field[],
  address: Readonly<Record<string, unknown>>,
): SearchFields<Field> {
  const filled = fields.map((field) => [field, typeof address[field] === 'string' ? address[field] : '']);
  return Object.fromEntries(filled) as SearchFields<Field>;
}

/** What was asked for, and nothing else. */
export function filledFieldsOf(search: Readonly<Record<string, string>>): Record<string, string> {
  const filled = Object.entries(search).map(([field, value]): [string, string] => [field, value.trim()]);
  return Object.fromEntries(filled.filter(([, value]) => value !== ''));
}
