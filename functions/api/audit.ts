import {
  AUDIT_EXPORT_LIMIT,
  auditExportQuerySchema,
  auditPageSchema,
  auditQuerySchema,
} from '#core/contracts/http/audit.ts';
import type { AuditRow } from '#core/audit.ts';
import { requireAdmin, type Api } from './api.ts';
import { daysOf } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';
import { csvFrom, file, fileHeaders, type Columns } from './file.ts';
import { USUAL_DAYS } from './history.ts';
import { json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const auditRoute = auditedRoute(
  { nothing: 'reading the audit changes nothing and shows no call' },
  {
    method: 'get',
    path: '/audit',
    summary: 'What people did, the newest first (admins)',
    request: { query: auditQuerySchema },
    responses: { 200: json('A page', auditPageSchema), ...refusals },
  },
);

const exportRoute = auditedRoute(
  { kind: 'export' },
  {
    method: 'get',
    path: '/audit/export',
    summary: 'What people did as a file (admins)',
    request: { query: auditExportQuerySchema },
    responses: { 200: file('The rows; `x-next-cursor` where more follow'), ...refusals },
  },
);

/** What people did: searched and exported by admins, changed by nobody. */
export function addAuditRoutes(app: Api, { audit, now }: ApiDependencies): void {
  app.openapi(auditRoute, async (c) => {
    requireAdmin(c);
    const { limit, cursor, from, to, ...filter } = c.req.valid('query');
    const page = await audit.search(daysOf({ from, to }, USUAL_DAYS, now()), filter, { limit, cursor });
    return c.json({ rows: page.found, ...(page.cursor !== undefined && { cursor: page.cursor }) }, 200);
  });

  app.openapi(exportRoute, async (c) => {
    requireAdmin(c);
    const { cursor, from, to, ...filter } = c.req.valid('query');
    const days = daysOf({ from, to }, USUAL_DAYS, now());
    const page = await audit.search(days, filter, { limit: AUDIT_EXPORT_LIMIT, cursor });
    const [first = '', last = ''] = [days.at(-1), days[0]];
    c.get('note')({ what: `Exported ${page.found.length} rows of the audit of ${first} to ${last}.` });
    return c.body(csvFrom(columns, page.found), 200, {
      ...fileHeaders(`audit-${first}-${last}`, 'csv'),
      ...(page.cursor !== undefined && { 'x-next-cursor': page.cursor }),
    });
  });
}

const columns: Columns<AuditRow> = {
  at: ({ at }) => new Date(at).toISOString(),
  personId: ({ by }) => by.sub,
  personName: ({ by }) => by.name,
  address: ({ sourceIp }) => sourceIp,
  kind: ({ kind }) => kind,
  what: ({ what }) => what,
  changes: ({ changes }) => changes.join('; '),
  callId: ({ callId }) => callId,
};
