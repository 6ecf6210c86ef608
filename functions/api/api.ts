import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Me } from '#core/contracts/http/me.ts';
import type { Telephone } from './claims.ts';
import { ProblemError } from './problem.ts';

/** The environment of a request: the event of API Gateway, whose authorizer has checked the token. */
export interface Env {
  Bindings: { event: { requestContext?: { authorizer?: { jwt?: { claims: unknown }; iam?: unknown } } } };
  Variables: { me: Me; telephone: Telephone };
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
