import type { Said } from '../../call/example-call.ts';
import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';

const rule = exampleRule({ type: 'talk-ratio', above: 0.75, afterMs: 60_000 }, { channel: 'agent' });
const spoken = (seq: number, channel: 'agent' | 'caller', durationMs: number): Said => ({
  seq,
  channel,
  startMs: seq * 100_000,
  endMs: seq * 100_000 + durationMs,
});

describe('talk-ratio', () => {
  it('fires while the share is over the limit, once there was enough talk', () => {
    const alerts = alertsOf(
      [rule],
      spoken(1, 'agent', 50_000),
      spoken(2, 'caller', 10_000),
      spoken(3, 'agent', 1_000),
      spoken(4, 'caller', 20_000),
      spoken(5, 'agent', 1_000),
    );
    expect(alerts.map(({ seq, reasons }) => [seq, reasons[0]?.explanation])).toEqual([
      [3, 'the agent does 84 % of the talking'],
    ]);
  });

  it('does not fire on a balanced call', () => {
    expect(alertsOf([rule], spoken(1, 'caller', 30_000), spoken(2, 'agent', 90_000))).toEqual([]);
  });
});
