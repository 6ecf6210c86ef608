import { described, ended, exampleCall, said, started } from './example-call.ts';
import { evolve, type CallEvent } from './evolve.ts';

const fold = (...events: CallEvent[]) => events.reduce(evolve, exampleCall);

describe('evolve', () => {
  it('knows the engine from the start of the call', () => {
    expect(fold(started('deepgram')).engine).toBe('deepgram');
  });

  it('counts what each side said', () => {
    const { channels, nextSeq } = fold(
      said({
        seq: 1,
        channel: 'agent',
        text: 'Good morning, how can I help?',
        startMs: 0,
        endMs: 2_500,
        compound: 0.4,
      }),
      said({ seq: 2, channel: 'caller', text: 'It is broken', compound: -0.5 }),
      said({ seq: 3, channel: 'caller', text: 'still', compound: 0 }),
    );
    expect(nextSeq).toBe(4);
    expect(channels.agent).toEqual({ utterances: 1, words: 6, speechMs: 2_500, positive: 1, neutral: 0, negative: 0 });
    expect(channels.caller).toEqual({ utterances: 2, words: 4, speechMs: 2_000, positive: 0, neutral: 1, negative: 1 });
  });

  it('leaves an utterance that is not the next one alone', () => {
    const state = fold(said({ seq: 1 }));
    expect(evolve(state, said({ seq: 3 }))).toBe(state);
    expect(evolve(state, said({ seq: 1 }))).toBe(state);
  });

  it('takes the mood from the customer alone', () => {
    const { mood, consecutiveNegative } = fold(
      said({ seq: 1, channel: 'caller', compound: -0.5 }),
      said({ seq: 2, channel: 'agent', compound: 0.9 }),
      said({ seq: 3, channel: 'mixed', compound: -0.7 }),
    );
    expect(mood.rolling).toBeCloseTo(-0.6);
    expect(mood.trend).toBeCloseTo(-0.1);
    expect(consecutiveNegative).toBe(2);
  });

  it('forgets moods older than the window', () => {
    const { mood } = fold(...[1, -1, -1, -1, -1, -1].map((compound, at) => said({ seq: at + 1, compound })));
    expect(mood.rolling).toBe(-1);
  });

  it('starts counting negatives anew after another word', () => {
    const compounds = [-0.5, -0.5, 0.1, -0.5];
    expect(fold(...compounds.map((compound, at) => said({ seq: at + 1, compound }))).consecutiveNegative).toBe(1);
  });

  it('keeps the newest of each field of metadata, whichever comes last', () => {
    const early = described({ campaign: 'SALES', queue: 'one' }, 100);
    const late = described({ campaign: 'RETENTION' }, 200);
    expect(fold(early, late).metadata).toEqual({ campaign: 'RETENTION', queue: 'one' });
    expect(fold(late, early)).toEqual(fold(early, late));
  });

  it('ends', () => {
    const state = fold(ended(90_000, 0));
    expect(state).toMatchObject({ status: 'ended', endReason: 'hangup', endedAt: exampleCall.startedAt + 90_000 });
  });

  it('is ended by its relay even where it was given up before', () => {
    const [lost, hangup] = [ended(99_000, 0, 'lost'), ended(90_000, 0)];
    expect(fold(lost).status).toBe('lost');
    expect(fold(lost, hangup)).toMatchObject({ status: 'ended', endReason: 'hangup' });
    expect(fold(hangup, lost)).toEqual(fold(lost, hangup));
  });
});
