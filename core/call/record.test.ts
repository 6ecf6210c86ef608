import { exampleAlert, exampleCall, said } from './example-call.ts';
import { callRecordSchema, searchTextOf, isOver, recordOf, searchTermsOf } from './record.ts';

describe('recordOf', () => {
  it('summarizes a call, with the mood of the customer’s utterances alone', () => {
    const words = [
      said({ seq: 1, compound: 0.9, channel: 'agent', text: 'Thank you' }),
      said({ seq: 2, compound: -0.5, text: 'I want a refund' }),
      said({ seq: 3, compound: -0.2, channel: 'mixed', text: 'A refund!' }),
    ];
    const state = {
      ...exampleCall,
      status: 'ended' as const,
      endedAt: exampleCall.startedAt + 60_000,
      alertCount: 2,
      metadata: { agent: { id: '7' }, campaign: 'Sales' },
    };
    const { record, words: found } = recordOf(state, words, [
      exampleAlert,
      { level: 'urgent', kind: 'health', reasons: [] },
      { level: 'critical', kind: 'coaching', reasons: exampleAlert.reasons },
    ]);
    expect(callRecordSchema.parse(record)).toEqual(record);
    expect(record).toMatchObject({
      durationMs: 60_000,
      meanMood: -0.35,
      negative: 2,
      positive: 0,
      utterances: 3,
      alerts: 2,
      highestLevel: 'urgent',
      agent: { id: '7' },
      rules: exampleAlert.reasons.map(({ ruleId }) => ruleId),
    });
    expect(found).toBe(' a i refund thank want you ');
  });

  it('leaves out what an empty call does not have', () => {
    const { record, words } = recordOf(exampleCall, [], []);
    expect(record).toMatchObject({ meanMood: 0, utterances: 0, durationMs: 0 });
    expect(record).not.toHaveProperty('highestLevel');
    expect(record).not.toHaveProperty('rules');
    expect(words).toBe('');
  });
});

describe('searchTextOf', () => {
  it('contains each word of a query as a whole', () => {
    const { words, leftOut } = searchTextOf(['Cancel it, please', 'I said: CANCEL!']);
    expect(searchTermsOf('cancel Please').every((word) => words.includes(word))).toBe(true);
    expect(searchTermsOf('can').some((word) => words.includes(word))).toBe(false);
    expect(leftOut).toBe(0);
  });
});

describe('isOver', () => {
  it.each([
    [{ status: 'live' as const }, false],
    [{ status: 'lost' as const }, true],
    [{ status: 'ended' as const, lastSeq: 3, nextSeq: 3 }, false],
    [{ status: 'ended' as const, lastSeq: 3, nextSeq: 4 }, true],
    [{ status: 'ended' as const, lastSeq: 0 }, true],
  ])('%j: %s', (fields, expected) => {
    expect(isOver({ ...exampleCall, ...fields })).toBe(expected);
  });
});
