import { storedSettingsSchema } from '#core/contracts/http/settings.ts';
import { noSettings } from '#core/settings.ts';
import { admin, now, problemOf, setUpApi, supervisor } from './app.fake.ts';

const { ask } = setUpApi();

describe('settings', () => {
  const put = async (body: unknown, as: unknown = admin) => ask('/settings', { method: 'PUT', as, body });

  it('are read and saved by admins, each version on top of the last', async () => {
    expect((await ask('/settings')).status).toBe(403);
    expect((await put({ ...noSettings, version: 0 }, supervisor)).status).toBe(403);
    expect(storedSettingsSchema.parse(await (await ask('/settings', { as: admin })).json())).toMatchObject({
      version: 0,
    });
    const extensions = [{ email: 'Ada@earshot.example', extension: '6005' }];
    expect((await put({ extensions, ring: {}, version: 0 })).status).toBe(200);
    expect(await problemOf(await put({ ...noSettings, version: 0 }))).toMatchObject({ status: 409, field: 'version' });
    const stored = storedSettingsSchema.parse(await (await ask('/settings', { as: admin })).json());
    expect(stored).toMatchObject({
      extensions: [{ email: 'ada@earshot.example', extension: '6005' }],
      version: 1,
      changedBy: { sub: 'u-2' },
      changedAt: now,
    });
    expect(
      await problemOf(await put({ extensions: [{ email: 'ada', extension: '1' }], ring: {}, version: 1 })),
    ).toMatchObject({ status: 400, field: 'extensions.0.email' });
  });
});
