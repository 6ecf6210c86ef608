import { tick } from '../../call/example-call.ts';
import { alertsOf, alertsOverTime } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';

const rule = exampleRule({ type: 'long-call', afterMs: 90_000 });
const expected = { alertId: 'example~0', seq: 0, text: '', atMs: 90_000 };

describe('long-call', () => {
  it('is reported once, by a tick or by an utterance', () => {
    const alerts = alertsOverTime([rule], tick(89_999), tick(92_000), tick(97_000), { seq: 1, startMs: 99_000 });
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ ...expected, reasons: [{ explanation: 'lasts longer than 1 min 30 s' }] });
    expect(alertsOf([rule], { seq: 1, startMs: 92_000 })).toEqual(alerts);
  });
});
