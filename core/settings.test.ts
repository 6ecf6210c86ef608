import { noSettings, settingsSchema } from './settings.ts';

const hours = { days: ['mon'], from: '09:00', to: '17:00', timeZone: 'UTC' };

describe('settingsSchema', () => {
  it('accepts empty settings, and levels that ring', () => {
    expect(settingsSchema.parse(noSettings)).toEqual(noSettings);
    const ring = { critical: { extensions: ['6005', '6006'], hours } };
    expect(settingsSchema.parse({ extensions: [], ring })).toMatchObject({ ring });
  });

  it('lower-cases addresses', () => {
    const extensions = [{ email: 'Ada@Earshot.example', extension: '6005' }];
    expect(settingsSchema.parse({ ...noSettings, extensions }).extensions[0]?.email).toBe('ada@earshot.example');
  });

  it.each([
    [{ extensions: [{ email: 'ada', extension: '6005' }] }, 'extensions.0.email'],
    [{ extensions: [{ email: 'ada@e.example', extension: '6a' }] }, 'extensions.0.extension'],
    [
      { extensions: ['ada@e.example', 'ADA@e.example'].map((email) => ({ email, extension: '6005' })) },
      'extensions.1.email',
    ],
    [{ ring: { critical: { extensions: [], hours } } }, 'ring.critical.extensions'],
    [{ ring: { critical: { extensions: ['61', '61'], hours } } }, 'ring.critical.extensions'],
    [{ ring: { critical: { extensions: ['61'], hours: { ...hours, from: '9' } } } }, 'ring.critical.hours.from'],
    [{ ring: { gravest: { extensions: ['61'], hours } } }, 'ring'],
  ])('rejects %j, naming the field', (wrong, field) => {
    const parsed = settingsSchema.safeParse({ ...noSettings, ...wrong });
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain(field);
  });
});
