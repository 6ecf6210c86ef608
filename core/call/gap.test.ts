import { ended, exampleCall, said, tick } from './example-call.ts';
import { evolve } from './evolve.ts';
import { GAP_TIMEOUT_MS, isBehind, overdueGap } from './gap.ts';

const state = evolve(exampleCall, said({ seq: 1 }));
const waiting = [said({ seq: 4 }), said({ seq: 5 })];
const storedAt = waiting[0]?.ingestedAt ?? 0;

describe('a gap', () => {
  it('is found by a tick', () => {
    expect(isBehind(state, tick(10_000, {}, { lastSeq: 1 }))).toBe(false);
    expect(isBehind(state, tick(10_000, {}, { lastSeq: 2 }))).toBe(true);
  });

  it('is skipped when the utterance after it has waited long enough', () => {
    expect(overdueGap(state, waiting, storedAt + GAP_TIMEOUT_MS - 1)).toBeUndefined();
    expect(overdueGap(state, waiting, storedAt + GAP_TIMEOUT_MS)).toEqual({ type: 'GapSkipped', toSeq: 4 });
  });

  it('is none where the next utterance is stored', () => {
    expect(overdueGap(state, [said({ seq: 2 })], storedAt + GAP_TIMEOUT_MS)).toBeUndefined();
    expect(overdueGap(state, [], storedAt + GAP_TIMEOUT_MS)).toBeUndefined();
  });

  it('at the end of a call is skipped when the call ended long enough ago', () => {
    const over = evolve(state, ended(60_000, 3));
    const endedAt = over.endedAt ?? 0;
    expect(overdueGap(over, [], endedAt + GAP_TIMEOUT_MS - 1)).toBeUndefined();
    expect(overdueGap(over, [], endedAt + GAP_TIMEOUT_MS)).toEqual({ type: 'GapSkipped', toSeq: 4 });
    expect(overdueGap(evolve(state, ended(60_000, 1)), [], endedAt + GAP_TIMEOUT_MS)).toBeUndefined();
  });

  it('is kept in the state among the newest 50', () => {
    const many = Array.from({ length: 60 }, (_, at) => at * 2 + 3).reduce(
      (before, toSeq) => evolve(evolve(before, { type: 'GapSkipped', toSeq }), said({ seq: toSeq })),
      state,
    );
    expect(many.skipped).toHaveLength(50);
    expect(many.skipped.at(-1)).toEqual([120, 120]);
  });
});
