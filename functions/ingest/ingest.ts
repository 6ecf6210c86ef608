import { isDeepStrictEqual } from 'node:util';
import { evolve } from '#core/call/evolve.ts';
import { foldUtterances } from '#core/call/fold.ts';
import { initialCall } from '#core/call/state.ts';
import type { CallsTicked, RelayEvent } from '#core/events.ts';
import type { Alert } from '#core/rules/alert.ts';
import type { Score } from '#core/sentiment/score.ts';
import { VersionConflictError, type CallTable } from '../adapters/call-table.ts';
import type { CompiledRules } from '../adapters/rule-table.ts';

/** What ingest needs of the world. */
export interface Peers {
  readonly calls: Pick<CallTable, 'putUtterance' | 'load' | 'utterancesFrom' | 'save'>;
  readonly rules: () => Promise<CompiledRules>;
  readonly score: (text: string) => Score;
  readonly now: () => number;
  /** Waits before the n-th further attempt (from 1) after another wrote the same call. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** A relay's events that belong to one call. */
export type CallEvent = Exclude<RelayEvent, CallsTicked>;

const ATTEMPTS = 12;

/**
 * Takes one event of a call into its state. Events may come in any order and any number of times: an utterance
 * is stored once, and whoever stores one folds every utterance that is next in line.
 * @returns the alerts that it raised
 * @throws VersionConflictError when the call is written by others all the time; try again later
 */
export async function ingest(event: CallEvent, peers: Peers): Promise<Alert[]> {
  const { calls } = peers;
  if (event.type === 'UtteranceTranscribed') {
    await calls.putUtterance({ ...event, score: peers.score(event.text), ingestedAt: peers.now() });
  }
  const rules = await peers.rules();
  for (let attempt = 1; ; attempt++) {
    const before = (await calls.load(event.callId)) ?? initialCall(event);
    // The stored utterance is folded, not the one in hand: a repeat may differ from what was stored first.
    const described = event.type === 'UtteranceTranscribed' ? before : evolve(before, event);
    const waiting = await calls.utterancesFrom(event.callId, before.nextSeq);
    const { state, alerts } = foldUtterances(described, waiting, rules);
    if (before.version > 0 && isDeepStrictEqual(state, before)) return [];
    if (before.version === 0 && event.type === 'UtteranceTranscribed' && state === before) return [];
    try {
      await calls.save({ ...state, version: before.version + 1 }, alerts);
      return alerts;
    } catch (error) {
      if (!(error instanceof VersionConflictError) || attempt === ATTEMPTS) throw error;
      await peers.pause(attempt);
    }
  }
}
