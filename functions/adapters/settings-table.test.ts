import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { settingsKey } from '#core/table-layout.ts';
import { usualNoticeLimits } from '#core/notice-limit.ts';
import { noSettings } from '#core/settings.ts';
import { SettingsConflictError, SettingsTable } from './settings-table.ts';
import { startTestTable, type TestTable } from './table.fake.ts';

const ada = { sub: 'u-1', name: 'Ada' };
const extensions = [{ email: 'ada@e.example', extension: '6005' }];
let settings: SettingsTable;
let started: TestTable;
beforeAll(async () => {
  started = await startTestTable();
  settings = new SettingsTable(started.table);
}, 120_000);
afterAll(async () => started.stop());

describe('the settings', () => {
  it('are empty until they are saved, and changed by one of many concurrent writers', async () => {
    expect(await settings.load()).toEqual({ ...noSettings, version: 0 });
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, async () =>
        settings.put({ extensions, ring: {}, notices: usualNoticeLimits, version: 0 }, ada, 1000),
      ),
    );
    const [refused] = tries.filter(({ status }) => status === 'rejected');
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refused).toMatchObject({ reason: { name: SettingsConflictError.name } });
    expect(await settings.load()).toEqual({
      extensions,
      ring: {},
      notices: usualNoticeLimits,
      version: 1,
      changedBy: ada,
      changedAt: 1000,
    });
    const notices = { ...usualNoticeLimits, perRule: 3 };
    await settings.put({ ...noSettings, notices, version: 1 }, ada, 2000);
    expect(await settings.noticeLimits()).toEqual(notices);
    expect(await settings.load()).toMatchObject({ extensions: [], version: 2 });
  });

  it('that cannot be read leave the usual limits on notices', async () => {
    const { client, name } = started.table;
    await client.send(new PutCommand({ TableName: name, Item: { ...settingsKey, version: 'damaged' } }));
    expect(await settings.noticeLimits()).toEqual(usualNoticeLimits);
  });
});
