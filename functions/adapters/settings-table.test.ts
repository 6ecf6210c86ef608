import { noSettings } from '#core/settings.ts';
import { SettingsConflictError, SettingsTable } from './settings-table.ts';
import { startTestTable } from './table.fake.ts';

const ada = { sub: 'u-1', name: 'Ada' };
const extensions = [{ email: 'ada@e.example', extension: '6005' }];
let settings: SettingsTable;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  settings = new SettingsTable(started.table);
}, 120_000);
afterAll(async () => stop());

describe('the settings', () => {
  it('are empty until they are saved, and changed by one of many concurrent writers', async () => {
    expect(await settings.load()).toEqual({ ...noSettings, version: 0 });
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, async () => settings.put({ extensions, ring: {}, version: 0 }, ada, 1000)),
    );
    const [refused] = tries.filter(({ status }) => status === 'rejected');
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refused).toMatchObject({ reason: { name: SettingsConflictError.name } });
    expect(await settings.load()).toEqual({ extensions, ring: {}, version: 1, changedBy: ada, changedAt: 1000 });
    await settings.put({ ...noSettings, version: 1 }, ada, 2000);
    expect(await settings.load()).toMatchObject({ extensions: [], version: 2 });
  });
});
