import { filled, PROTOTYPE_NAMES, unpackable } from '#core/judging/hostile-input.ts';

/** One request to the HTTP API. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** Ids as they stand in a path: some are no UTF-8, some leave the path. */
const ids = [
  ...PROTOTYPE_NAMES,
  '%00',
  '%ED%A0%80',
  '%FF',
  '%E0%A4%A',
  '..%2f..',
  '%F0%9F%98%80',
  'x'.repeat(128),
  'x'.repeat(1_000),
  '2099-12-31',
  '-1',
  'NaN',
  '~',
  encodeURIComponent(unpackable(128, 3)),
];
const cursorOf = (cursor: unknown) => Buffer.from(JSON.stringify(cursor)).toString('base64url');
const values = [
  ...ids,
  '',
  '0',
  '9007199254740993',
  '1e400',
  '1970-01-01',
  '2099-12-31',
  '0000-00-00',
  'a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w',
  cursorOf({ day: '2026-01-01', key: { PK: 'x', SK: 'y' } }),
  cursorOf({ day: '2026-01-01', key: {} }),
  cursorOf({ day: '2026-01-01', key: { PK: 1, SK: 'y', day: 'z', at: 'no number' } }),
  cursorOf({ day: '2099-01-01', key: { __proto__: 1, constructor: 2 } }),
  cursorOf(null),
];
const parameters = [
  'cursor',
  'limit',
  'days',
  'from',
  'to',
  'words',
  'agent',
  'number',
  'mood',
  'level',
  'state',
  'kind',
  'format',
  'campaign',
  'version',
  '__proto__',
];

const ruleOf = (condition: unknown, more: object = {}) => ({
  version: 0,
  name: 'Hostile',
  enabled: true,
  level: 'critical',
  kind: 'alert',
  channel: 'any',
  scope: {},
  cooldownMs: 0,
  condition,
  ...more,
});
/** Calls of the run's hostile relays alone, so that such rules say nothing of the control calls. */
const theirs = { scope: { campaigns: [...PROTOTYPE_NAMES, 'SALES'] } };

/** Rules whose conditions are extreme; what the API takes of them judges the hostile calls. */
export const hostileRulePuts: readonly HostileRequest[] = [
  ...PROTOTYPE_NAMES.map((name, index) => ({
    id: name.toLowerCase().replaceAll('_', '') || 'proto',
    rule: ruleOf({ type: index % 2 ? 'phrase' : 'phrase-count', phrases: [name], count: 2, withinMs: 7_200_000 }),
  })),
  ...Array.from('abcdefghijkl').map((letter) => ({
    id: `letter-${letter}`,
    rule: ruleOf({ type: 'phrase', phrases: [letter] }, theirs),
  })),
  ...['dead-air', 'unheard', 'long-call'].map((type) => ({
    id: `time-${type}`,
    rule: ruleOf({ type, afterMs: 60_000 }, { ...theirs, kind: 'health' }),
  })),
  { id: 'owed', rule: ruleOf({ type: 'not-said-within', phrases: ['never'], withinMs: 5_000 }, theirs) },
  { id: 'every-score', rule: ruleOf({ type: 'score-below', below: 1 }, theirs) },
  { id: 'next-to-zero', rule: ruleOf({ type: 'score-below', below: Number.MIN_VALUE }, theirs) },
  {
    id: 'too-large',
    rule: ruleOf({ type: 'phrase', phrases: Array.from({ length: 500 }, (_, index) => unpackable(100, index + 1)) }),
  },
  { id: 'too-wide', rule: ruleOf({ type: 'phrase', phrases: ['a'] }, { scope: { campaigns: [filled('x', 60_000)] } }) },
  { id: 'forever', rule: ruleOf({ type: 'phrase', phrases: ['a'] }, { ...theirs, cooldownMs: 2 ** 53 }) },
  { id: 'versions', rule: ruleOf({ type: 'phrase', phrases: ['a'] }, { version: 2 ** 53 - 1 }) },
].map(({ id, rule }) => ({ method: 'PUT', path: `/rules/${id}`, body: JSON.stringify(rule) }));

