import { z } from 'zod';
import { setting, text } from '../setting.ts';

export const cloudSettings = {
  title: 'The cloud part',
  about:
    'Its region, its bus, and the spool in which events wait until the bus has them. Credentials: [AWS credentials](#aws-credentials).',
  settings: {
    AWS_REGION: setting({
      schema: text.optional(),
      secret: false,
      about: 'the region',
      defaultIs: 'that of the profile',
      example: 'eu-central-1',
    }),
    EARSHOT_BUS_NAME: setting({
      schema: text.default('earshot'),
      secret: false,
      about: 'the EventBridge bus',
      example: 'earshot',
    }),
    EARSHOT_SPOOL_FOLDER: setting({
      schema: text.default('/var/lib/earshot/spool'),
      secret: false,
      about: 'where the spool is',
    }),
    EARSHOT_SPOOL_MAX_MB: setting({
      schema: z.coerce.number().positive().default(1_024),
      about: 'what it may use on disk',
    }),
    EARSHOT_SPOOL_RESERVE_MB: setting({
      schema: z.coerce.number().nonnegative().default(256),
      about: 'what it leaves free for others',
    }),
    AWS_PROFILE: setting({
      schema: text.optional(),
      secret: false,
      about: 'a profile with the relay’s credentials',
      example: 'earshot',
      isOptional: true,
    }),
    AWS_CONFIG_FILE: setting({
      schema: text.optional(),
      secret: false,
      about: 'the file with that profile',
      defaultIs: '`~/.aws/config`',
      example: '/etc/earshot-aws.config',
      isOptional: true,
    }),
  },
};
