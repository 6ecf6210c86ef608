import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';

const rule = exampleRule({ type: 'rolling-below', below: -0.4 }, { channel: 'caller' });
const firedAt = (...compounds: number[]) =>
  alertsOf([rule], ...compounds.map((compound, at) => ({ seq: at + 1, compound }))).map(({ seq }) => seq);

describe('rolling-below', () => {
  it('fires while the mean of the last utterances is below the limit', () => {
    expect(firedAt(0.2, -0.5, -0.9, -0.9, -0.9, 0.9, 0.9)).toEqual([4, 5, 6]);
  });

  it('needs three utterances', () => {
    expect(firedAt(-0.9, -0.9)).toEqual([]);
    expect(firedAt(-0.9, -0.9, -0.9)).toEqual([3]);
  });

  it('explains how low the mood is', () => {
    const [alert] = alertsOf([rule], ...[-0.5, -0.5, -0.5].map((compound, at) => ({ seq: at + 1, compound })));
    expect(alert?.reasons[0]?.explanation).toBe('mood fell to −0.50, under −0.40');
  });
});
