import { exampleRule } from './example-rule.ts';
import { parseRule, parseRules, parseStoredRule } from './parse.ts';

const good = exampleRule({ type: 'phrase', phrases: ['refund'] });
const fieldsOf = (value: unknown) => {
  const parsed = parseRule(value);
  return 'problems' in parsed ? parsed.problems.map(({ field }) => field) : [];
};
const messageOf = (value: unknown) => {
  const parsed = parseRule(value);
  return 'problems' in parsed ? parsed.problems[0]?.message : undefined;
};

describe('parseRule', () => {
  it('parses a valid rule and drops unknown fields', () => {
    expect(parseRule({ ...good, PK: 'RULES', SK: 'RULE#example' })).toEqual({ rule: good });
  });

  it.each<[string, unknown, string[]]>([
    ['an unknown condition', { ...good, condition: { type: 'telepathy' } }, ['condition.type']],
    ['no condition', { ...good, condition: undefined }, ['condition']],
    ['an empty phrase', { ...good, condition: { type: 'phrase', phrases: ['a', ' '] } }, ['condition.phrases.1']],
    ['a phrase without words', { ...good, condition: { type: 'phrase', phrases: ['?!'] } }, ['condition.phrases.0']],
    ['no phrases', { ...good, condition: { type: 'phrase', phrases: [] } }, ['condition.phrases']],
    ['a negative cooldown', { ...good, cooldownMs: -1 }, ['cooldownMs']],
    ['a scope that matches nothing', { ...good, scope: { campaigns: [] } }, ['scope.campaigns']],
    ['a scope with an empty name', { ...good, scope: { agentIds: ['6001', ' '] } }, ['scope.agentIds.1']],
    ['an invalid id', { ...good, ruleId: 'A b' }, ['ruleId']],
    ['several faults', { ...good, level: 'loud', name: '' }, ['name', 'level']],
    [
      'a channel that the condition cannot have',
      { ...good, channel: 'agent', condition: { type: 'rolling-below', below: -0.4 } },
      ['channel'],
    ],
    [
      'a cooldown that would have no effect',
      { ...good, cooldownMs: 60_000, condition: { type: 'dead-air', afterMs: 20_000 } },
      ['cooldownMs'],
    ],
    ['no object', 'rule', ['']],
  ])('names the field of %s', (_, value, fields) => {
    expect(fieldsOf(value)).toEqual(fields);
  });

  it('says what to do', () => {
    expect(messageOf({ ...good, condition: { type: 'telepathy' } })).toMatch(
      /^Unknown condition\. Known are: phrase, /,
    );
    expect(messageOf({ ...good, scope: { inGroups: [] } })).toBe(
      'An empty list matches no call: leave it out to match all.',
    );
    expect(messageOf({ ...good, cooldownMs: -1 })).toBe('A cooldown must not be negative.');
  });

  it.each<[string, unknown, string]>([
    ['an empty name', { ...good, name: ' ' }, 'This must not be empty.'],
    ['a long name', { ...good, name: 'x'.repeat(121) }, 'Give at most 120 characters.'],
    ['no number', { ...good, cooldownMs: Number.NaN }, 'Give a number.'],
    ['a score out of range', { ...good, condition: { type: 'score-below', below: 2 } }, 'Give at most 1.'],
    ['a short time', { ...good, condition: { type: 'dead-air', afterMs: 10 } }, 'Give at least 5 seconds.'],
    [
      'a share out of range',
      { ...good, condition: { type: 'talk-ratio', above: 0.1, afterMs: 60_000 } },
      'Give at least 50 %.',
    ],
  ])('explains for %s what to enter', (_, value, message) => {
    expect(messageOf(value)).toBe(message);
  });
});

describe('phrases with signs', () => {
  const withPhrases = (phrases: string[], more = {}) => ({ ...good, condition: { type: 'phrase', phrases, ...more } });

  it('are refused where they cannot be read, at their place in the list', () => {
    expect(fieldsOf(withPhrases(['close [my] account', '(close']))).toEqual(['condition.phrases.1']);
    expect(messageOf(withPhrases(['close {acount}']))).toMatch(
      /^There is no word class \{acount\}\. There are: start,/,
    );
    expect(fieldsOf(withPhrases(['a'], { ignore: ['not …', '… …'] }))).toEqual(['condition.ignore.1']);
    expect(fieldsOf(withPhrases(Array.from({ length: 400 }, (_, at) => `a${at} *5 b`)))).toEqual(['condition.phrases']);
  });

  it('go on as plain words where they were stored before there were signs', () => {
    const stored = { ...withPhrases(['refund', '{smile', 'cancel :('], { ignore: ['(hold'] }), changedAt: 1 };
    expect(parseStoredRule(stored)).toEqual({
      rule: { ...stored, condition: { type: 'phrase', phrases: ['refund', 'smile', 'cancel :'], ignore: ['hold'] } },
    });
  });
});

describe('parseRules', () => {
  it('parses the others beside an invalid rule', () => {
    const values = [good, null, { ...good, ruleId: 'broken', cooldownMs: -5 }, { ...good, ruleId: 'other' }];
    const { rules, problems } = parseRules(values);
    expect(rules.map(({ ruleId }) => ruleId)).toEqual(['example', 'other']);
    expect(problems).toEqual([
      { index: 1, field: '', message: expect.any(String) as string },
      { index: 2, ruleId: 'broken', field: 'cooldownMs', message: 'A cooldown must not be negative.' },
    ]);
  });
});
