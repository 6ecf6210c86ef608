import { z } from 'zod';
import { isCharset } from './charset.ts';
import { flag, list, names, port, setting, type SettingValues, text } from '../../setting.ts';

export const amiSettings = {
  title: 'The tap',
  about:
    'Asterisk’s manager interface, over which the relay taps calls: [asterisk.md](asterisk.md#ami-tap) shows the way.',
  settings: {
    EARSHOT_AMI_HOST: setting({
      schema: text.optional(),
      secret: false,
      about: 'the address of the manager interface; without it nothing is tapped',
      example: '127.0.0.1',
    }),
    EARSHOT_AMI_PORT: setting({ schema: port(5_038), about: 'its port; `5039` is usual with TLS' }),
    EARSHOT_AMI_USER: setting({
      schema: text.default('earshot'),
      secret: false,
      about: 'the manager user',
      example: 'earshot',
    }),
    EARSHOT_AMI_SECRET: setting({
      schema: text.optional(),
      secret: true,
      about: 'the secret of the manager user',
      example: '',
    }),
    EARSHOT_AMI_TLS: setting({
      schema: flag('off'),
      about:
        '`on` encrypts the connection to the manager interface (`tlsenable` in `manager.conf`), so that secret, numbers and names are not readable on the way',
    }),
    EARSHOT_AMI_TLS_CA_FILE: setting({
      schema: text.optional(),
      secret: false,
      about: 'with TLS: a file of the authorities that may have signed Asterisk’s certificate, in PEM',
      defaultIs: 'those that Node.js trusts',
      example: '/etc/earshot/asterisk-ca.pem',
      isOptional: true,
    }),
    EARSHOT_AMI_TLS_FINGERPRINT: setting({
      schema: z
        .string()
        .transform((value) => value.replace(/^.*=/, '').replaceAll(':', '').trim().toLowerCase())
        .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'wants the SHA-256 fingerprint: 64 hexadecimal digits'))
        .optional(),
      secret: false,
      about:
        'with TLS: pins Asterisk’s certificate, whoever signed it; the output of `openssl x509 -noout -fingerprint -sha256 -in asterisk.pem`',
      isOptional: true,
    }),
    EARSHOT_AMI_RELAY_ADDRESS: setting({
      schema: text.regex(/:\d+$/, 'wants host:port').optional(),
      secret: false,
      about: '`host:port` at which Asterisk reaches the relay, where it is not on the same host',
      example: '10.0.0.5:9093',
      isOptional: true,
    }),
    EARSHOT_AMI_TRUNKS: setting({
      schema: list,
      secret: false,
      about:
        'how the names of channels to the outside begin, such as `PJSIP/trunk-,DAHDI/`. Whoever is on one is the caller, whoever dialled; a call between two of them is left alone. Without it the side that was called is the agent, which is right for inbound calls alone',
      example: 'PJSIP/mytrunk-',
      isOptional: true,
    }),
    EARSHOT_AMI_CHANNELS: setting({
      schema: list,
      secret: false,
      about: 'tap only channels whose names begin with one of these',
    }),
    EARSHOT_AMI_CONTEXTS: setting({
      schema: names,
      secret: false,
      about: 'tap only calls that went through one of these contexts',
    }),
    EARSHOT_AMI_QUEUES: setting({
      schema: names,
      secret: false,
      about: 'tap only calls that went through one of these queues',
    }),
    EARSHOT_AMI_STANDBY_MS: setting({
      schema: z.coerce.number().int().min(0).default(0),
      about:
        'for a second relay at the same Asterisk: leaves each channel to the other relay for this long (`1500`), and takes over what that one does not tap or loses',
    }),
    EARSHOT_AMI_CHARSET: setting({
      schema: text.refine(isCharset, 'wants the name of a charset such as windows-1251 or iso-8859-2').optional(),
      secret: false,
      about:
        'the charset of names in Asterisk, such as `windows-1251` or `iso-8859-2`. Without it they are read as UTF-8, and what is not UTF-8 as Windows-1252',
    }),
    EARSHOT_AMI_TAP: setting({
      schema: flag('on'),
      about: '`off` where the dialplan places the taps: then the relay only receives its events',
    }),
  },
};

export type AmiSettings = SettingValues<typeof amiSettings.settings>;
