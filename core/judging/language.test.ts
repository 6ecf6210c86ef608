import fc from 'fast-check';
import { exampleCall, exampleHead as head, said } from '../call/example-call.ts';
import { recordOf } from '../call/record.ts';
import { initialCall, type ScoredUtterance } from '../call/state.ts';
import { compileRules } from '../rules/compile.ts';
import { defaultRules } from '../rules/defaults.ts';
import { exampleRule } from '../rules/example-rule.ts';
import { isSameLanguage } from '../language.ts';
import { scoreIn, scoreUtterance } from '../sentiment/engine.ts';
import { advance, foldUtterances } from './fold.ts';

/** As it is stored: scored where the default engine scores its language. */
const spoken = (seq: number, text: string, tag?: string, ofCall = tag): ScoredUtterance => {
  const { score: _, ...utterance } = said({ seq, text, ...(ofCall !== undefined && { scope: { language: ofCall } }) });
  return {
    ...utterance,
    ...((tag === undefined || isSameLanguage(tag, 'en')) && { score: scoreUtterance(text) }),
    ...(tag !== undefined && { language: { tag, from: 'engine' as const } }),
  };
};
const firedOn = (rules: ReturnType<typeof compileRules>, lines: ScoredUtterance[]) =>
  foldUtterances(exampleCall, lines, rules, 99).alerts.flatMap(({ reasons }) => reasons.map(({ ruleId }) => ruleId));

describe('a line in a language that is not scored', () => {
  it('leaves the mood and the run of negative lines as they were, and is neither negative nor neutral', () => {
    const rules = compileRules(
      [{ type: 'consecutive-negative', count: 2 } as const, { type: 'rolling-below', below: -0.1 } as const].map(
        (condition, at) => exampleRule(condition, { ruleId: `mood-${at}`, cooldownMs: 0 }),
      ),
    );
    const english = ['That is terrible.', 'I hate this.', 'This is awful.'].map((text, at) =>
      spoken(at + 1, text, 'en'),
    );
    const before = foldUtterances(exampleCall, english, rules, 99);
    const mixed = [...english, spoken(4, 'Das war so schlecht, ich hasse das.', 'de')];
    const { state, alerts } = foldUtterances(exampleCall, mixed, rules, 99);
    expect(state.mood).toEqual(before.state.mood);
    expect(state.consecutiveNegative).toBe(3);
    expect(alerts).toEqual(before.alerts);
    expect(state.channels.caller).toMatchObject({ utterances: 4, negative: 3, neutral: 0, positive: 0 });
    const { record } = recordOf({ ...state, status: 'ended' }, mixed, []);
    expect(record.meanMood).toBeCloseTo(recordOf({ ...before.state, status: 'ended' }, english, []).record.meanMood, 6);
  });

  it.each([
    ['en-GB', true],
    ['EN', true],
    [undefined, true],
    ['de', false],
  ])('is what the engine does not know: %s', async (tag, isScored) => {
    const engine = { name: 'x', languages: ['en'], score: scoreUtterance };
    expect((await scoreIn(engine, 'I hate this', tag)) !== undefined).toBe(isScored);
  });
});

describe('the language of a rule', () => {
  const everything = compileRules(defaultRules.map((rule) => ({ ...rule, enabled: true })));
  const warLine = 'Ich war gestern da. Das war so.';

  it('keeps English defaults from lines of other languages, whatever these look like in English', () => {
    expect(firedOn(everything, [spoken(1, warLine, 'en-US')])).toContain('very-negative');
    for (const tag of ['de-DE', 'de', 'nl-NL']) {
      const lines = Array.from({ length: 8 }, (_, at) => spoken(at + 1, warLine, tag));
      expect(firedOn(everything, lines)).toEqual([]);
    }
  });

  it('is any region of it, and any language where a rule names none or the line does not say', () => {
    const condition = { type: 'phrase' as const, phrases: ['refund'] };
    const rules = compileRules([
      exampleRule(condition, { ruleId: 'english', language: 'en' }),
      exampleRule(condition, { ruleId: 'any' }),
      exampleRule(condition, { ruleId: 'german', language: 'de-DE' }),
    ]);
    const on = (tag?: string) => firedOn(rules, [spoken(1, 'a refund', tag)]).sort();
    expect(on('en-GB')).toEqual(['any', 'english']);
    expect(on('de-AT')).toEqual(['any', 'german']);
    expect(on('nl')).toEqual(['any']);
    expect(on()).toEqual(['any', 'english', 'german']);
  });

  it('is compiled once for all languages that no rule names, however many an engine reports', () => {
    const condition = { type: 'phrase' as const, phrases: ['refund'] };
    const rules = compileRules([exampleRule(condition, { ruleId: 'english', language: 'en' })]);
    const compiled = new Set(['nl', 'de-AT', 'xx', 'abc', 'EN-us', 'en'].map((tag) => rules.inLanguage(tag)));
    expect([...compiled].map((of) => of.rules.length).sort()).toEqual([0, 1]);
  });

  it('goes for keywords and for what is counted over a call, too', () => {
    const rules = compileRules([
      exampleRule(
        { type: 'phrase-count', phrases: ['die'], count: 2, withinMs: 60_000 },
        { ruleId: 'often', language: 'en' },
      ),
    ]);
    const { state, alerts } = foldUtterances(
      exampleCall,
      [spoken(1, 'die Rechnung', 'de'), spoken(2, 'die Karte', 'de'), spoken(3, 'I could die', 'en')],
      rules,
      99,
    );
    expect(alerts).toEqual([]);
    expect(state.keywords).toEqual({ die: 1 });
  });

  it('asks for what is owed only on calls in that language, of which one word in another makes none', () => {
    const owed = compileRules(defaultRules.filter(({ ruleId }) => ruleId === 'recording-disclosure'));
    const started = { type: 'CallStarted' as const, ...head, engine: 'script' };
    const after = (lines: ScoredUtterance[]) => {
      const begun = advance(initialCall(head), started, owed);
      const { state, alerts } = foldUtterances(begun.state, lines, owed, 99);
      return { alerts: alerts.length, countdowns: Object.keys(state.deadlines).length };
    };
    const lines = (tag: string, ofCall: string) =>
      Array.from({ length: 40 }, (_, at) => spoken(at + 1, 'ja', tag, ofCall));
    expect(after(lines('de', 'de-DE'))).toEqual({ alerts: 0, countdowns: 0 });
    expect(after(lines('en', 'de-DE'))).toEqual({ alerts: 0, countdowns: 0 });
    expect(after(lines('en-US', 'en-US'))).toEqual({ alerts: 1, countdowns: 1 });
  });

  it('lets no rule of another language fire on any text', () => {
    const texts = fc
      .array(fc.constantFrom('cancel', 'my', 'account', 'sue', 'lawyer', 'shit', 'war', 'die', 'kill you'), {
        minLength: 1,
      })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(texts, fc.constantFrom('de', 'fr-CA', 'es-419', 'nl-NL'), (text, tag) => {
        expect(firedOn(everything, [spoken(1, text, tag)])).toEqual([]);
      }),
      { interruptAfterTimeLimit: 2_000 },
    );
  });
});
