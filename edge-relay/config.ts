import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { inheritedSocket } from './audiosocket/inherited-socket.ts';
import type { AnySetting } from './setting.ts';
import { type MaskSecrets, printValue, secretMask } from './secrets.ts';
import { definitions, type RelaySettings } from './settings.ts';
import { type VendorName, vendors } from './stt/vendors.ts';

const allSettings: Readonly<Record<string, AnySetting>> = definitions;
const schema = z.object(Object.fromEntries(Object.entries(allSettings).map(([name, { schema }]) => [name, schema])));

/** Earlier names of settings, and of values of some. */
const renamed: Readonly<Record<string, keyof RelaySettings>> = {
  EARSHOT_SHERPA_MODEL: 'EARSHOT_LOCAL_MODEL',
  EARSHOT_SHERPA_THREADS: 'EARSHOT_LOCAL_THREADS',
};
const renamedEngines: Readonly<Record<string, VendorName>> = { sherpa: 'local' };

interface Requirement {
  readonly name: keyof RelaySettings;
  readonly reason: string;
}

/** What a setting cannot do without, where it is set. */
const requirements: Readonly<Partial<Record<keyof RelaySettings, readonly Requirement[]>>> = {
  EARSHOT_AMI_HOST: [{ name: 'EARSHOT_AMI_SECRET', reason: 'the manager login needs it' }],
  EARSHOT_VICIDIAL_API_URL: (
    ['EARSHOT_VICIDIAL_API_USER', 'EARSHOT_VICIDIAL_API_PASSWORD', 'EARSHOT_VICIDIAL_HOST'] as const
  ).map((name) => ({ name, reason: 'ViciDial’s API needs it' })),
  EARSHOT_VICIDIAL_HOST: [{ name: 'EARSHOT_VICIDIAL_PASSWORD', reason: 'the ViciDial database needs it' }],
};

/** One or more settings are wrong; the message names every one of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws {ConfigError} */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): RelaySettings {
  const present = withPresentNames(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  const wrong = [
    ...(result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []),
    ...[present.EARSHOT_ENGINE, present.EARSHOT_FALLBACK_ENGINE].flatMap(requirementsOfEngine),
    ...Object.entries(requirements).flatMap(([name, needed]) => (name in present ? needed : [])),
  ].flatMap((problem) => {
    if (typeof problem === 'string') return problem;
    return problem.name in present ? [] : `${problem.name}: ${problem.reason}`;
  });
  if (result.success && wrong.length === 0) return result.data as RelaySettings;
  throw new ConfigError(`These settings are wrong:\n  ${wrong.join('\n  ')}`);
}

/** Where a setting has its present name too, that one counts. */
function withPresentNames(entries: readonly [string, string | undefined][]): Record<string, string | undefined> {
  const present = new Map(
    entries.map(([name, value]) => [Object.hasOwn(renamed, name) ? (renamed[name] ?? name) : name, value]),
  );
  for (const [name, value] of entries) if (!Object.hasOwn(renamed, name)) present.set(name, value);
  for (const name of ['EARSHOT_ENGINE', 'EARSHOT_FALLBACK_ENGINE']) {
    const engine = present.get(name);
    if (engine !== undefined && Object.hasOwn(renamedEngines, engine)) present.set(name, renamedEngines[engine]);
  }
  return Object.fromEntries(present);
}

function requirementsOfEngine(engine: string | undefined): Requirement[] {
  if (engine === undefined || !Object.hasOwn(vendors, engine)) return [];
  return vendors[engine as VendorName].required.map((name) => ({ name, reason: `the engine ${engine} needs it` }));
}

/** The AudioSocket that systemd passes; undefined where it passes none. */
export function readInheritedSocket(): number | undefined {
  return inheritedSocket(process.env, process.pid);
}

/**
 * The relay's settings: its environment, and for what that leaves open the file that `EARSHOT_CONFIG_FILE` names, with
 * lines of `NAME=value`. The file's values are added to the environment, where the AWS SDK looks for its own settings.
 * @throws {ConfigError}
 */
export function readSettings(): RelaySettings {
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
  return names.filter(
    (name) => name.startsWith('EARSHOT_') && !Object.hasOwn(allSettings, name) && !Object.hasOwn(renamed, name),
  );
}

/** What a program that we start inherits. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/** Masks the secrets of these settings in whatever is logged, printed or served. */
export function settingsMask(settings: RelaySettings): MaskSecrets {
  return secretMask(allSettings, settings);
}

/** The same for the environment as it is now, whether or not its settings are right. */
export function environmentMask(): MaskSecrets {
  return secretMask(allSettings, process.env);
}

/** The settings as lines of an environment file, secrets masked, also those within addresses. */
export function printSettings(values: RelaySettings): string {
  return Object.entries(allSettings)
    .map(([name, { secret }]) => ({ name, secret, value: values[name as keyof RelaySettings] }))
    .filter(({ value }) => value !== undefined)
    .map(({ name, secret, value }) => `${name}=${printValue(value, secret === true)}`)
    .join('\n');
}
