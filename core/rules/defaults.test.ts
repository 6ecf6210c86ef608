import { alertsOf } from '../judging/example-judging.ts';
import { defaultRules } from './defaults.ts';
import { parseRules } from './parse.ts';

const raisedBy = (text: string) =>
  alertsOf(defaultRules, { seq: 1, text }).flatMap(({ reasons }) => reasons.map(({ ruleId }) => ruleId));

describe('default rules', () => {
  it('are valid rules', () => {
    expect(parseRules(defaultRules)).toEqual({ rules: defaultRules, problems: [] });
  });

  it('keep their ids, which identify rules that people have edited', () => {
    expect(defaultRules.map(({ ruleId }) => ruleId)).toEqual([
      'keywords',
      'legal-threat',
      'profanity',
      'negative-trend',
      'severe-trend',
      'very-negative',
      'declining-call',
      'recording-disclosure',
      'does-not-know',
      'agent-interrupts',
      'dead-air',
      'nobody-heard',
    ]);
  });

  it.each([
    ['I want to cancel', ['keywords']],
    ['this is unacceptable, I want to speak to your supervisor', ['keywords']],
    ['I am escalating my complaints', ['keywords']],
    ['my lawyer will sue you', ['legal-threat']],
    ["I'll take you to court, and Ofcom will hear of it", ['legal-threat']],
    ['so cancel it or see you in court', ['legal-threat', 'keywords']],
    ['you can cancel the hold now', []],
    ['my account manager said so', []],
    ['I live on Tennis Court Road', []],
    ['what is the issue', []],
    ['thank you very much', []],
  ])('on "%s" fire %j', (text, rules) => {
    expect(raisedBy(text)).toEqual(rules);
  });

  it.each([
    'Just so you know, calls are recorded for training purposes.',
    'This call may be recorded.',
    'you are on a recorded line',
    'We are recording this call',
    "this call's being recorded",
  ])('accept "%s" as the disclosure', (text) => {
    const alerts = alertsOf(
      defaultRules,
      { seq: 1, channel: 'agent', text, startMs: 2_000 },
      { seq: 2, channel: 'agent', startMs: 60_000 },
    );
    expect(alerts).toEqual([]);
  });
});
