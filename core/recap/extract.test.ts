import fc from 'fast-check';
import { hostileText } from '../text/hostile-text.ts';
import { extractRecap } from './extract.ts';
import {
  MAX_CATCH_UP_SENTENCES,
  MAX_RECAP_SENTENCES,
  plainSentence,
  recapSentenceSchema,
  type RecapLine,
  type RecapSection,
} from './recap.ts';

type Said = readonly [channel: 'agent' | 'caller' | 'mixed', text: string, score?: number];

const linesOf = (said: readonly Said[], language = 'en-US'): RecapLine[] =>
  said.map(([channel, text, score], index) => ({
    seq: index + 1,
    channel,
    text,
    startMs: index * 5_000,
    score,
    language,
  }));

const recapOf = (said: readonly Said[], { isOver = true, language = 'en-US' } = {}) =>
  extractRecap({ lines: linesOf(said, language), alerts: [], isOver });

const textsOf = (said: readonly Said[], section: RecapSection) =>
  recapOf(said)
    .sentences.filter((sentence) => sentence.section === section)
    .map(({ text }) => text);

const broken: readonly Said[] = [
  ['agent', 'thank you for calling my name is dana how can i help you today'],
  ['caller', 'hello'],
  ['caller', 'my name is robin price'],
  ['caller', 'my internet has been down since monday and nobody called me back', -0.7],
  ['agent', 'i am sorry to hear that let me look at your account'],
  ['caller', 'i told all of this to the last person', -0.4],
  ['agent', 'i have booked a technician for you'],
  ['caller', 'let me speak to a supervisor right now', -0.5],
  ['agent', 'he will call you tomorrow morning'],
  ['caller', 'okay that is great thank you for your help', 0.8],
  ['agent', 'you are welcome have a nice day'],
];

describe('a recap by extraction', () => {
  it('says why somebody called, what was done and promised, by when, and how it ended', () => {
    const { sentences } = recapOf(broken);
    expect(sentences.map((sentence) => `${sentence.seqs.join()} ${plainSentence(sentence)}`)).toEqual([
      '4 Reason, caller: “my internet has been down since monday and nobody called me back”',
      '7 Done, agent: “i have booked a technician for you”',
      '9 Promised by the agent, due: tomorrow morning: “he will call you tomorrow morning”',
      '10 At the end, caller: “okay that is great thank you for your help”',
    ]);
  });

  it('catches somebody up on a running call in three sentences at most', () => {
    const lines = linesOf(broken.slice(0, 9));
    const alerts = [{ seq: 8, ruleName: 'Wants somebody higher', severity: 1 }];
    const { sentences } = extractRecap({ lines, alerts, isOver: false });
    expect(sentences.map(({ section, seqs }) => [section, seqs])).toEqual([
      ['reason', [4]],
      ['moment', [8]],
      ['promised', [9]],
    ]);
    expect(sentences[1]).toMatchObject({ ruleName: 'Wants somebody higher' });
  });

  it('calls open what was demanded or asked and not settled', () => {
    const unsettled = broken.filter((_, index) => index !== 8 && index !== 6);
    expect(textsOf(unsettled, 'open')).toEqual(['let me speak to a supervisor right now']);
    expect(textsOf(broken, 'open')).toEqual([]);
    expect(textsOf([...broken, ['caller', 'wait can you also send me the invoice']], 'open')).toEqual([
      'wait can you also send me the invoice',
    ]);
  });

  it.each<[string, Said]>([
    ['weather', ['agent', 'it will be sunny all day on monday in detroit']],
    ['a question', ['agent', 'shall i book a technician for you?']],
    ['a moment', ['agent', 'i will be back in a moment']],
    ['an offer', ['agent', 'if you want i will send you the form']],
    ['a refusal', ['agent', 'i will not refund you']],
    ['what others said', ['caller', 'they said they will call me back']],
    ['a doubt', ['caller', 'i hope it will be delivered']],
  ])('takes no promise from %s', (_, line) => {
    expect(textsOf([line], 'promised')).toEqual([]);
  });

  it('takes assurances for promises', () => {
    const said: Said = ['agent', 'yes i am sure i will call you myself when the work is done'];
    expect(textsOf([said], 'promised')).toEqual([said[1]]);
    expect(textsOf([['agent', 'i am not sure i will call you']], 'promised')).toEqual([]);
  });

  it.each<[string, Said]>([
    ['a question', ['agent', 'has the order been cancelled?']],
    ['a condition', ['agent', 'once it has been refunded you will see it']],
    ['what is not done', ['agent', 'it has not been shipped']],
    ['a caller’s account', ['caller', 'i have cancelled it already']],
  ])('takes %s for nothing done', (_, line) => {
    expect(textsOf([line], 'done')).toEqual([]);
  });

  it('says which lines it could not read, and takes only a reason and turning points from them', () => {
    const said: Said[] = [
      ['agent', 'guten tag was kann ich für sie tun'],
      ['caller', 'mein internet geht seit montag nicht'],
      ['agent', 'ich rufe sie morgen zurück'],
    ];
    const { sentences, unreadLines } = recapOf(said, { language: 'de-DE' });
    expect(unreadLines).toBe(3);
    expect(sentences.map(({ section }) => section)).toEqual(['reason', 'ended'].slice(0, sentences.length));
    expect(sentences[0]).toMatchObject({ section: 'reason', seqs: [2] });
  });

  it('shows where the mood turned', () => {
    const scores = [-0.6, -0.5, -0.7, 0.6, 0.7, 0.5];
    const said = scores.map((score, index): Said => ['caller', `line number ${index} of this call`, score]);
    expect(recapOf(said).sentences.find(({ section }) => section === 'moment')).toMatchObject({ seqs: [4] });
  });

  it('quotes what was said and names its line, whatever was said', () => {
    const said = fc.array(
      fc.tuple(
        fc.constantFrom('agent' as const, 'caller' as const, 'mixed' as const),
        fc.oneof(
          hostileText,
          fc.constantFrom(' ', '…', '\n\n', '👍'),
          fc.constantFrom(...broken.map(([, text]) => text)),
        ),
        fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(said, fc.boolean(), fc.integer({ min: 1, max: 30 }), (spoken, isOver, seq) => {
        const lines = spoken.map(([channel, text, score], index) => ({
          seq: index + 1,
          channel,
          text,
          startMs: index,
          score,
        }));
        const { sentences } = extractRecap({ lines, alerts: [{ seq, ruleName: 'A rule', severity: 2 }], isOver });
        expect(sentences.length).toBeLessThanOrEqual(isOver ? MAX_RECAP_SENTENCES : MAX_CATCH_UP_SENTENCES);
        for (const sentence of sentences) {
          expect(recapSentenceSchema.safeParse(sentence).error).toBeUndefined();
          const [line] = lines.filter((each) => each.seq === sentence.seqs[0]);
          expect(line?.text).toContain(sentence.text.replace(/^…|…$/g, ''));
        }
      }),
    );
  });
});
