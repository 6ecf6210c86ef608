import type { SettingDefinitions } from './setting.ts';

export const MASK = '********';

/** Replaces secrets in a text that a person will read. */
export type MaskSecrets = (text: string) => string;

/** What the AWS SDK reads from the environment, beside the relay's settings. */
const AWS_SECRETS = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
/** Shorter ones are masked where they stand in an address, but would take words that are no secrets out of any text. */
const MIN_SECRET_LENGTH = 6;
const SECRET_NAME = /key|token|secret|pass|pwd|sig|auth|cred/i;
/** Addresses as they stand in a text; the kinds that browsers know need no slashes to hold a password. */
const ADDRESS = /(?:\b(?:https?|wss?|ftp):|\b[a-z][a-z\d+.-]*:\/\/)[^\s"<>]+/gi;
const SCHEME = /^[a-z][a-z\d+.-]*:[\\/]*/i;

/**
 * Masks what addresses in a text may hold of secrets: user and password, every value of the query, the fragment.
 * Names in the query stay, so that a person recognises the address.
 */
export function maskAddresses(text: string): string {
  return text.replace(ADDRESS, maskAddress);
}

/**
 * A function that masks the secrets of these settings (parsed, or as they stand in the environment), in every form in
 * which they may turn up, and what any other address holds of secrets.
 */
export function secretMask(definitions: SettingDefinitions, values: Readonly<Record<string, unknown>>): MaskSecrets {
  const secrets = Object.entries(values).flatMap(([name, value]) => {
    const texts = [value].flat().filter((each) => typeof each === 'string');
    const isSecret = AWS_SECRETS.includes(name) || definitions[name]?.secret === true;
    return isSecret ? texts : texts.flatMap(secretsInAddress);
  });
  const forms = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret), encodeURI(secret)]))]
    .filter((form) => form.length >= MIN_SECRET_LENGTH)
    // A secret may be the beginning of another one.
    .sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, MASK), maskAddresses(text));
}

/** One line of JSON, each text in it masked, whatever was escaped in it. */
export function maskJsonLine(line: string, mask: MaskSecrets): string {
  const masked = JSON.stringify(JSON.parse(line), (_key, value: unknown) =>
    typeof value === 'string' ? mask(value) : value,
  );
  return `${masked}\n`;
}

/** A setting as it is printed. */
export function printValue(value: unknown, isSecret: boolean): string {
  if (isSecret) return MASK;
  const text = String(value);
  // Addresses may hold line breaks and tabs anywhere: they are ignored where the address is used.
  const joined = text.replace(/[\t\r\n]/g, '');
  return maskAddresses(SCHEME.test(joined) && URL.canParse(joined) ? joined : text);
}

function maskAddress(address: string): string {
  const [scheme = ''] = SCHEME.exec(address) ?? [];
  const rest = address.slice(scheme.length);
  // Where it is no address, a password may hold what ends the place of one.
  const [userAndHost = ''] = URL.canParse(address) ? (/^[^?#\\/]*/.exec(rest) ?? []) : [rest];
  const at = userAndHost.lastIndexOf('@');
  const [, place = '', query = '', fragment = ''] = /^([^?#]*)([^#]*)(.*)$/s.exec(rest.slice(Math.max(0, at))) ?? [];
  return [
    scheme,
    at === -1 ? '' : MASK,
    place,
    query.replaceAll(/[^?&]+/g, maskPair),
    fragment === '' ? '' : `#${MASK}`,
  ].join('');
}

/** A key that stands alone may end with the equals signs of Base64. */
function maskPair(pair: string): string {
  const [, name] = /^([a-z][\w.-]{0,40})=+[^=]/i.exec(pair) ?? [];
  return name === undefined ? MASK : `${name}=${MASK}`;
}

/** The password of an address, or its user where that stands alone, and what its query names as a secret. */
function secretsInAddress(value: string): string[] {
  if (!URL.canParse(value)) return [];
  const { username, password, searchParams } = new URL(value);
  const named = [...searchParams].flatMap(([name, secret]) => (SECRET_NAME.test(name) ? [secret] : []));
  const written = [password || username, ...named].filter((secret) => secret !== '');
  return written.flatMap((secret) => [secret, decoded(secret)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
