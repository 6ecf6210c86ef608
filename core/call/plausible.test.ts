import fc from 'fast-check';
import { MAX_CALL_MS } from '../fields.ts';
import { ImplausibleEventError, MAX_SEQ_JUMP, requirePlausible, requireReachableSeq } from './plausible.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const receivedAt = Date.parse('2026-11-23T12:00:00Z');
const refused = (event: Parameters<typeof requirePlausible>[0]) => {
  expect(() => {
    requirePlausible(event, receivedAt);
  }).toThrow(ImplausibleEventError);
};

describe('the instants of an event', () => {
  it('may be any that a call of up to a day has, however long it was spooled', () => {
    const calls = fc.record({
      lastedMs: fc.nat({ max: MAX_CALL_MS }),
      spooledMs: fc.nat({ max: 14 * DAY_MS }),
      skewMs: fc.integer({ min: -10 * MINUTE_MS, max: 10 * MINUTE_MS }),
    });
    fc.assert(
      fc.property(calls, ({ lastedMs, spooledMs, skewMs }) => {
        const spokenAt = receivedAt - spooledMs + skewMs;
        requirePlausible(
          { callStartedAt: spokenAt - lastedMs, spokenAt, transcribedAt: spokenAt, publishedAt: receivedAt + skewMs },
          receivedAt,
        );
      }),
    );
  });

  it.each(['callStartedAt', 'describedAt', 'endedAt', 'publishedAt', 'spokenAt', 'tickedAt', 'transcribedAt'])(
    'are refused where they lie in the future or in another age: %s',
    (field) => {
      refused({ [field]: receivedAt + 20 * MINUTE_MS });
      refused({ [field]: Date.parse('2099-01-01T00:00:00Z') });
      refused({ [field]: 0 });
    },
  );

  it('are refused where they do not lie within their call', () => {
    const callStartedAt = receivedAt - 2 * MAX_CALL_MS;
    refused({ callStartedAt, spokenAt: receivedAt });
    refused({ callStartedAt, endedAt: receivedAt });
    refused({ callStartedAt: receivedAt, spokenAt: receivedAt - 20 * MINUTE_MS });
  });
});

it('lets a call miss some thousand utterances at once, and no more', () => {
  requireReachableSeq(1 + MAX_SEQ_JUMP, 1);
  expect(() => {
    requireReachableSeq(2 + MAX_SEQ_JUMP, 1);
  }).toThrow(ImplausibleEventError);
});
