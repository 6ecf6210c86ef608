import { auditQuerySchema, type AuditQuery } from '#core/contracts/http/audit.ts';
import { filledFieldsOf, type SearchFields } from '../session/search-fields.ts';

/** The fields of the search. */
export const auditFields = ['person', 'kind', 'from', 'to', 'text'] as const;
export type AuditSearch = SearchFields<(typeof auditFields)[number]>;

/** The query for the API; undefined where the search asks for what there is not. */
export function queryOf(search: AuditSearch): AuditQuery | undefined {
  const filled = filledFieldsOf(search);
  return auditQuerySchema.safeParse(filled).success ? filled : undefined;
}
