import { pbxSchema, relayIdSchema } from '#core/contracts/relay-identity.ts';
import { hostname } from 'node:os';
import { z } from 'zod';
import { amiSettings } from './capture/ami/settings.ts';
import { audioSocketSettings } from './audiosocket/settings.ts';
import { recordingsSettings } from './capture/recordings/settings.ts';
import { controlSettings } from './control/settings.ts';
import { vicidialSettings } from './enrich/vicidial/settings.ts';
import { cloudSettings } from './publish/settings.ts';
import { languageOf, languageTags } from '#core/redaction/languages/languages.ts';
import {
  durationMs,
  flag,
  list,
  port,
  setting,
  type SettingsGroup,
  type SettingValues,
  text,
  type UnionToIntersection,
} from './setting.ts';
import { speechSettings } from './stt/settings.ts';
import { vendors } from './stt/vendors.ts';

const relaySettings = {
  title: 'This relay',
  about: 'Give each relay, and each Asterisk, a name of its own.',
  settings: {
    EARSHOT_RELAY_ID: setting({
      schema: text.pipe(relayIdSchema).default(hostname()),
      secret: false,
      about: 'its name in every event, as its AWS credentials have it',
      defaultIs: 'host name',
      example: 'berlin-1',
    }),
    EARSHOT_PBX: setting({
      schema: text.pipe(pbxSchema).default('pbx'),
      secret: false,
      about: 'the name of its Asterisk, the first part of a call’s id; as its AWS credentials have it',
      example: 'berlin',
    }),
    EARSHOT_LOG_LEVEL: setting({
      schema: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
      about: '`debug`, `info`, `warn`, `error`',
    }),
    EARSHOT_TICK_MS: setting({ schema: durationMs(5_000), about: 'the period of its reports on live calls' }),
    EARSHOT_HTTP_HOST: setting({
      schema: text.default('127.0.0.1'),
      secret: false,
      about: 'where health, metrics and `POST /legs` are served',
    }),
    EARSHOT_HTTP_PORT: setting({ schema: port(9_094), about: 'the port of that' }),
    EARSHOT_HTTP_TOKEN: setting({
      schema: text.regex(/^[\x21-\x7e]{16,}$/, 'wants 16 characters or more, without blanks').optional(),
      secret: true,
      about: '`POST /legs` must show it, where it is set; without it that works at a loopback address alone',
    }),
    EARSHOT_HTTP_NAMES: setting({
      schema: list,
      secret: false,
      about: 'names by which others reach it, beside addresses and this machine’s own name',
    }),
  },
};

const audioAndTextSettings = {
  title: 'Audio and text',
  about: 'With redaction, card, bank and identity numbers never leave this machine.',
  settings: {
    EARSHOT_REDACTION: setting({
      schema: flag('on'),
      about: 'removes card, bank and identity numbers before anything leaves the relay',
      example: 'on',
    }),
    EARSHOT_REDACTION_LANGUAGES: setting({
      schema: list.refine((tags) => tags.every((tag) => languageOf(tag)), {
        error: `may name ${languageTags.join(', ')}`,
      }),
      secret: false,
      about: `languages in which numbers are read out on your calls: ${languageTags.map((tag) => `\`${tag}\``).join(', ')}`,
      defaultIs: 'the relay’s language and English',
      example: 'es,en',
      isOptional: true,
    }),
    EARSHOT_LEVEL_TARGET_DBFS: setting({
      schema: z.coerce.number().min(-60).max(-3).optional(),
      about: 'brings voices to this level (`-20`), by at most 20 dB; silence stays as it is',
    }),
  },
};

const ownGroups = [
  relaySettings,
  cloudSettings,
  speechSettings,
  audioAndTextSettings,
  amiSettings,
  audioSocketSettings,
  recordingsSettings,
  vicidialSettings,
  controlSettings,
] as const;

/** Every setting of the relay but those of the speech engines, in the order in which they are documented. */
export const settingsGroups: readonly SettingsGroup[] = ownGroups;

type Definitions = UnionToIntersection<
  (typeof ownGroups)[number]['settings'] | (typeof vendors)[keyof typeof vendors]['settings']
>;

/** Every setting by its name, each with its schema and whether it is a secret. */
export const definitions = Object.assign(
  {},
  ...[...ownGroups, ...Object.values(vendors)].map(({ settings }) => settings),
) as Definitions;

export type RelaySettings = SettingValues<Definitions>;
