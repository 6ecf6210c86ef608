import { z } from 'zod';
import { port, setting, type SettingValues, text } from '../../setting.ts';

export const vicidialSettings = {
  title: 'ViciDial’s database',
  about:
    'Who is on a call, why, and how it ended, read with a user that may only read (`asterisk/vicidial/grants.sql`): see [asterisk.md](asterisk.md#vicidial).',
  settings: {
    EARSHOT_VICIDIAL_HOST: setting({
      schema: text.optional(),
      secret: false,
      about: 'the address of the database; without it nothing is looked up',
      example: '10.0.0.3',
      isOptional: true,
    }),
    EARSHOT_VICIDIAL_PORT: setting({ schema: port(3_306), about: 'its port' }),
    EARSHOT_VICIDIAL_USER: setting({ schema: text.default('earshot'), secret: false, about: 'the user' }),
    EARSHOT_VICIDIAL_PASSWORD: setting({
      schema: text.optional(),
      secret: true,
      about: 'the password of that user',
      example: '',
      isOptional: true,
    }),
    EARSHOT_VICIDIAL_DATABASE: setting({
      schema: text.default('asterisk'),
      secret: false,
      about: 'the name of the database',
    }),
    EARSHOT_VICIDIAL_REPLICA_HOST: setting({
      schema: text.optional(),
      secret: false,
      about: 'a replica that is queried first; the other one only while it is away',
      example: '10.0.0.4',
      isOptional: true,
    }),
    EARSHOT_VICIDIAL_REPLICA_PORT: setting({
      schema: z.coerce.number().int().min(1).max(65_535).optional(),
      about: 'its port',
      defaultIs: 'that of the database',
    }),
    EARSHOT_VICIDIAL_SERVER_IP: setting({
      schema: text.optional(),
      secret: false,
      about: 'the `server_ip` of this dialler, where several share the database',
    }),
    EARSHOT_VICIDIAL_RECORDINGS_URL: setting({
      schema: z.url({ protocol: /^https?$/ }).optional(),
      secret: false,
      about: 'where recordings are served',
      example: 'https://dialler.example/RECORDINGS/MP3/',
      isOptional: true,
    }),
    EARSHOT_VICIDIAL_RECORDINGS_FOLDER: setting({
      schema: z
        .string()
        .trim()
        .regex(/^[\w./-]*$/, 'wants folders such as YYYY-MM-DD or YYYY/MM/DD')
        .default(''),
      secret: false,
      about: 'the folders of a day below that address, such as `YYYY-MM-DD`',
    }),
    EARSHOT_VICIDIAL_RECORDINGS_SUFFIX: setting({
      schema: text.default('-all.mp3'),
      secret: false,
      about: 'how the names of their files end',
    }),
  },
};

export type VicidialSettings = SettingValues<typeof vicidialSettings.settings>;
