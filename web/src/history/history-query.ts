import { callSearchQuerySchema, type CallSearchQuery } from '#core/contracts/http/history.ts';
import { filledFieldsOf, type SearchFields } from '../session/search-fields.ts';

/** What the history is searched for. */
export const historyFields = ['words', 'agent', 'campaign', 'rule', 'number', 'from', 'to', 'mood', 'level'] as const;
export type HistorySearch = SearchFields<(typeof historyFields)[number]>;

/**
 * The question for the API, or what is wrong with it, field by field.
 * @param timeZone by whose clocks days begin and end
 */
export function checked(
  search: HistorySearch,
  timeZone: string,
): { query: CallSearchQuery } | { problems: Partial<Record<keyof HistorySearch, string>> } {
  const filled = { ...filledFieldsOf(search), timeZone };
  const parsed = callSearchQuerySchema.safeParse(filled);
  if (parsed.success) return { query: filled };
  return { problems: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])) };
}
