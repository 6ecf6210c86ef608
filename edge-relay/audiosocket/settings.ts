import { z } from 'zod';
import { durationMs, list, port, setting, text } from '../setting.ts';
import { addressList } from './address-list.ts';

const addresses = list.superRefine((entries, context) => {
  try {
    addressList(entries);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

export const audioSocketSettings = {
  title: 'AudioSocket',
  about: 'Where Asterisk sends audio.',
  settings: {
    EARSHOT_AUDIOSOCKET_HOST: setting({
      schema: text.default('0.0.0.0'),
      secret: false,
      about: 'the address that it listens on',
    }),
    EARSHOT_AUDIOSOCKET_PORT: setting({ schema: port(9_093), about: 'the port' }),
    EARSHOT_AUDIOSOCKET_IDLE_MS: setting({
      schema: durationMs(600_000),
      about: 'a connection without audio for this long is closed',
    }),
    EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS: setting({
      schema: z.coerce.number().int().positive().default(2_000),
      about: 'legs at the same time; a leg that nobody announced makes room for one that was',
    }),
    EARSHOT_AUDIOSOCKET_ALLOW: setting({
      schema: addresses,
      secret: false,
      about:
        'addresses and networks (`10.0.0.7,203.0.113.0/24,…`) that may send audio, besides this machine and the Asterisk at `EARSHOT_AMI_HOST`',
    }),
  },
};
