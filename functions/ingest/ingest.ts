import { isDeepStrictEqual } from 'node:util';
import { advance, foldUtterances } from '#core/judging/fold.ts';
import { isSkipped } from '#core/call/gap.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import type { PeriodicEvent, RelayEvent } from '#core/contracts/events.ts';
import type { Alert } from '#core/alert.ts';
import type { Score } from '#core/sentiment/score.ts';
import { changeCall, type Change, type CallWriterDependencies } from '../call-writer.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { CompiledRules } from '../adapters/rule-table.ts';

/** What ingest needs of the world. */
export interface IngestDependencies extends CallWriterDependencies {
  readonly calls: CallWriterDependencies['calls'] & Pick<CallTable, 'putUtterance' | 'utterancesFrom' | 'utterance'>;
  readonly rules: () => Promise<CompiledRules>;
  readonly score: (text: string) => Score | Promise<Score>;
  readonly now: () => number;
}

/** A relay's events that belong to one call. */
export type CallEvent = Exclude<RelayEvent, PeriodicEvent>;

/** Utterances folded in one write: their alerts must fit in one transaction of the table. */
export const UTTERANCES_A_WRITE = 16;

/**
 * Takes one event of a call into its state. Events may come in any order and any number of times: an utterance
 * is stored once, and whoever stores one folds every utterance that is next in line.
 * @returns the alerts that it raised
 * @throws VersionConflictError when the call is written by others all the time; try again later
 */
export async function ingest(event: CallEvent, dependencies: IngestDependencies): Promise<Alert[]> {
  if (event.type === 'UtteranceTranscribed') {
    await dependencies.calls.putUtterance({
      ...event,
      score: await dependencies.score(event.text),
      ingestedAt: dependencies.now(),
    });
  }
  const rules = await dependencies.rules();
  const raised: Alert[] = [];
  for (;;) {
    const change = await changeCall(
      event.callId,
      async (before) => fold(before, event, rules, dependencies),
      dependencies,
    );
    raised.push(...(change?.alerts ?? []));
    if (!change?.isPartial) return raised;
  }
}

async function fold(
  stored: CallState | undefined,
  event: CallEvent,
  rules: CompiledRules,
  { calls }: IngestDependencies,
): Promise<(Change & { isPartial: boolean }) | undefined> {
  const before = stored ?? initialCall(event);
  // The stored utterance is folded, not the one in hand: a repeat may differ from what was stored first.
  const told = event.type === 'UtteranceTranscribed' ? { state: before, alerts: [] } : advance(before, event, rules);
  const late =
    event.type === 'UtteranceTranscribed' && isSkipped(before.skipped, event.seq)
      ? await calls.utterance(event.callId, event.seq)
      : undefined;
  const waiting = await nextInLine(event, before.nextSeq, calls);
  const heard = foldUtterances(told.state, [...(late ? [late] : []), ...waiting], rules);
  const isKnown = stored !== undefined || event.type !== 'UtteranceTranscribed';
  if (isKnown ? stored && isDeepStrictEqual(heard.state, stored) : heard.state === before) return undefined;
  return {
    state: heard.state,
    alerts: [...told.alerts, ...heard.alerts],
    isPartial: heard.state.nextSeq - before.nextSeq === UTTERANCES_A_WRITE,
  };
}

/** What can be folded next. An event out of turn looks first whether the one that is waited for has come. */
async function nextInLine(
  event: CallEvent,
  nextSeq: number,
  calls: IngestDependencies['calls'],
): Promise<ScoredUtterance[]> {
  const isInTurn = event.type === 'UtteranceTranscribed' && event.seq === nextSeq;
  if (!isInTurn && !(await calls.utterance(event.callId, nextSeq))) return [];
  return calls.utterancesFrom(event.callId, nextSeq, UTTERANCES_A_WRITE);
}
