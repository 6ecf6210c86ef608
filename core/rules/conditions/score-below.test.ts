import { foldUtterances } from '../../judging/fold.ts';
import { exampleCall, said } from '../../call/example-call.ts';
import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';
import { compileRules } from '../compile.ts';

const rule = exampleRule({ type: 'score-below', below: -0.7 });

describe('score-below', () => {
  it('fires below the score, not at it', () => {
    const script = [-0.69, -0.7, -0.71].map((compound, at) => ({ seq: at + 1, compound }));
    expect(alertsOf([rule], ...script).map(({ seq, reasons }) => [seq, reasons[0]?.explanation])).toEqual([
      [3, 'scored −0.71, under −0.70'],
    ]);
  });

  it.each([
    ['two words', [-2, -1.5], 'awful mess', true],
    ['a strong phrase', [-2.5], 'waste of my time', true],
    ['a word and a strong phrase', [-2, -2.5], 'awful, waste of my time', true],
    ['one word', [-3], 'awful', false],
    ['faults that are stated', [-2, -1.5, -2], 'been down since Monday, still broken, nobody called', false],
    ['a word and a fault', [-2.6, -2], 'angry, nobody called', false],
    ['marks', [-2, -2, -2], ':( , >:( , D-:', false],
  ])('takes for evidence: %s', (_what, valences, text, isEnough) => {
    const parts = text.split(', ').flatMap((part) => (part === 'awful mess' ? part.split(' ') : part));
    const contributions = valences.map((valence, at) => {
      const start = text.indexOf(parts[at] ?? '');
      return { text: parts[at] ?? '', start, end: start + (parts[at] ?? '').length, valence };
    });
    const asking = exampleRule({ type: 'score-below', below: -0.7, evidence: 2 });
    const utterance = {
      ...said({ seq: 1, text }),
      score: { compound: -0.8, label: 'negative' as const, contributions },
    };
    expect(foldUtterances(exampleCall, [utterance], compileRules([asking])).alerts.length).toBe(isEnough ? 1 : 0);
  });

  it('marks the words with negative valence', () => {
    const utterance = said({ seq: 1, text: 'an awful, nice mess', compound: -0.8 });
    const contributions = [
      { text: 'awful', start: 3, end: 8, valence: -2 },
      { text: 'nice', start: 10, end: 14, valence: 1.8 },
      { text: 'mess', start: 15, end: 19, valence: -1.5 },
    ];
    const { alerts } = foldUtterances(
      exampleCall,
      [{ ...utterance, score: { compound: -0.8, label: 'negative', contributions } }],
      compileRules([rule]),
    );
    expect(alerts[0]?.reasons[0]?.matches).toEqual([
      { text: 'awful', start: 3, end: 8 },
      { text: 'mess', start: 15, end: 19 },
    ]);
  });
});
