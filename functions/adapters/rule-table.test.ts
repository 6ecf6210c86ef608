import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { defaultRules } from '#core/rules/defaults.ts';
import type { Rule } from '#core/rules/rule.ts';
import { cachedRules, RuleConflictError, RuleTable } from './rule-table.ts';
import type { Table } from './table.ts';
import { startTestTable } from './table.fake.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTestTable());
}, 120_000);
afterEach(async () => stop());

const [first] = defaultRules;
if (!first) throw new Error('there are no default rules');
const byId = (a: Rule, b: Rule) => (a.ruleId < b.ruleId ? -1 : 1);

describe('RuleTable', () => {
  it('seeds an empty table with the default rules, and never stores an edited or deleted one again', async () => {
    const rules = new RuleTable(table);
    expect((await rules.all()).sort(byId)).toEqual([...defaultRules].sort(byId));

    const edited = { ...first, version: 2, enabled: false };
    const key = { PK: 'RULES', SK: `RULE#${first.ruleId}` };
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...key, ...edited } }));
    const [, second] = defaultRules;
    await table.client.send(
      new DeleteCommand({ TableName: table.name, Key: { PK: 'RULES', SK: `RULE#${String(second?.ruleId)}` } }),
    );
    const expected = [edited, ...defaultRules.slice(2)];
    expect((await rules.all()).sort(byId)).toEqual(expected.sort(byId));
  }, 30_000);

  it('brings default rules of an earlier edition up to date, but for those that somebody changed or deleted', async () => {
    const [keywords, leaving, higher] = defaultRules as [Rule, Rule, Rule];
    const put = (item: Record<string, unknown>) =>
      table.client.send(new PutCommand({ TableName: table.name, Item: { PK: 'RULES', ...item } }));
    const former = { ...keywords, enabled: true, level: 'urgent' };
    const edited = { ...higher, version: 2, name: 'Ours' };
    await put({ SK: 'SEED', ruleIds: [keywords.ruleId, leaving.ruleId, higher.ruleId] });
    await put({ SK: `RULE#${keywords.ruleId}`, ...former });
    await put({ SK: `RULE#${higher.ruleId}`, ...edited, changedBy: { sub: 'u-1', name: 'Ada' } });
    const stored = await new RuleTable(table).all();
    expect(stored.sort(byId)).toEqual([keywords, edited, ...defaultRules.slice(3)].sort(byId));
  }, 30_000);

  it('leaves out a malformed row', async () => {
    const rules = new RuleTable(table);
    await rules.all();
    const broken = { PK: 'RULES', SK: 'RULE#broken', ruleId: 'broken' };
    await table.client.send(new PutCommand({ TableName: table.name, Item: broken }));
    expect(await rules.all()).toHaveLength(defaultRules.length);
  }, 30_000);
});

describe('a rule', () => {
  const ada = { sub: 'u-1', name: 'Ada' };
  const { version: _, ...draft } = { ...first, ruleId: 'brand-new', name: 'Brand new' };

  it('keeps each of its versions and who saved it', async () => {
    const rules = new RuleTable(table);
    expect(await rules.put(draft, 0, ada, 1000)).toMatchObject({ version: 1, changedAt: 1000 });
    await rules.put({ ...draft, name: 'Newer' }, 1, ada, 2000);
    expect((await rules.stored()).find(({ rule }) => rule.ruleId === draft.ruleId)).toMatchObject({
      rule: { name: 'Newer', version: 2 },
      changedBy: ada,
    });
    await rules.delete(draft.ruleId, 2, ada, 3000);
    expect((await rules.all()).map(({ ruleId }) => ruleId)).not.toContain(draft.ruleId);
    expect(await rules.versions(draft.ruleId)).toMatchObject([
      { rule: { version: 3 }, deleted: true },
      { rule: { version: 2, name: 'Newer' } },
      { rule: { version: 1, name: 'Brand new' } },
    ]);
    expect(await rules.put(draft, 0, ada, 4000)).toMatchObject({ version: 4 });
  }, 30_000);

  it('is not changed from an old version', async () => {
    const rules = new RuleTable(table);
    await rules.put(draft, 0, ada, 1000);
    await expect(rules.put(draft, 0, ada, 1000)).rejects.toThrow(RuleConflictError);
    await rules.put(draft, 1, ada, 1000);
    await expect(rules.put(draft, 1, ada, 1000)).rejects.toThrow(RuleConflictError);
    await expect(rules.delete(draft.ruleId, 1, ada, 1000)).rejects.toThrow(RuleConflictError);
    await expect(rules.delete('never-there', 1, ada, 1000)).rejects.toThrow(RuleConflictError);
  }, 30_000);

  it('that is a default rule keeps its first version too', async () => {
    const rules = new RuleTable(table);
    const { version, ...edited } = first;
    await rules.put({ ...edited, name: 'Mine' }, version, ada, 1000);
    expect((await rules.versions(first.ruleId)).map(({ rule }) => rule.name)).toEqual(['Mine', first.name]);
  }, 30_000);
});

describe('cachedRules', () => {
  it('reads again after the maximum age, or after a failure', async () => {
    let now = 0;
    let reads = 0;
    const rules = cachedRules(
      {
        all: () => (++reads === 1 ? Promise.reject(new Error('throttled')) : Promise.resolve([...defaultRules])),
      },
      1000,
      () => now,
    );
    await expect(rules()).rejects.toThrow('throttled');
    await rules();
    now = 999;
    await rules();
    expect(reads).toBe(2);
    now = 1000;
    await rules();
    expect(reads).toBe(3);
  });
});
