import { z } from 'zod';
import {
  backtestResultSchema,
  backtestSchema,
  LISTED_VERSIONS,
  ruleDeleteQuerySchema,
  rulePutSchema,
  rulesListSchema,
  ruleVersionsSchema,
} from '#core/contracts/http/rules.ts';
import { MAX_RULES } from '#core/rules/compile.ts';
import { changesBetween } from '#core/changes.ts';
import { latestSummaries } from '#core/notice-limit.ts';
import { parseRule } from '#core/rules/parse.ts';
import { ruleSchema, type Rule } from '#core/rules/rule.ts';
import { fitsWithOthers, MAX_ALL_RULES_BYTES } from '#core/rules/size.ts';
import { PageRoom } from '../adapters/page-room.ts';
import { requireAdmin, type Api } from './api.ts';
import { runBacktest } from './backtest.ts';
import { lastDays } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';
import { conflict, json, notFound, refusals } from './response.ts';
import { ruleRows } from './rule-rows.ts';
import { auditedRoute } from './route.ts';

/** Days over which a rule's alerts are counted. */
const HIT_DAYS = 7;

const ruleParams = z.object({ ruleId: ruleSchema.shape.ruleId });

const rulesRoute = auditedRoute(
  { nothing: 'rules are no secret' },
  {
    method: 'get',
    path: '/rules',
    summary: 'The rules and what each raised in the last seven days',
    responses: { 200: json('The rules', rulesListSchema), ...refusals },
  },
);

const versionsRoute = auditedRoute(
  { nothing: 'rules are no secret' },
  {
    method: 'get',
    path: '/rules/{ruleId}/versions',
    summary: 'Every version of a rule, the newest first',
    request: { params: ruleParams },
    responses: { 200: json('The versions', ruleVersionsSchema), ...refusals, ...notFound },
  },
);

const putRoute = auditedRoute(
  { kind: 'rules' },
  {
    method: 'put',
    path: '/rules/{ruleId}',
    summary: 'Saves a rule as its next version (admins)',
    request: {
      params: ruleParams,
      body: { required: true, content: { 'application/json': { schema: rulePutSchema } } },
    },
    responses: { 200: json('The rule as stored', ruleSchema), ...refusals, ...conflict },
  },
);

const deleteRoute = auditedRoute(
  { kind: 'rules' },
  {
    method: 'delete',
    path: '/rules/{ruleId}',
    summary: 'Deletes a rule; its versions stay (admins)',
    request: { params: ruleParams, query: ruleDeleteQuerySchema },
    responses: { 204: { description: 'Deleted' }, ...refusals, ...conflict },
  },
);

const backtestRoute = auditedRoute(
  { kind: 'reading' },
  {
    method: 'post',
    path: '/rules/backtest',
    summary: 'What a draft would have raised on past calls',
    request: { body: { required: true, content: { 'application/json': { schema: backtestSchema } } } },
    responses: { 200: json('What it would have raised', backtestResultSchema), ...refusals },
  },
);

/** Rules: read and tested by supervisors, changed by admins. */
export function addRuleRoutes(app: Api, dependencies: ApiDependencies): void {
  const { rules, alerts, heldNotices, settings, now } = dependencies;

  const storedRule = async (ruleId: string) => (await rules.stored()).find(({ rule }) => rule.ruleId === ruleId)?.rule;

  /** What the last two summaries count. */
  const lately = async () => {
    const limits = await settings.noticeLimits();
    return (await Promise.all(latestSummaries(now(), limits).map(async (dueAt) => heldNotices.of(dueAt)))).flat();
  };

  app.openapi(rulesRoute, async (c) => {
    const [stored, held, raised] = await Promise.all([
      rules.stored(),
      c.get('me').role === 'admin' ? lately() : [],
      Promise.all(lastDays(HIT_DAYS, now()).map(async (day) => alerts.ofDay(day))),
    ]);
    return c.json({ rules: ruleRows(stored, raised.flat(), held) }, 200);
  });

  app.openapi(versionsRoute, async (c) => {
    const versions = await rules.versions(c.req.valid('param').ruleId);
    if (versions.length === 0) throw new ProblemError(404, 'There is and was no such rule.', 'ruleId');
    return c.json({ versions: new PageRoom().leading(versions.slice(0, LISTED_VERSIONS)) }, 200);
  });

  app.openapi(backtestRoute, async (c) => {
    const { rule, days, calls } = c.req.valid('json');
    const { restriction } = c.get('me');
    const checked = checkedRule({ ...rule, version: 1 });
    const result = await runBacktest(checked, { days, most: calls, restriction }, dependencies);
    c.get('note')({ what: `Tried a draft of the rule “${rule.name}” on ${result.callsRead} past calls.` });
    return c.json(result, 200);
  });

  app.openapi(putRoute, async (c) => {
    const { person } = requireAdmin(c);
    const { version, ...draft } = c.req.valid('json');
    const { ruleId } = c.req.valid('param');
    const stored = (await rules.stored()).map((row) => row.rule);
    if (version === 0 && stored.length >= MAX_RULES) {
      throw new ProblemError(400, `There are ${MAX_RULES} rules, and no more are kept: delete one that nobody needs.`);
    }
    const { version: _, changedAt: __, ...rule } = checkedRule({ ...draft, ruleId, version: version + 1 });
    if (!fitsWithOthers(rule, stored)) {
      const most = MAX_ALL_RULES_BYTES / 1024 ** 2;
      throw new ProblemError(400, `All rules together have ${most} MB at most: shorten this one, or delete another.`);
    }
    const before = stored.find((other) => other.ruleId === ruleId);
    const saved = await rules.put(rule, version, person, now());
    c.get('note')({
      what: `Saved the rule “${saved.name}” (${ruleId}) as version ${saved.version}.`,
      changes: changesBetween(before && contentOf(before), contentOf(saved)),
    });
    return c.json(saved, 200);
  });

  app.openapi(deleteRoute, async (c) => {
    const { person } = requireAdmin(c);
    const { ruleId } = c.req.valid('param');
    const before = await storedRule(ruleId);
    await rules.delete(ruleId, c.req.valid('query').version, person, now());
    c.get('note')({
      what: `Deleted the rule “${before?.name ?? ''}” (${ruleId}).`,
      changes: changesBetween(before && contentOf(before), undefined),
    });
    return c.body(null, 204);
  });
}

/** What people write of a rule. */
function contentOf({ ruleId: _, version: __, changedAt: ___, ...content }: Rule) {
  return content;
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
