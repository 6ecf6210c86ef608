import type { CallTick } from '#core/call/events.ts';
import { relayLines } from './relays.ts';

const now = 1_795_399_200_000;
const leg = { channel: 'caller', engine: 'deepgram', lastAudioAgeMs: 20, speechMs: 0, silenceMs: 0, engineLagMs: 300 };
const call = (callId: string, gapCount: number): CallTick => ({
  callId,
  atMs: 1_000,
  lastSeq: 1,
  legs: [{ ...leg, channel: 'caller', gapCount }],
});
const part = { relayId: 'berlin', tickedAt: now - 5_000, part: 1, parts: 2, spooledEvents: 3 };

it('adds up the parts of a relay’s last report, and sees who is silent', () => {
  const reports = [
    { ...part, calls: [call('a', 1), call('b', 0)] },
    { ...part, part: 2, calls: [call('c', 2)] },
    { relayId: 'aachen', tickedAt: now - 60_000, part: 1, parts: 1, spooledEvents: 0, calls: [] },
  ];
  expect(relayLines(reports, now)).toEqual([
    { relayId: 'aachen', reportedAt: now - 60_000, isSilent: true, calls: 0, spooledEvents: 0, gaps: 0, engines: [] },
    {
      relayId: 'berlin',
      reportedAt: now - 5_000,
      isSilent: false,
      calls: 3,
      spooledEvents: 3,
      gaps: 3,
      engines: ['deepgram'],
    },
  ]);
});
