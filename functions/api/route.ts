import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { auditRowOf, type AuditKind, type AuditNote } from '#core/audit.ts';
import type { Env } from './api.ts';

/** What a route leaves in the audit: a row of this kind each time, or nothing, for a reason. */
export type Audited = { readonly kind: AuditKind } | { readonly nothing: string };

/** The operation's extension of the OpenAPI document in which a test finds what each route leaves in the audit. */
export const AUDITED = 'x-audited';

/**
 * Describes a route, and what it leaves in the audit. A route of a kind must call `note` before it answers, with nothing
 * where nothing was done; otherwise its request fails.
 */
export function auditedRoute<R extends RouteConfig>(audited: Audited, route: R) {
  return createRoute({
    ...route,
    [AUDITED]: 'kind' in audited ? audited.kind : `nothing: ${audited.nothing}`,
    middleware: 'kind' in audited ? audit(audited.kind) : unaudited,
  });
}

const unaudited: MiddlewareHandler<Env> = async (_, next) => {
  await next();
};

/** Writes the audit rows of a successful request; without them, it gets no answer. */
function audit(kind: AuditKind): MiddlewareHandler<Env> {
  return async (c, next) => {
    let noted: readonly AuditNote[] | undefined;
    c.set('note', (...notes) => {
      noted = [...(noted ?? []), ...notes];
    });
    await next();
    if (!c.res.ok) return;
    if (noted === undefined) throw new Error(`${c.req.method} ${c.req.path} noted nothing for the audit.`);
    const { append, now, newId } = c.get('audit');
    const sourceIp = c.env.event.requestContext?.http?.sourceIp;
    const { person: by } = c.get('me');
    for (const note of noted) await append(auditRowOf(note, { id: newId(), at: now(), kind, by, sourceIp }));
  };
}
