import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { personSchema, type Person } from '#core/people.ts';
import { compileRules, type CompiledRules } from '#core/rules/compile.ts';
import { DEFAULTS_EDITION, defaultRules } from '#core/rules/defaults.ts';
import { parseStoredRule } from '#core/rules/parse.ts';
import type { Rule } from '#core/rules/rule.ts';
import { ruleKey, ruleVersionKey, ruleVersionsPartition, RULES_PARTITION, seededRulesKey } from '#core/table-layout.ts';
import { log } from '../telemetry.ts';
import type { Item } from './items.ts';
import { ifVersion, isConflict, queryAll, type Table } from './table.ts';

/** The rule was changed by another person meanwhile, or its id is taken. */
export class RuleConflictError extends Error {
  override readonly name = 'RuleConflictError';
}

/** A rule as stored, and who saved it; nobody in the case of a default rule. */
export interface StoredRule {
  readonly rule: Rule;
  readonly changedBy?: Person;
}

/** One version of a rule; a deletion holds the rule's last content. */
export interface RuleVersion extends StoredRule {
  readonly deleted?: boolean;
}

/** The rules, in DynamoDB. */
export class RuleTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** All stored rules, after seeding default rules that were never stored. A malformed row is logged and left out. */
  async all(): Promise<Rule[]> {
    return (await this.stored()).map(({ rule }) => rule);
  }

  /** The same, with who saved each. */
  async stored(): Promise<StoredRule[]> {
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': RULES_PARTITION },
      ConsistentRead: true,
    });
    const marker = items.find(({ SK }) => SK === seededRulesKey.SK);
    const seeded = new Set((marker?.ruleIds ?? []) as string[]);
    if (marker?.edition !== DEFAULTS_EDITION || defaultRules.some(({ ruleId }) => !seeded.has(ruleId))) {
      await this.#seed(seeded);
      return this.stored();
    }
    return items.filter(({ SK }) => SK !== seededRulesKey.SK).flatMap(storedRule);
  }

  /** All versions of a rule, newest first; also of a deleted one. */
  async versions(ruleId: string): Promise<RuleVersion[]> {
    const [current, items] = await Promise.all([
      this.#current(ruleId),
      queryAll(this.#table, {
        KeyConditionExpression: 'PK = :pk',
        ExpressionAttributeValues: { ':pk': ruleVersionsPartition(ruleId) },
        ScanIndexForward: false,
        ConsistentRead: true,
      }),
    ]);
    const versions = items.flatMap((item) =>
      storedRule(item).map((version): RuleVersion => ({ ...version, ...(item.deleted === true && { deleted: true }) })),
    );
    const isListed = versions.some(({ rule }) => rule.version === current?.rule.version);
    return current && !isListed ? [current, ...versions] : versions;
  }

  /**
   * Stores the next version of a rule.
   * @param basedOn the version that was edited; 0 for a new rule
   * @throws RuleConflictError if another version is stored
   */
  async put(rule: Omit<Rule, 'version' | 'changedAt'>, basedOn: number, by: Person, at: number): Promise<Rule> {
    const former = await this.versions(rule.ruleId);
    const next = { ...rule, version: (former[0]?.rule.version ?? 0) + 1, changedAt: at };
    await this.#write(
      rule.ruleId,
      [{ Put: { ...this.#item({ ...ruleKey(rule.ruleId), ...next, changedBy: by }), ...ifVersion(basedOn) } }],
      [...former, { rule: next, changedBy: by }],
    );
    return next;
  }

  /**
   * Deletes a rule; its versions are kept.
   * @throws RuleConflictError if another version is stored, or none
   */
  async delete(ruleId: string, basedOn: number, by: Person, at: number): Promise<void> {
    const former = await this.versions(ruleId);
    const [last] = former;
    if (!last) throw new RuleConflictError('There is no such rule.');
    const deleted = { ...last.rule, version: last.rule.version + 1, changedAt: at };
    await this.#write(
      ruleId,
      [{ Delete: { TableName: this.#table.name, Key: ruleKey(ruleId), ...ifVersion(basedOn) } }],
      [...former, { rule: deleted, changedBy: by, deleted: true }],
    );
  }

  /** Writes a change with the version rows of the last two versions: the first one of a default rule has no row yet. */
  async #write(
    ruleId: string,
    change: NonNullable<TransactWriteCommand['input']['TransactItems']>,
    versions: readonly RuleVersion[],
  ): Promise<void> {
    const newest = versions.toSorted((a, b) => b.rule.version - a.rule.version).slice(0, 2);
    const puts = newest.map(({ rule, changedBy, deleted }) => ({
      Put: this.#item({ ...ruleVersionKey(rule), ...rule, changedBy, ...(deleted && { deleted }) }),
    }));
    try {
      await this.#table.client.send(new TransactWriteCommand({ TransactItems: [...change, ...puts] }));
    } catch (error) {
      if (!isConflict(error)) throw error;
      throw new RuleConflictError(`The rule ${ruleId} was changed by somebody else.`, { cause: error });
    }
  }

  async #current(ruleId: string): Promise<StoredRule | undefined> {
    return (await this.stored()).find(({ rule }) => rule.ruleId === ruleId);
  }

  #item(item: Item) {
    return { TableName: this.#table.name, Item: item };
  }

  /** Stores default rules that are new, and those of an earlier edition that nobody changed or deleted. */
  async #seed(seeded: ReadonlySet<string>): Promise<void> {
    await Promise.all(
      defaultRules.map((rule) =>
        this.#putIf(
          { ...ruleKey(rule.ruleId), ...rule },
          seeded.has(rule.ruleId)
            ? 'version = :first AND attribute_not_exists(changedBy)'
            : 'attribute_not_exists(PK) OR (version = :first AND attribute_not_exists(changedBy))',
        ),
      ),
    );
    await this.#table.client.send(
      new PutCommand({
        TableName: this.#table.name,
        Item: { ...seededRulesKey, edition: DEFAULTS_EDITION, ruleIds: defaultRules.map(({ ruleId }) => ruleId) },
      }),
    );
    log.info('default rules stored', { rules: defaultRules.length });
  }

  async #putIf(item: Item, condition: string): Promise<void> {
    try {
      await this.#table.client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: item,
          ConditionExpression: condition,
          ExpressionAttributeValues: { ':first': 1 },
        }),
      );
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}

/** Reads and compiles the rules at most once in `maxAgeMs`. */
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

function storedRule(item: Item): StoredRule[] {
  const parsed = parseStoredRule(item);
  const changedBy = personSchema.safeParse(item.changedBy);
  if ('rule' in parsed) return [{ rule: parsed.rule, ...(changedBy.success && { changedBy: changedBy.data }) }];
  log.error('stored rule is malformed', { key: String(item.SK), fields: parsed.problems.map(({ field }) => field) });
  return [];
}
