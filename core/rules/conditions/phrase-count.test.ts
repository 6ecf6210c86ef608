import type { Said } from '../../call/example-call.ts';
import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';

const rule = exampleRule(
  { type: 'phrase-count', phrases: ["I don't know"], ignore: ["I don't know if"], count: 3, withinMs: 60_000 },
  { channel: 'agent' },
);
const unsure = (seq: number, endMs: number, text = 'I do not know'): Said => ({
  seq,
  channel: 'agent',
  text,
  startMs: endMs - 1_000,
  endMs,
});
const firedAt = (...script: Said[]) => alertsOf([rule], ...script).map(({ seq }) => seq);

describe('phrase-count', () => {
  it('fires at the third time within a minute', () => {
    expect(firedAt(unsure(1, 5_000), unsure(2, 20_000), unsure(3, 64_999))).toEqual([3]);
    expect(firedAt(unsure(1, 5_000), unsure(2, 20_000), unsure(3, 65_000))).toEqual([]);
    expect(firedAt(unsure(1, 5_000), unsure(2, 20_000), unsure(3, 65_000), unsure(4, 70_000))).toEqual([4]);
  });

  it('counts each time in one utterance', () => {
    expect(firedAt(unsure(1, 5_000, "I don't know, I dunno, I really don't know, I don't know"))).toEqual([1]);
  });

  it('does not count ignored phrases, the other side and other words', () => {
    expect(
      firedAt(
        unsure(1, 1_000),
        unsure(2, 2_000, "I don't know if I may"),
        { ...unsure(3, 3_000), channel: 'caller' },
        unsure(4, 4_000),
        unsure(5, 5_000, 'well'),
      ),
    ).toEqual([]);
  });

  it('continues to count during the cooldown', () => {
    const alerts = alertsOf(
      [{ ...rule, cooldownMs: 30_000 }],
      ...[1, 2, 3, 4, 5].map((seq) => unsure(seq, seq * 10_000)),
      unsure(6, 60_000),
    );
    expect(alerts.filter(({ follows }) => follows === undefined).map(({ seq }) => seq)).toEqual([3, 6]);
  });

  it('explains how often in which time', () => {
    const alerts = alertsOf([rule], ...[1, 2, 3].map((seq) => unsure(seq, seq * 1_000)));
    expect(alerts[0]?.reasons[0]?.explanation).toBe('said “I do not know”, 3 times in 1 min');
  });
});
