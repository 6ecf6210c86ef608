import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { AuditNote, AuditRow } from '#core/audit.ts';
import type { Me } from '#core/contracts/http/me.ts';
import type { Telephone } from './claims.ts';
import { ProblemError } from './problem.ts';

/** The environment of a request: the event of API Gateway, whose authorizer has checked the token. */
export interface Env {
  Bindings: {
    event: {
      requestContext?: { authorizer?: { jwt?: { claims: unknown }; iam?: unknown }; http?: { sourceIp?: string } };
    };
  };
  Variables: {
    me: Me;
    /** When the role and the restriction of `me` were known to be so; epoch milliseconds. */
    accessAsOf: number;
    telephone: Telephone;
    audit: AuditWriter;
    /** Notes what is done, for the audit; nothing where nothing is done. */
    note: (...notes: readonly AuditNote[]) => void;
  };
}

/** What writing the audit depends on. */
export interface AuditWriter {
  readonly append: (row: AuditRow) => Promise<void>;
  readonly now: () => number;
  readonly newId: () => string;
}
export type Api = OpenAPIHono<Env>;

/**
 * The signed-in admin.
 * @throws ProblemError 403 for anybody else
 */
export function requireAdmin(c: Context<Env>): Me {
  const me = c.get('me');
  if (me.role !== 'admin') throw new ProblemError(403, 'Only an admin may do this.');
  return me;
}
