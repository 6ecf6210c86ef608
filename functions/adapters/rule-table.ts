import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { ruleSchema, type Rule } from '#core/rules/rule.ts';
import { log } from '../telemetry.ts';
import type { Item } from './items.ts';
import { isConflict, queryAll, type Table } from './table.ts';

const PARTITION = 'RULES';
/** Names the default rules that were ever put in, so that one that was deleted does not come back. */
const SEED = 'SEED';

/** The rules, in DynamoDB. */
export class RuleTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** All stored rules; default rules that were never stored are stored first. A row that is no rule is left out and logged. */
  async all(): Promise<Rule[]> {
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': PARTITION },
    });
    const seeded = new Set((items.find(({ SK }) => SK === SEED)?.ruleIds ?? []) as string[]);
    const missing = defaultRules.filter(({ ruleId }) => !seeded.has(ruleId));
    if (missing.length > 0) {
      await this.#seed(missing);
      return this.all();
    }
    return items.filter(({ SK }) => SK !== SEED).flatMap(parseRule);
  }

  async #seed(missing: readonly Rule[]): Promise<void> {
    await Promise.all(missing.map((rule) => this.#putIfAbsent({ ...ruleKey(rule.ruleId), ...rule })));
    await this.#table.client.send(
      new PutCommand({
        TableName: this.#table.name,
        Item: { PK: PARTITION, SK: SEED, ruleIds: defaultRules.map(({ ruleId }) => ruleId) },
      }),
    );
    log.info('default rules stored', { rules: missing.length });
  }

  async #putIfAbsent(item: Item): Promise<void> {
    try {
      await this.#table.client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: item,
          ConditionExpression: 'attribute_not_exists(PK)',
        }),
      );
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}

/** The rules, ready to run. */
export type CompiledRules = ReturnType<typeof compileRules>;

/** Reads the rules, compiled, at most once in `maxAgeMs`. */
export function cachedRules(
  rules: Pick<RuleTable, 'all'>,
  maxAgeMs: number,
  now: () => number,
): () => Promise<CompiledRules> {
  let readAt = 0;
  let compiled: Promise<CompiledRules> | undefined;
  return () => {
    if (!compiled || now() - readAt >= maxAgeMs) {
      readAt = now();
      compiled = rules.all().then(compileRules);
      compiled.catch(() => {
        compiled = undefined;
      });
    }
    return compiled;
  };
}

function ruleKey(ruleId: string) {
  return { PK: PARTITION, SK: `RULE#${ruleId}` };
}

function parseRule(item: Item): Rule[] {
  const rule = ruleSchema.safeParse(item);
  if (!rule.success) log.error('stored rule is malformed', { key: String(item.SK), issues: rule.error.issues.length });
  return rule.success ? [rule.data] : [];
}
