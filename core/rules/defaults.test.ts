import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertsOf } from '../judging/example-judging.ts';
import { defaultRules } from './defaults.ts';
import { parseRules } from './parse.ts';

const raisedBy = (text: string) =>
  alertsOf(defaultRules, { seq: 1, text }).flatMap(({ reasons }) => reasons.map(({ ruleId }) => ruleId));

/** Sign, intents and line, by halves as `bench/alerts` has them: rules are made with those whose SHA-1 is even. */
function labelledLines() {
  const rows = readFileSync(join(__dirname, 'fixtures/labelled-lines.tsv'), 'utf8').trimEnd().split('\n');
  return rows.map((row) => {
    const [, intents = '', text = ''] = row.split('\t');
    const digits = createHash('sha1').update(text).digest('hex');
    const half = Number.parseInt(digits.slice(-1), 16) % 2 === 0 ? 'tune' : 'hold-out';
    return { half, intents: intents.split(','), text };
  });
}

describe('default rules', () => {
  it('are valid rules', () => {
    expect(parseRules(defaultRules)).toEqual({ rules: defaultRules, problems: [] });
  });

  it('keep their ids, which identify rules that people have edited', () => {
    expect(defaultRules.map(({ ruleId }) => ruleId)).toEqual([
      'keywords',
      'leaving',
      'wants-higher',
      'complains',
      'money-back',
      'legal-threat',
      'profanity',
      'mild-swearing',
      'threatens-harm',
      'repeated-contact',
      'goes-public',
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

  it('ship the single words and the mild ones off', () => {
    expect(defaultRules.filter(({ enabled }) => !enabled).map(({ ruleId }) => ruleId)).toEqual([
      'keywords',
      'mild-swearing',
    ]);
  });

  it.each([
    ['leaving', ['close my account', 'close it permanently', 'terminate my contract', "I'm switching to your rival"]],
    ['leaving', ['cancel the subscription', 'end this contract', 'close my savings account', 'done with this bank']],
    ['leaving', ['this was my last order with you', 'you will not be seeing me again', 'let me out of this agreement']],
    ['wants-higher', ['put somebody on who can decide', 'who do you report to', 'this must go to senior management']],
    [
      'wants-higher',
      ["who's in charge there", 'I will only talk to whoever runs this place', 'get me someone competent'],
    ],
    [
      'complains',
      ['what kind of company is this', 'your agent was so rude', 'I have been badly treated', 'shame on you'],
    ],
    [
      'complains',
      ['the worst airline I have ever flown', 'I expected better from you', 'that is no way to treat people'],
    ],
    [
      'legal-threat',
      ["I'm going to the police about you", 'I report this to the DOT', 'you are in breach of contract'],
    ],
    ['profanity', ['this is bs', 'f u', 'what the hell is wrong with you', 'a load of bollocks', 'you fools']],
    ['leaving', ['the last time I order', 'never buying again', 'I want to cancel', "you've lost a customer"]],
    ['leaving', ["if you don't fix it I will cancel my contract", 'I want my membership ended']],
    ['wants-higher', ['who is higher up than you', 'I want to speak to your supervisor', 'Supervisor, please']],
    ['wants-higher', ['is there a manager available', 'put your boss on the phone', 'can you escalate this']],
    ['complains', ['I want to complain', "I'll report this to head office", 'is that the best you can do']],
    ['complains', ['this is a scam', 'this is super frustrating', 'where do I send a complaint']],
    ['money-back', ['I want my money back', 'I want compensation', 'refund me immediately']],
    ['legal-threat', ['my lawyer will sue you', 'my solicitor', "I'll take you to court, and Ofcom will hear of it"]],
    ['profanity', ['f**king useless', 'you a**hole', 'bull****', 'sh*t', '[expletive]', 'fuckin hell', 'you idiots']],
    ['threatens-harm', ["I'm going to kill myself", 'I know where you live', "I'll come down and hurt somebody"]],
    ['repeated-contact', ['this is the third time I have called', 'how many more times do I have to explain']],
    ['goes-public', ['straight to social media', "I'll leave a bad review", 'I am going to the press']],
  ])('%s fires on %j', (ruleId, texts) => {
    for (const text of texts) expect([text, raisedBy(text)]).toEqual([text, expect.arrayContaining([ruleId])]);
  });

  it.each([
    ...['two of our party cancelled', 'I lost it before I could cancel', 'cancel the coke', "no, don't cancel it"],
    ...['my manager approved it', "my shop's manager mailed you", 'a police complaint about the theft'],
    ...['no complaints, thanks', 'how much is the refund fee', 'my name is Sue', '12 North Elm Court'],
    ...['a legal assistant course', 'the gas regulator is leaking', 'the worst is the heat', 'something to kill time'],
    ...['nothing but the best for my daughter', 'oh hell yeah', 'the weather is crappy', 'I prick my finger'],
    ...['you can cancel the hold now', 'my account manager said so', 'I live on Tennis Court Road'],
    ...['what is the issue', 'thank you very much', 'my head is killing me', 'three times a day'],
    ...['I cancelled my subscription last year', 'they closed my account', 'my brother is a lawyer', 'pay online'],
    ...[
      'one of the guests has cancelled',
      'cancel that side salad',
      'I cut my finger on a lid',
      'no need to cancel it',
    ],
    ...['I filed a complaint with the police about a bike', 'a course for legal secretaries', 'Court Road, flat 86'],
    ...['the dot on the i is missing', 'can you do that as soon as possible, asa', 'the voltage regulator broke'],
    ...[
      'how do I close the app',
      'what happens if I cancel early',
      'I was going to cancel',
      'end the line with a stop',
    ],
    ...['please leave the account as it is', 'cancel the service appointment', 'close the deal for me'],
    ...['I called twice because I forgot the number', 'do I need a lawyer to sign the deed', 'my friend is a lawyer'],
    ...['my dog Killer is a poodle', 'it is a killer deal', 'things are blowing up around us', 'it was in the paper'],
  ])('nothing fires on "%s"', (text) => {
    expect(raisedBy(text)).toEqual([]);
  });

  describe.each(['tune', 'hold-out'])('on the %s half of the lines labelled for Earshot', (half) => {
    const lines = labelledLines().filter((line) => line.half === half);

    it.each(['leaving', 'wants-higher', 'complains', 'legal-threat', 'profanity'])('find %s', (ruleId) => {
      const wanted = lines.filter(({ intents }) => intents.includes(ruleId));
      const found = lines.filter(({ text }) => raisedBy(text).includes(ruleId));
      const right = found.filter(({ intents }) => intents.includes(ruleId));
      expect(wanted.length).toBeGreaterThan(5);
      expect(right.length / found.length).toBeGreaterThanOrEqual(0.75);
      expect(right.length / wanted.length).toBeGreaterThanOrEqual(0.8);
    });
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
