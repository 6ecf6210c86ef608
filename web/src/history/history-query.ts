import { callSearchQuerySchema, type CallSearchQuery } from '#core/contracts/http/history.ts';

/** What the history is searched for, as its form has it: an empty string asks for nothing. */
export interface HistorySearch {
  readonly words: string;
  readonly agent: string;
  readonly campaign: string;
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly mood: string;
  readonly level: string;
}

export const emptySearch: HistorySearch = {
  words: '',
  agent: '',
  campaign: '',
  number: '',
  from: '',
  to: '',
  mood: '',
  level: '',
};

/** The search that an address of the page asks for. */
export function searchOf(query: Readonly<Record<string, unknown>>): HistorySearch {
  const filled = Object.keys(emptySearch).map((field) => [field, typeof query[field] === 'string' ? query[field] : '']);
  return Object.fromEntries(filled) as HistorySearch;
}

/** What was asked for, and nothing else. */
export function filledFieldsOf(search: HistorySearch): Record<string, string> {
  return Object.fromEntries(
    (Object.entries(search) as [string, string][])
      .map(([field, value]): [string, string] => [field, value.trim()])
      .filter(([, value]) => value !== ''),
  );
}

/** The question for the API, or what is wrong with it, field by field. */
export function checked(
  search: HistorySearch,
): { query: CallSearchQuery } | { problems: Partial<Record<keyof HistorySearch, string>> } {
  const filled = filledFieldsOf(search);
  const parsed = callSearchQuerySchema.safeParse(filled);
  if (parsed.success) return { query: filled };
  return { problems: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])) };
}
