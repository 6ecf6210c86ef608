import { z } from 'zod';
import { flag, list, port, setting, text } from './setting.ts';

describe('setting', () => {
  it('does not compile where free text does not declare whether it is a secret', () => {
    // @ts-expect-error: secret is missing
    setting({ schema: text, about: 'a password' });
    // @ts-expect-error: secret is missing
    setting({ schema: text.optional(), about: 'a password' });
    // @ts-expect-error: secret is missing
    setting({ schema: z.url().default('wss://example.com'), about: 'an address' });
    // @ts-expect-error: secret is missing
    setting({ schema: list, about: 'passwords' });
    expect(setting({ schema: text, secret: true, about: 'a password' }).secret).toBe(true);
  });

  it('need not be declared for what cannot hold one', () => {
    expect(setting({ schema: port(9_093), about: 'a port' })).not.toHaveProperty('secret');
    expect(setting({ schema: flag('on'), about: 'a flag' })).not.toHaveProperty('secret');
  });
});
