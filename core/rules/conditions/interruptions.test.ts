import type { Said } from '../../call/example-call.ts';
import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';

const rule = exampleRule({ type: 'interruptions', count: 2, withinMs: 60_000 }, { channel: 'agent' });
const text = 'let me stop you there';
/** The agent interrupts the caller. */
const brokenInto = (seq: number, fromMs: number): Said[] => [
  { seq, channel: 'caller', text, startMs: fromMs, endMs: fromMs + 5_000 },
  { seq: seq + 1, channel: 'agent', text, startMs: fromMs + 3_000, endMs: fromMs + 8_000 },
];

describe('interruptions', () => {
  it('fire from the count on, within the time', () => {
    const alerts = alertsOf([rule], ...brokenInto(1, 0), ...brokenInto(3, 20_000), ...brokenInto(5, 100_000));
    expect(alerts.map(({ seq, reasons }) => [seq, reasons[0]?.explanation])).toEqual([
      [4, 'the agent interrupted 2 times in 1 min'],
    ]);
  });

  it('count only those by the rule’s channel', () => {
    const script = [...brokenInto(1, 0), ...brokenInto(3, 20_000)];
    expect(alertsOf([{ ...rule, channel: 'caller' }], ...script)).toEqual([]);
  });
});
