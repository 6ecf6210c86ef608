import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  backtestResultSchema,
  backtestSchema,
  ruleDeleteQuerySchema,
  rulePutSchema,
  rulesListSchema,
  ruleVersionsSchema,
} from '#core/contracts/http/rules.ts';
import { parseRule } from '#core/rules/parse.ts';
import { ruleSchema, type Rule } from '#core/rules/rule.ts';
import { requireAdmin, type Api } from './api.ts';
import { runBacktest } from './backtest.ts';
import { lastDays } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';
import { conflict, json, notFound, refusals } from './response.ts';
import { ruleRows } from './rule-rows.ts';

/** Days over which a rule's alerts are counted. */
const HIT_DAYS = 7;

const ruleParams = z.object({ ruleId: ruleSchema.shape.ruleId });

const rulesRoute = createRoute({
  method: 'get',
  path: '/rules',
  summary: 'The rules and what each raised in the last seven days',
  responses: { 200: json('The rules', rulesListSchema), ...refusals },
});

const versionsRoute = createRoute({
  method: 'get',
  path: '/rules/{ruleId}/versions',
  summary: 'Every version of a rule, the newest first',
  request: { params: ruleParams },
  responses: { 200: json('The versions', ruleVersionsSchema), ...refusals, ...notFound },
});

const putRoute = createRoute({
  method: 'put',
  path: '/rules/{ruleId}',
  summary: 'Saves a rule as its next version (admins)',
  request: {
    params: ruleParams,
    body: { required: true, content: { 'application/json': { schema: rulePutSchema } } },
  },
  responses: { 200: json('The rule as stored', ruleSchema), ...refusals, ...conflict },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/rules/{ruleId}',
  summary: 'Deletes a rule; its versions stay (admins)',
  request: { params: ruleParams, query: ruleDeleteQuerySchema },
  responses: { 204: { description: 'Deleted' }, ...refusals, ...conflict },
});

const backtestRoute = createRoute({
  method: 'post',
  path: '/rules/backtest',
  summary: 'What a draft would have raised on past calls',
  request: { body: { required: true, content: { 'application/json': { schema: backtestSchema } } } },
  responses: { 200: json('What it would have raised', backtestResultSchema), ...refusals },
});

/** Rules: read and tested by supervisors, changed by admins. */
export function addRuleRoutes(app: Api, dependencies: ApiDependencies): void {
  const { rules, alerts, now } = dependencies;

  app.openapi(rulesRoute, async (c) => {
    const [stored, raised] = await Promise.all([
      rules.stored(),
      Promise.all(lastDays(HIT_DAYS, now()).map(async (day) => alerts.ofDay(day))),
    ]);
    return c.json({ rules: ruleRows(stored, raised.flat()) }, 200);
  });

  app.openapi(versionsRoute, async (c) => {
    const versions = await rules.versions(c.req.valid('param').ruleId);
    if (versions.length === 0) throw new ProblemError(404, 'There is and was no such rule.', 'ruleId');
    return c.json({ versions }, 200);
  });

  app.openapi(backtestRoute, async (c) => {
    const { rule, days, calls } = c.req.valid('json');
    const { restriction } = c.get('me');
    return c.json(
      await runBacktest(checkedRule({ ...rule, version: 1 }), { days, most: calls, restriction }, dependencies),
      200,
    );
  });

  app.openapi(putRoute, async (c) => {
    const { person } = requireAdmin(c);
    const { version, ...draft } = c.req.valid('json');
    const { ruleId } = c.req.valid('param');
    const { version: _, changedAt: __, ...rule } = checkedRule({ ...draft, ruleId, version: version + 1 });
    return c.json(await rules.put(rule, version, person, now()), 200);
  });

  app.openapi(deleteRoute, async (c) => {
    const { person } = requireAdmin(c);
    await rules.delete(c.req.valid('param').ruleId, c.req.valid('query').version, person, now());
    return c.body(null, 204);
  });
}

/**
 * Checks a well-formed rule for contradictions.
 * @throws ProblemError 400 naming the field
 */
function checkedRule(rule: Rule): Rule {
  const parsed = parseRule(rule);
  if ('rule' in parsed) return parsed.rule;
  const [problem] = parsed.problems;
  throw new ProblemError(400, problem?.message ?? 'The rule contradicts itself.', problem?.field);
}
