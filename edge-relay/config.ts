import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { addressList } from './audiosocket/address-list.ts';

/** How every setting of the relay is named, what it may be, and what it is when nobody sets it. */
const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const text = z.string().trim().min(1);
const durationMs = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const flag = (fallback: 'on' | 'off') => z.enum(['on', 'off']).default(fallback);
const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );
const addresses = list.superRefine((entries, context) => {
  try {
    addressList(entries);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

const pattern = text.superRefine((source, context) => {
  try {
    new RegExp(source);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

const engineNames = ['pocketsphinx', 'deepgram', 'transcribe', 'sherpa', 'openai', 'script'] as const;

const settings = z.object({
  EARSHOT_RELAY_ID: text.default(hostname()),
  EARSHOT_PBX: text.regex(/^[\w.:-]+$/, 'may hold letters, digits and . : - _').default('pbx'),
  EARSHOT_BUS_NAME: text.default('earshot'),
  EARSHOT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  EARSHOT_SPOOL_FOLDER: text.default('/var/lib/earshot/spool'),
  EARSHOT_SPOOL_MAX_MB: z.coerce.number().positive().default(1_024),
  EARSHOT_SPOOL_RESERVE_MB: z.coerce.number().nonnegative().default(256),
  EARSHOT_TICK_MS: durationMs(5_000),
  EARSHOT_AUDIOSOCKET_HOST: text.default('0.0.0.0'),
  EARSHOT_AUDIOSOCKET_PORT: port(9_093),
  EARSHOT_AUDIOSOCKET_IDLE_MS: durationMs(600_000),
  EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS: z.coerce.number().int().positive().default(2_000),
  EARSHOT_AUDIOSOCKET_ALLOW: addresses,
  EARSHOT_AMI_HOST: text.optional(),
  EARSHOT_AMI_PORT: port(5_038),
  EARSHOT_AMI_USER: text.default('earshot'),
  EARSHOT_AMI_SECRET: text.optional(),
  EARSHOT_AMI_RELAY_ADDRESS: text.regex(/:\d+$/, 'wants host:port').optional(),
  EARSHOT_AMI_TAP: flag('on'),
  EARSHOT_AMI_STANDBY_MS: z.coerce.number().int().min(0).default(0),
  EARSHOT_AMI_CHANNELS: list,
  EARSHOT_AMI_CONTEXTS: list,
  EARSHOT_AMI_QUEUES: list,
  EARSHOT_AMI_TRUNKS: list,
  EARSHOT_VICIDIAL_HOST: text.optional(),
  EARSHOT_VICIDIAL_PORT: port(3_306),
  EARSHOT_VICIDIAL_REPLICA_HOST: text.optional(),
  EARSHOT_VICIDIAL_REPLICA_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  EARSHOT_VICIDIAL_USER: text.default('earshot'),
  EARSHOT_VICIDIAL_PASSWORD: text.optional(),
  EARSHOT_VICIDIAL_DATABASE: text.default('asterisk'),
  EARSHOT_VICIDIAL_SERVER_IP: text.optional(),
  EARSHOT_VICIDIAL_RECORDINGS_URL: z.url({ protocol: /^https?$/ }).optional(),
  EARSHOT_VICIDIAL_RECORDINGS_FOLDER: z
    .string()
    .trim()
    .regex(/^[\w./-]*$/, 'wants folders such as YYYY-MM-DD or YYYY/MM/DD')
    .default(''),
  EARSHOT_VICIDIAL_RECORDINGS_SUFFIX: text.default('-all.mp3'),
  EARSHOT_CONTROL_URL: z.url().optional(),
  EARSHOT_SUPERVISOR_CHANNEL: text.includes('{extension}', 'wants {extension} in it').default('PJSIP/{extension}'),
  EARSHOT_SUPERVISOR_EXTENSIONS: pattern.default('^\\d{2,6}$'),
  EARSHOT_SPEAK_COMMAND: text.default('espeak-ng --stdout'),
  EARSHOT_VICIDIAL_API_URL: z.url().optional(),
  EARSHOT_VICIDIAL_API_USER: text.optional(),
  EARSHOT_VICIDIAL_API_PASSWORD: text.optional(),
  EARSHOT_RECORDINGS_FOLDER: text.optional(),
  EARSHOT_RECORDINGS_SIDE: z.enum(['caller', 'agent']).default('caller'),
  EARSHOT_RECORDINGS_STATE_FOLDER: text.default('/var/lib/earshot/recordings'),
  EARSHOT_LEVEL_TARGET_DBFS: z.coerce.number().min(-60).max(-3).optional(),
  EARSHOT_HTTP_HOST: text.default('127.0.0.1'),
  EARSHOT_HTTP_PORT: port(9_094),
  EARSHOT_ENGINE: z.enum(engineNames).default('pocketsphinx'),
  EARSHOT_FALLBACK_ENGINE: z.enum(engineNames).optional(),
  EARSHOT_LANGUAGE: text.default('en-US'),
  EARSHOT_VOCABULARY: list,
  EARSHOT_REDACTION: flag('on'),
  EARSHOT_POCKETSPHINX_LIBRARY: text.default('libpocketsphinx.so.3'),
  EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL: text.default('/usr/share/pocketsphinx/model/en-us/en-us'),
  EARSHOT_POCKETSPHINX_DICTIONARY: text.default('/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict'),
  EARSHOT_POCKETSPHINX_LANGUAGE_MODEL: text.optional(),
  EARSHOT_SCRIPT_FILE: text.optional(),
  EARSHOT_DEEPGRAM_URL: z.url().default('wss://api.deepgram.com'),
  EARSHOT_DEEPGRAM_MODEL: text.default('nova-3'),
  EARSHOT_DEEPGRAM_REDACT: list,
  EARSHOT_TRANSCRIBE_VOCABULARY: text.optional(),
  EARSHOT_TRANSCRIBE_REDACTION: flag('off'),
  EARSHOT_SHERPA_MODEL: text.optional(),
  EARSHOT_SHERPA_THREADS: z.coerce.number().int().positive().default(2),
  EARSHOT_OPENAI_URL: z.url().default('https://api.openai.com/v1'),
  EARSHOT_OPENAI_MODEL: text.default('whisper-1'),
  OPENAI_API_KEY: text.optional(),
  DEEPGRAM_API_KEY: text.optional(),
  AWS_REGION: text.optional(),
});

/** What an engine cannot do without. */
const needs: Readonly<Partial<Record<(typeof engineNames)[number], keyof Settings>>> = {
  deepgram: 'DEEPGRAM_API_KEY',
  transcribe: 'AWS_REGION',
  sherpa: 'EARSHOT_SHERPA_MODEL',
  script: 'EARSHOT_SCRIPT_FILE',
};

export type Settings = z.infer<typeof settings>;

/** Settings that must not be shown. */
const SECRETS: ReadonlySet<string> = new Set<keyof Settings>([
  'EARSHOT_AMI_SECRET',
  'EARSHOT_VICIDIAL_API_PASSWORD',
  'EARSHOT_VICIDIAL_PASSWORD',
  'DEEPGRAM_API_KEY',
  'OPENAI_API_KEY',
]);

/** One or more settings are wrong; the message names every one of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws {ConfigError} */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = settings.safeParse(present);
  const wrong = result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  for (const engine of [present.EARSHOT_ENGINE, present.EARSHOT_FALLBACK_ENGINE]) {
    const needed = needs[engine as keyof typeof needs];
    if (needed && !(needed in present)) wrong.push(`${needed}: the engine ${engine ?? ''} needs it`);
  }
  if ('EARSHOT_AMI_HOST' in present && !('EARSHOT_AMI_SECRET' in present))
    wrong.push('EARSHOT_AMI_SECRET: the manager login needs it');
  for (const name of ['EARSHOT_VICIDIAL_API_USER', 'EARSHOT_VICIDIAL_API_PASSWORD', 'EARSHOT_VICIDIAL_HOST'])
    if ('EARSHOT_VICIDIAL_API_URL' in present && !(name in present)) wrong.push(`${name}: ViciDial’s API needs it`);
  if ('EARSHOT_VICIDIAL_HOST' in present && !('EARSHOT_VICIDIAL_PASSWORD' in present))
    wrong.push('EARSHOT_VICIDIAL_PASSWORD: the ViciDial database needs it');
  if (result.success && wrong.length === 0) return result.data;
  throw new ConfigError(`These settings are wrong:\n  ${wrong.join('\n  ')}`);
}

/**
 * The relay's settings: its environment, and for what that leaves open the file `EARSHOT_CONFIG_FILE` names, which has
 * lines of `NAME=value`. What the file says goes into the environment, where AWS's own settings are looked for.
 * @throws {ConfigError}
 */
export function readSettings(): Settings {
  const { EARSHOT_CONFIG_FILE: file } = process.env;
  for (const [name, value] of Object.entries(file ? readFile(file) : {})) process.env[name] ??= value;
  return parseSettings(process.env);
}

function readFile(file: string): Record<string, string | undefined> {
  let values: Record<string, string | undefined>;
  try {
    values = parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`EARSHOT_CONFIG_FILE: ${file} cannot be read: ${(error as Error).message}`);
  }
  const unknown = unknownSettings(Object.keys(values));
  if (unknown.length > 0) throw new ConfigError(`${file} has settings that there are not: ${unknown.join(', ')}`);
  return values;
}

/** Those of the names that look like ours and are not. */
export function unknownSettings(names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith('EARSHOT_') && !(name in settings.shape));
}

/** The settings as lines of an environment file, secrets masked. */
export function printSettings(values: Settings): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${SECRETS.has(name) ? '********' : String(value)}`)
    .join('\n');
}