const bodies = [
  '',
  '{',
  'null',
  '[]',
  '{"__proto__":{"role":"admin"}}',
  '{"constructor":1}',
  JSON.stringify({ version: 2 ** 53, state: 'resolved', note: '\u0000' }),
  JSON.stringify({ version: 0, note: 'x'.repeat(2_001) }),
  JSON.stringify({
    rule: { ruleId: 'constructor', ...ruleOf({ type: 'phrase', phrases: PROTOTYPE_NAMES }) },
    days: 31,
    calls: 50,
  }),
  JSON.stringify({ mode: 'constructor' }),
  JSON.stringify({
    version: -1,
    extensions: [{ email: `${'x'.repeat(5_000)}@example.com`, extension: '10' }],
    ring: { constructor: 1 },
  }),
  `{"version":${'9'.repeat(400)}}`,
];

const hours = { days: ['mon'], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };
const notices = { windowMinutes: 10, perRule: 2, perCall: 4, perFloor: 8 };
const settingsOf = (more: object) => ({ extensions: [], ring: {}, notices, ...more });
/** Settings, some of which the API takes. */
const settings = [
  settingsOf({}),
  settingsOf({ ring: { critical: { extensions: ['10', '99999999'], hours } } }),
  settingsOf({ ring: { __proto__: { extensions: ['10'], hours } } }),
  settingsOf({ ring: { constructor: { extensions: ['10'], hours } } }),
  settingsOf({ ring: { urgent: { extensions: ['10'], hours: { ...hours, timeZone: 'constructor' } } } }),
  settingsOf({ ring: { urgent: { extensions: ['10'], hours: { ...hours, from: '24:00', timeZone: '\u0000' } } } }),
  settingsOf({ notices: { ...notices, perFloor: 2 ** 53 } }),
  settingsOf({ notices: { ...notices, windowMinutes: 0 } }),
  settingsOf({
    extensions: Array.from({ length: 500 }, (_, index) => ({
      email: `${'x'.repeat(60)}${index}@${'y'.repeat(60)}.example.com`,
      extension: String(10 + index),
    })),
  }),
  settingsOf({
    extensions: Array.from({ length: 500 }, (_, index) => ({ email: `a${index}@example.com`, extension: '10' })),
  }),
];
const notes = [null, '', ' ', '\u0000', '\ud83d', ...PROTOTYPE_NAMES, unpackable(2_000, 9), unpackable(2_001, 9)];
const someOf = [
  undefined,
  null,
  '__proto__',
  'constructor',
  'me',
  'open',
  'acknowledged',
  'resolved',
  'right',
  'wrong',
];

/** Requests to one of the routes that the API describes, with hostile ids, queries and bodies. */
export function hostileRequest(
  routes: readonly (readonly [method: string, path: string])[],
  random: () => number,
): HostileRequest {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const [method, template] = pick(routes);
  const path = template.replace(/\{\w+\}/g, () => pick(ids));
  const query = Array.from({ length: Math.floor(random() * 4) }, () => `${pick(parameters)}=${pick(values)}`).join('&');
  return {
    method,
    path: query ? `${path}?${query}` : path,
    ...(method !== 'GET' && { body: pick(bodies) }),
  };
}

/** A change of the settings. */
export function hostileSettingsPut(random: () => number): HostileRequest {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const version = pick([0, 1, 2, 3, 4, 5, 6, 7, -1, 2 ** 53]);
  return { method: 'PUT', path: '/settings', body: JSON.stringify({ ...pick(settings), version }) };
}

/** A change of an alert that is stored. */
export function hostileAlertPatch(path: string, random: () => number): HostileRequest {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const patch = {
    version: pick([0, 0, 1, 2, 3, 2 ** 53]),
    ...(random() < 0.5 && { note: pick(notes) }),
    ...(random() < 0.5 && { state: pick(someOf) }),
    ...(random() < 0.3 && { assignee: pick(someOf) }),
    ...(random() < 0.3 && { verdict: pick(someOf) }),
  };
  return { method: 'PATCH', path, body: JSON.stringify(patch) };
}
