import type { CallDetail } from '#core/contracts/http/calls.ts';
import type { AnyEvent } from '../../e2e/bus.ts';

/** Well-behaved calls, whose outcome is the same alone and beside hostile ones. */
const LINES = [
  ['agent', 'Hello, this is support, this call may be recorded, how can I help you today?'],
  ['caller', 'my internet has been down since Tuesday and it is absolutely ridiculous'],
  ['agent', 'I am sorry to hear that, let me take a look'],
  ['caller', 'I hate this, it is awful, I want to cancel my account'],
  ['caller', 'let me speak to your manager now'],
  ['agent', 'I understand, one moment please'],
  ['caller', 'thank you so much, that is great'],
] as const;
const LINE_EVERY_MS = 4_000;

/** The relay of the calls. */
export const controlRelay = { relayId: 'control', pbx: 'control' } as const;

/** The events of one call, in order; it started so long ago that all of them lie in the past. */
export function controlCall(name: string, now: number): { callId: string; events: AnyEvent[] } {
  const callId = `${controlRelay.pbx}-${name}`;
  const callStartedAt = now - (LINES.length + 2) * LINE_EVERY_MS;
  const head = { version: 1, ...controlRelay, callId, callStartedAt };
  const scope = { agentId: '6001', campaign: 'CONTROL' };
  const events: AnyEvent[] = [
    { type: 'CallStarted', ...head, engine: 'script' },
    {
      type: 'CallDescribed',
      ...head,
      describedAt: callStartedAt,
      metadata: { agent: { id: '6001' }, campaign: 'CONTROL' },
    },
    ...LINES.map(([channel, text], index) => {
      const endMs = (index + 1) * LINE_EVERY_MS;
      const spokenAt = callStartedAt + endMs;
      return {
        type: 'UtteranceTranscribed',
        ...head,
        seq: index + 1,
        channel,
        startMs: endMs - 2_500,
        endMs,
        text,
        engine: 'script',
        scope,
        spokenAt,
        transcribedAt: spokenAt + 300,
        publishedAt: spokenAt + 310,
      };
    }),
    {
      type: 'CallEnded',
      ...head,
      endedAt: callStartedAt + (LINES.length + 1) * LINE_EVERY_MS,
      lastSeq: LINES.length,
      reason: 'hangup',
    },
  ];
  return { callId, events };
}

/** Whether all that was sent of a control call is folded. */
export function isWhole({ call, utterances }: CallDetail): boolean {
  const folded = Object.values(call.channels).reduce((sum, { utterances: count }) => sum + count, 0);
  const isDescribed = call.metadata.campaign !== undefined;
  return call.status === 'ended' && isDescribed && utterances.length === LINES.length && folded === LINES.length;
}

const VOLATILE = new Set(['callId', 'relayId', 'pbx', 'version', 'ingestedAt']);
const INSTANTS = new Set([
  'callStartedAt',
  'startedAt',
  'endedAt',
  'describedAt',
  'spokenAt',
  'transcribedAt',
  'publishedAt',
  'raisedAt',
]);

/** What came of a call, without its ids and with its instants counted from its start. */
export function outcomeOf({ call, utterances, alerts }: CallDetail): string {
  return JSON.stringify({ call, utterances, alerts }, (key, value: unknown) => {
    if (VOLATILE.has(key)) return undefined;
    if (INSTANTS.has(key) && typeof value === 'number') return value - call.startedAt;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
