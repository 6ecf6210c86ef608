import { RELAY_SILENCE_MS } from '#core/contracts/events.ts';
import { ACCESS_CHANGED, type ServerMessage } from '#core/contracts/live.ts';
import type { ApiClient } from '../session/api-client.ts';
import { timings, type ConnectionState, type LiveConnectionDependencies } from './live-connection.ts';
import { alertOn, callSummary, STARTED_AT, utterance } from './example.ts';
import { createLive, HELD_MS } from './live.ts';

/** The page's live data, with a connection that says what the test says, and answers that come when it says so. */
function setUp() {
  const answers: Partial<Record<keyof ApiClient, ((answer: unknown) => void)[]>> = {};
  const api = new Proxy({} as ApiClient, {
    get: (_, name: keyof ApiClient) => () =>
      new Promise((resolve) => {
        (answers[name] ??= []).push(resolve);
      }),
  });
  const accessChanges: string[] = [];
  const unsubscribed: string[] = [];
  let hear: (message: ServerMessage) => void = () => undefined;
  let become: (state: ConnectionState) => void = () => undefined;
  const clock = { now: STARTED_AT };
  const live = createLive(
    {
      api,
      openSocket: () => {
        throw new Error('The connection is the test’s');
      },
      now: () => clock.now,
      random: () => 0,
      isOnline: () => true,
      onSignedOut: () => undefined,
      onAccessChanged: () => accessChanges.push('changed'),
    },
    (connection: LiveConnectionDependencies) => {
      hear = (message) => {
        connection.onMessage(message);
      };
      become = (state) => {
        connection.onState(state);
      };
      const nothing = () => undefined;
      return {
        start: nothing,
        subscribe: nothing,
        unsubscribe: (topic) => unsubscribed.push(topic),
        wake: nothing,
        stop: nothing,
      };
    },
  );
  const answer = async (name: keyof ApiClient, ...of: unknown[]) => {
    of.forEach((each, index) => answers[name]?.[index]?.(each));
    await new Promise(setImmediate);
  };
  return {
    live,
    hear: (message: ServerMessage) => {
      hear(message);
    },
    become: (state: ConnectionState) => {
      become(state);
    },
    clock,
    answer,
    accessChanges,
    unsubscribed,
  };
}

describe('what is heard while an answer is under way stays', () => {
  it.each([
    ['alerts', 'alerts', [{ alerts: [alertOn('a', 1)] }, { alerts: [alertOn('a', 2)] }]],
    ['overview', 'activeCalls', [{ calls: [callSummary('a')], relays: [] }]],
    ['call:a', 'call', [{ call: callSummary('a'), utterances: [utterance('a', 1)], alerts: [], monitors: [] }]],
  ] as const)('%s', async (topic, request, answered) => {
    const { live, hear, answer } = setUp();
    live.openCall('a');
    hear({ type: 'subscribed', topic });
    hear({
      type: 'call',
      callId: 'a',
      pushedAt: STARTED_AT,
      utterances: [utterance('a', 2)],
      alerts: [alertOn('a', 3)],
    });
    await answer(request, ...answered);
    expect([...(live.board.value.transcripts.get('a')?.utterances.keys() ?? [])]).toContain(2);
    expect([...live.board.value.alerts.keys()]).toContain('a/keywords#3');
  });
});

it('a call that moved is unsubscribed, and what was gathered before does not bring it back', () => {
  const { live, hear, unsubscribed } = setUp();
  live.openCall('a');
  hear({ type: 'overview', pushedAt: STARTED_AT, calls: [callSummary('a'), callSummary('b')] });
  hear({ type: 'moved', pushedAt: STARTED_AT, callIds: ['a'] });
  expect([...live.board.value.calls.keys()]).toEqual(['b']);
  expect(live.board.value.moved.has('a')).toBe(true);
  expect(unsubscribed).toEqual(['call:a']);
});

it('a changed access is reported, other errors are not', () => {
  const { hear, accessChanges } = setUp();
  hear({ type: 'error', code: 'malformed', message: '' });
  expect(accessChanges).toEqual([]);
  hear({ type: 'error', code: ACCESS_CHANGED, message: '' });
  expect(accessChanges).toEqual(['changed']);
});

describe('while the page is cut off', () => {
  const fetched = { calls: [callSummary('a')], relays: [] };

  it('what is shown is of the last message, until the calls were fetched again', async () => {
    const { live, hear, become, clock, answer } = setUp();
    become({ kind: 'live' });
    hear({ type: 'subscribed', topic: 'overview' });
    await answer('activeCalls', fetched);
    clock.now += 4_000;
    hear({ type: 'pong' });
    clock.now += 3_000;
    expect(live.shownAt.value).toBeUndefined();
    become({ kind: 'offline', retryAt: clock.now + 2_000 });
    expect(live.shownAt.value).toBe(STARTED_AT + 4_000);
    clock.now += 60_000;
    // One try after the other changes nothing about that.
    become({ kind: 'connecting' });
    become({ kind: 'reconnecting', retryAt: clock.now + 2_000 });
    become({ kind: 'live' });
    expect(live.shownAt.value).toBe(STARTED_AT + 4_000);
    hear({ type: 'subscribed', topic: 'overview' });
    await answer('activeCalls', undefined, fetched);
    expect(live.shownAt.value).toBeUndefined();
  });

  it('the time stops before anything could seem lost, though the connection has not noticed yet', () => {
    const { live, hear, become, clock } = setUp();
    become({ kind: 'live' });
    hear({ type: 'pong' });
    clock.now += 10_000;
    expect(live.now()).toBe(STARTED_AT + 10_000);
    clock.now += 3_600_000;
    expect(live.now()).toBe(STARTED_AT + HELD_MS);
    expect(HELD_MS).toBeLessThan(RELAY_SILENCE_MS);
    expect(HELD_MS).toBeGreaterThan(timings.silenceMs);
    // An answer proves that it stands: what is silent is the relay.
    hear({ type: 'pong' });
    expect(live.now()).toBe(clock.now);
  });

  it('nothing is of before where nothing has come yet', () => {
    const { live, become } = setUp();
    become({ kind: 'connecting' });
    become({ kind: 'reconnecting', retryAt: STARTED_AT });
    expect(live.shownAt.value).toBeUndefined();
  });
});
