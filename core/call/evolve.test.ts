import type { Level, RuleKind } from '../alert.ts';
import { described, ended, exampleAlert, exampleCall, said, started, tick } from './example-call.ts';
import { evolve, type CallEvent } from './evolve.ts';

const raised = (alertId: string, level: Level, kind: RuleKind = 'alert'): CallEvent => ({
  type: 'AlertRaised',
  alert: { ...exampleAlert, alertId, level, kind },
});
const fold = (...events: CallEvent[]) => events.reduce(evolve, exampleCall);

describe('evolve', () => {
  it('takes the engine from CallStarted', () => {
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

  it('ignores an utterance that is not the next in order', () => {
    const state = fold(said({ seq: 1 }));
    expect(evolve(state, said({ seq: 3 }))).toBe(state);
    expect(evolve(state, said({ seq: 1 }))).toBe(state);
  });

  it('computes the mood from the customer’s utterances alone', () => {
    const { mood, consecutiveNegative } = fold(
      said({ seq: 1, channel: 'caller', compound: -0.5 }),
      said({ seq: 2, channel: 'agent', compound: 0.9 }),
      said({ seq: 3, channel: 'mixed', compound: -0.7 }),
    );
    expect(mood.rolling).toBeCloseTo(-0.6);
    expect(mood.trend).toBeCloseTo(-0.1);
    expect(consecutiveNegative).toBe(2);
  });

  it('drops scores older than the window', () => {
    const { mood } = fold(...[1, -1, -1, -1, -1, -1].map((compound, at) => said({ seq: at + 1, compound })));
    expect(mood.rolling).toBe(-1);
  });

  it('restarts the count of negatives after any other utterance', () => {
    const compounds = [-0.5, -0.5, 0.1, -0.5];
    expect(fold(...compounds.map((compound, at) => said({ seq: at + 1, compound }))).consecutiveNegative).toBe(1);
  });

  it('keeps the newest value of each field of metadata in any order of arrival', () => {
    const early = described({ campaign: 'SALES', queue: 'one' }, 100);
    const late = described({ campaign: 'RETENTION' }, 200);
    expect(fold(early, late).metadata).toEqual({ campaign: 'RETENTION', queue: 'one' });
    expect(fold(late, early)).toEqual(fold(early, late));
  });

  it('applies metadata that the dialler reports after the end', () => {
    const late = described({ disposition: 'SALE', recordingUrl: 'https://rec.example/1.mp3' }, 95_000);
    const over = fold(described({ campaign: 'SALES' }, 100), ended(90_000, 0), late);
    expect(over).toMatchObject({ status: 'ended', metadata: { campaign: 'SALES', disposition: 'SALE' } });
    expect(fold(late, ended(90_000, 0), described({ campaign: 'SALES' }, 100))).toEqual(over);
  });

  it('ends', () => {
    const state = fold(ended(90_000, 0));
    expect(state).toMatchObject({ status: 'ended', endReason: 'hangup', endedAt: exampleCall.startedAt + 90_000 });
  });

  it('lets the relay’s CallEnded replace an end as lost', () => {
    const [lost, hangup] = [ended(99_000, 0, 'lost'), ended(90_000, 0)];
    expect(fold(lost).status).toBe('lost');
    expect(fold(lost, hangup)).toMatchObject({ status: 'ended', endReason: 'hangup' });
    expect(fold(hangup, lost)).toEqual(fold(lost, hangup));
  });

  it('is live again when a later tick arrives after it ended as lost', () => {
    const lost = ended(90_000, 0, 'lost');
    const ticked = (atMs: number): CallEvent => ({ type: 'CallTicked', tick: tick(atMs) });
    expect(fold(lost, started()).status).toBe('lost');
    expect(fold(lost, ticked(89_999)).status).toBe('lost');
    expect(fold(lost, ticked(90_000))).toEqual(fold(ticked(90_000)));
    expect(fold(ticked(90_000)).status).toBe('live');
    expect(fold(ticked(90_000), lost)).toEqual(fold(lost, ticked(90_000)));
    expect(fold(ticked(90_000), ended(99_000, 0, 'lost')).status).toBe('lost');
  });

  it('takes its health from the newest tick', () => {
    const [early, late] = [tick(5_000, { lastAudioAgeMs: 20_000 }), tick(10_000)];
    const health = { atMs: 10_000, legs: { caller: 'heard' } };
    expect(fold({ type: 'CallTicked', tick: early }, { type: 'CallTicked', tick: late }).health).toEqual(health);
    expect(fold({ type: 'CallTicked', tick: late }, { type: 'CallTicked', tick: early }).health).toEqual(health);
  });

  it('continues after a skipped gap', () => {
    const state = fold(said({ seq: 1 }), { type: 'GapSkipped', toSeq: 4 }, said({ seq: 4 }));
    expect(state).toMatchObject({ nextSeq: 5, skipped: [[2, 3]] });
    expect(fold(said({ seq: 1 }), { type: 'GapSkipped', toSeq: 2 }).skipped).toEqual([]);
  });

  it('counts a late utterance of a skipped gap once, without changing the mood', () => {
    const gap: CallEvent[] = [said({ seq: 1, compound: 0.5 }), { type: 'GapSkipped', toSeq: 4 }];
    const late = said({ seq: 2, text: 'two words', compound: -0.9 });
    const state = fold(...gap, said({ seq: 4 }), late);
    expect(state).toMatchObject({ nextSeq: 5, skipped: [[3, 3]], consecutiveNegative: 0 });
    expect(state.channels.caller).toMatchObject({ utterances: 3, negative: 1 });
    expect(state.lastUtterance?.seq).toBe(4);
    expect(state.mood).toEqual(fold(...gap, said({ seq: 4 })).mood);
    expect(evolve(state, late)).toBe(state);
  });

  it('keeps the end of a long last utterance', () => {
    const text = `${'very '.repeat(100)}long`;
    const shown = fold(said({ seq: 1, text })).lastUtterance?.text ?? '';
    expect(shown).toMatch(/^…(very )+long$/);
    expect(shown.length).toBeLessThan(170);
  });

  it('keeps the most severe of many open alerts, whatever their order', () => {
    const alerts = Array.from({ length: 150 }, (_, at) => raised(`rule~${at}`, at % 50 === 0 ? 'critical' : 'warning'));
    const [one, other] = [fold(...alerts), fold(...alerts.toReversed())];
    expect(one).toEqual(other);
    expect(one.alertCount).toBe(150);
    expect(Object.values(one.openAlerts)).toHaveLength(50);
    expect(Object.values(one.openAlerts).filter((level) => level === 'critical')).toHaveLength(3);
  });

  it.each([
    ['alert', 1],
    ['health', 1],
    ['compliance', 0],
    ['coaching', 0],
  ] as const)('counts an alert of kind %s as %d immediate, and records that its rule fired', (kind, counted) => {
    const state = fold(raised('refund~1', 'critical', kind));
    expect(Object.keys(state.openAlerts)).toHaveLength(counted);
    expect(state.alertCount).toBe(counted);
    expect(state.lastFired).toHaveProperty('refund');
    const reopened: CallEvent = { type: 'AlertUpdated', alert: { ...exampleAlert, kind } };
    expect(Object.keys(evolve(state, reopened).openAlerts)).toHaveLength(counted);
  });

  it('sums lost audio', () => {
    const utterance = { ...said({ seq: 1 }), gapBeforeMs: 1_500 };
    expect(fold(utterance, { ...said({ seq: 2 }), gapBeforeMs: 500 }).lostAudioMs).toBe(2_000);
  });
});
