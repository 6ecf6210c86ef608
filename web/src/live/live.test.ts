import type { ServerMessage } from '#core/contracts/live.ts';
import type { ApiClient } from '../session/api-client.ts';
import type { LiveConnectionDependencies } from './live-connection.ts';
import { alertOn, callSummary, STARTED_AT, utterance } from './example.ts';
import { createLive } from './live.ts';

/** The page's live data, with a connection that says what the test says, and answers that come when it says so. */
function setUp() {
  const answers: Partial<Record<keyof ApiClient, ((answer: unknown) => void)[]>> = {};
  const api = new Proxy({} as ApiClient, {
    get: (_, name: keyof ApiClient) => () =>
      new Promise((resolve) => {
        (answers[name] ??= []).push(resolve);
      }),
  });
  let hear: (message: ServerMessage) => void = () => undefined;
  const live = createLive(
    {
      api,
      openSocket: () => {
        throw new Error('The connection is the test’s');
      },
      now: () => STARTED_AT,
      random: () => 0,
      isOnline: () => true,
      onSignedOut: () => undefined,
    },
    (connection: LiveConnectionDependencies) => {
      hear = (message) => {
        connection.onMessage(message);
      };
      const nothing = () => undefined;
      return { start: nothing, subscribe: nothing, unsubscribe: nothing, wake: nothing, stop: nothing };
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
    answer,
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
