import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';

const rule = exampleRule({ type: 'consecutive-negative', count: 3 });

describe('consecutive-negative', () => {
  it('holds from the count on until an utterance is not negative', () => {
    const compounds = [-0.5, -0.5, -0.5, -0.5, 0, -0.5, -0.5];
    const alerts = alertsOf([rule], ...compounds.map((compound, at) => ({ seq: at + 1, compound })));
    expect(alerts.map(({ seq, reasons }) => [seq, reasons[0]?.explanation])).toEqual([
      [3, '3 negative utterances in a row'],
      [4, '4 negative utterances in a row'],
    ]);
  });

  it('ignores what the agent says in between', () => {
    const alerts = alertsOf(
      [rule],
      { seq: 1, compound: -0.5 },
      { seq: 2, compound: -0.5, channel: 'agent' },
      { seq: 3, compound: -0.5 },
      { seq: 4, compound: 0.5, channel: 'agent' },
      { seq: 5, compound: -0.5 },
      { seq: 6, compound: -0.5, channel: 'agent' },
    );
    expect(alerts.map(({ seq }) => seq)).toEqual([5]);
  });
});
