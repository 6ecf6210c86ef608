import { hostname } from 'node:os';
import { z } from 'zod';

/** How every setting of the relay is named, what it may be, and what it is when nobody sets it. */
const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const text = z.string().trim().min(1);
const durationMs = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const engineNames = ['pocketsphinx', 'deepgram', 'transcribe', 'script'] as const;

const settings = z.object({
  EARSHOT_RELAY_ID: text.default(hostname()),
  EARSHOT_PBX: text.regex(/^[\w.:-]+$/, 'may hold letters, digits and . : - _').default('pbx'),
  EARSHOT_BUS_NAME: text.default('earshot'),
  EARSHOT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  EARSHOT_SPOOL_FOLDER: text.default('/var/lib/earshot/spool'),
  EARSHOT_TICK_MS: durationMs(5_000),
  EARSHOT_AUDIOSOCKET_HOST: text.default('0.0.0.0'),
  EARSHOT_AUDIOSOCKET_PORT: port(9_093),
  EARSHOT_AUDIOSOCKET_IDLE_MS: durationMs(600_000),
  EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS: z.coerce.number().int().positive().default(2_000),
  EARSHOT_HTTP_HOST: text.default('127.0.0.1'),
  EARSHOT_HTTP_PORT: port(9_094),
  EARSHOT_ENGINE: z.enum(engineNames).default('pocketsphinx'),
  EARSHOT_LANGUAGE: text.default('en-US'),
  EARSHOT_POCKETSPHINX_LIBRARY: text.default('libpocketsphinx.so.3'),
  EARSHOT_POCKETSPHINX_ACOUSTIC_MODEL: text.default('/usr/share/pocketsphinx/model/en-us/en-us'),
  EARSHOT_POCKETSPHINX_DICTIONARY: text.default('/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict'),
  EARSHOT_POCKETSPHINX_LANGUAGE_MODEL: text.optional(),
  EARSHOT_SCRIPT_FILE: text.optional(),
  EARSHOT_DEEPGRAM_URL: z.url().default('wss://api.deepgram.com'),
  EARSHOT_DEEPGRAM_MODEL: text.default('nova-3'),
  DEEPGRAM_API_KEY: text.optional(),
  AWS_REGION: text.optional(),
});

/** What an engine cannot do without. */
const needs: Readonly<Partial<Record<(typeof engineNames)[number], keyof Settings>>> = {
  deepgram: 'DEEPGRAM_API_KEY',
  transcribe: 'AWS_REGION',
  script: 'EARSHOT_SCRIPT_FILE',
};

export type Settings = z.infer<typeof settings>;

/** Settings that must not be shown. */
const SECRETS: ReadonlySet<string> = new Set<keyof Settings>(['DEEPGRAM_API_KEY']);

/** One or more settings are wrong; the message names every one of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws {ConfigError} */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = settings.safeParse(present);
  const wrong = result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const { EARSHOT_ENGINE: engine } = present;
  const needed = needs[engine as keyof typeof needs];
  if (needed && !(needed in present)) wrong.push(`${needed}: the engine ${engine ?? ''} needs it`);
  if (result.success && wrong.length === 0) return result.data;
  throw new ConfigError(`These settings are wrong:\n  ${wrong.join('\n  ')}`);
}

/** The relay's settings from its environment. @throws {ConfigError} */
export function readSettings(): Settings {
  return parseSettings(process.env);
}

/** The settings as lines of an environment file, secrets masked. */
export function printSettings(values: Settings): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${SECRETS.has(name) ? '********' : String(value)}`)
    .join('\n');
}
