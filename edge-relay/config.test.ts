import { inspect } from 'node:util';
import fc from 'fast-check';
import { ConfigError, parseSettings, printSettings, settingsMask, unknownSettings } from './config.ts';
import type { AnySetting } from './setting.ts';
import { definitions } from './settings.ts';

describe('settings', () => {
  it('need nothing to begin with', () => {
    expect(parseSettings({})).toMatchObject({
      EARSHOT_ENGINE: 'pocketsphinx',
      EARSHOT_AUDIOSOCKET_PORT: 9_093,
      EARSHOT_HTTP_HOST: '127.0.0.1',
      EARSHOT_TICK_MS: 5_000,
    });
  });

  it('take an empty value for none', () => {
    expect(parseSettings({ EARSHOT_PBX: '' }).EARSHOT_PBX).toBe('pbx');
  });

  it('name every mistake at once', () => {
    const read = () =>
      parseSettings({
        EARSHOT_TICK_MS: 'soon',
        EARSHOT_HTTP_PORT: '99999',
        EARSHOT_PBX: 'a b',
        EARSHOT_ENGINE: 'deepgram',
      });
    expect(read).toThrow(ConfigError);
    for (const name of ['EARSHOT_TICK_MS', 'EARSHOT_HTTP_PORT', 'EARSHOT_PBX', 'DEEPGRAM_API_KEY'])
      expect(read).toThrow(name);
  });

  it.each([
    ['deepgram', 'DEEPGRAM_API_KEY'],
    ['transcribe', 'AWS_REGION'],
    ['script', 'EARSHOT_SCRIPT_FILE'],
  ])('want what the engine %s needs', (engine, name) => {
    expect(() => parseSettings({ EARSHOT_ENGINE: engine })).toThrow(`${name}: the engine ${engine} needs it`);
    expect(parseSettings({ EARSHOT_ENGINE: engine, [name]: 'given' })).toMatchObject({ [name]: 'given' });
  });

  it('are printed without secrets', () => {
    const printed = printSettings(parseSettings({ DEEPGRAM_API_KEY: 'very-secret', EARSHOT_PBX: 'berlin' }));
    expect(printed).toContain('EARSHOT_PBX=berlin');
    expect(printed).toContain('DEEPGRAM_API_KEY=********');
    expect(printed).not.toContain('very-secret');
  });

  it('are printed without any secret, whichever it is', () => {
    const secrets = Object.entries<AnySetting>(definitions).filter(([, { secret }]) => secret);
    const values = Object.fromEntries(secrets.map(([name]) => [name, `very-secret-${name}`]));
    expect(Object.keys(values)).toEqual(expect.arrayContaining(['DEEPGRAM_API_KEY', 'EARSHOT_AMI_SECRET']));
    const printed = printSettings(parseSettings(values));
    expect(printed).not.toContain('very-secret');
    for (const name of Object.keys(values)) expect(printed).toContain(`${name}=********`);
  });

  it('are printed without what any address holds of secrets, in whichever setting it stands', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!$&'()*+,;=%.~_-]{6,20}$/).map((text) => `s3cret${text}`);
    const freeText = Object.entries<AnySetting>(definitions).filter(([, { schema }]) => {
      const parsed = schema.safeParse('https://example.com/v1?a=b#c');
      return parsed.success && parsed.data !== undefined;
    });
    expect(freeText.map(([name]) => name)).toEqual(
      expect.arrayContaining(['EARSHOT_OPENAI_URL', 'EARSHOT_SPEAK_COMMAND', 'EARSHOT_VICIDIAL_RECORDINGS_URL']),
    );
    const addresses: ((secret: string) => string)[] = [
      (value) => `https://user:${value}@example.com/v1`,
      (value) => `https://${value}@example.com`,
      (value) => `https:user:${value}@example.com`,
      (value) => `HTTPS://user:${value}@[2001:db8::1]:8443/a@b?c`,
      (value) => `https://example.com/v1?model=a&key=${value}`,
      (value) => `https://example.com/?${value}`,
      (value) => `https://example.com/#${value}`,
      (value) => `https://user:${value}@example.com/?token=${value}#${value}`,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...freeText),
        fc.constantFrom(...addresses),
        secret,
        ([name, { schema }], write, value) => {
          const address = write(value);
          // A list is parsed at its commas, and a password is then two texts.
          fc.pre(schema.safeParse(address).data === address);
          const settings = { ...parseSettings({}), [name]: address };
          expect(printSettings(settings)).not.toContain(value);
          expect(printSettings(settings)).toContain(`${name}=http`.slice(0, name.length + 1));
          const mask = settingsMask(settings);
          for (const text of [address, `cannot fetch ${address}: no`, `<${address}>`, inspect(new Error(address))])
            expect(mask(text)).not.toContain(value);
        },
      ),
    );
  });

  it('takes addresses that may send audio, and names one that is none', () => {
    expect(
      parseSettings({ EARSHOT_AUDIOSOCKET_ALLOW: '203.0.113.9, 2001:db8::/32' }).EARSHOT_AUDIOSOCKET_ALLOW,
    ).toEqual(['203.0.113.9', '2001:db8::/32']);
    expect(() => parseSettings({ EARSHOT_AUDIOSOCKET_ALLOW: '10.0.0.0/8,office' })).toThrow(/ALLOW.*office/);
  });

  it('take a pattern of extensions and a template of channels, and name what is none', () => {
    expect(parseSettings({})).toMatchObject({
      EARSHOT_SUPERVISOR_EXTENSIONS: '^\\d{2,6}$',
      EARSHOT_SUPERVISOR_CHANNEL: 'PJSIP/{extension}',
    });
    expect(() => parseSettings({ EARSHOT_SUPERVISOR_EXTENSIONS: '6[' })).toThrow('EARSHOT_SUPERVISOR_EXTENSIONS');
    expect(() => parseSettings({ EARSHOT_SUPERVISOR_CHANNEL: 'PJSIP/6100' })).toThrow('wants {extension}');
    expect(() => parseSettings({ EARSHOT_CONTROL_URL: 'api' })).toThrow('EARSHOT_CONTROL_URL');
  });

  it('want all that ViciDial’s monitoring needs', () => {
    const read = () => parseSettings({ EARSHOT_VICIDIAL_API_URL: 'http://dialler/vicidial/non_agent_api.php' });
    for (const name of ['EARSHOT_VICIDIAL_API_USER', 'EARSHOT_VICIDIAL_API_PASSWORD', 'EARSHOT_VICIDIAL_HOST'])
      expect(read).toThrow(name);
    const settings = parseSettings({ EARSHOT_VICIDIAL_API_PASSWORD: 'very-secret' });
    expect(printSettings(settings)).not.toContain('very-secret');
  });

  it('wants a secret for the manager login, and does not show it', () => {
    expect(() => parseSettings({ EARSHOT_AMI_HOST: '127.0.0.1' })).toThrow('EARSHOT_AMI_SECRET');
    const settings = parseSettings({ EARSHOT_AMI_HOST: '127.0.0.1', EARSHOT_AMI_SECRET: 'very-secret' });
    expect(printSettings(settings)).not.toContain('very-secret');
  });

  it('knows the local engine and its settings by their earlier names', () => {
    const earlier = { EARSHOT_ENGINE: 'sherpa', EARSHOT_SHERPA_MODEL: '/models/old', EARSHOT_SHERPA_THREADS: '2' };
    expect(parseSettings(earlier)).toMatchObject({
      EARSHOT_ENGINE: 'local',
      EARSHOT_LOCAL_MODEL: '/models/old',
      EARSHOT_LOCAL_THREADS: 2,
    });
    expect(parseSettings({ ...earlier, EARSHOT_LOCAL_MODEL: '/models/new' }).EARSHOT_LOCAL_MODEL).toBe('/models/new');
    expect(() => parseSettings({ EARSHOT_FALLBACK_ENGINE: 'sherpa' })).toThrow('EARSHOT_LOCAL_MODEL');
    expect(unknownSettings(Object.keys(earlier))).toEqual([]);
  });
});
