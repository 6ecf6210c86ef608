import { isDeepStrictEqual } from 'node:util';
import { advance, foldUtterances } from '#core/judging/fold.ts';
import { isSkipped } from '#core/call/gap.ts';
import { MAX_SEQ_JUMP, requireReachableSeq } from '#core/call/plausible.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import type { PeriodicEvent, RelayEvent } from '#core/contracts/events.ts';
import type { Alert } from '#core/alert.ts';
import type { Score } from '#core/sentiment/score.ts';
import { changeCall, type CallChange, type CallWriterDependencies } from '../call-writer.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { CompiledRules } from '#core/rules/compile.ts';

/** What {@link ingest} depends on. */
export interface IngestDependencies extends CallWriterDependencies {
  readonly calls: CallWriterDependencies['calls'] & Pick<CallTable, 'putUtterance' | 'utterancesFrom' | 'utterance'>;
  readonly rules: () => Promise<CompiledRules>;
  readonly score: (text: string) => Score | Promise<Score>;
  readonly now: () => number;
}

/** The events of a relay that concern one call. */
export type RelayCallEvent = Exclude<RelayEvent, PeriodicEvent>;

/** Utterances folded in one write: their alerts must fit in one DynamoDB transaction. */
export const UTTERANCES_A_WRITE = 16;

/**
 * Folds one event of a call into its state. Events may arrive in any order and any number of times: each utterance is
 * stored once, and storing one folds all that are next in order.
 * @returns the alerts that were raised
 * @throws ImplausibleEventError where the call cannot have reached the event's seq
 * @throws VersionConflictError if the call is written concurrently again and again; retry later
 */
export async function ingest(event: RelayCallEvent, dependencies: IngestDependencies): Promise<Alert[]> {
  await requireReachable(event, dependencies.calls);
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

/** Only long calls are looked up: no other can be too far behind. */
async function requireReachable(event: RelayCallEvent, calls: IngestDependencies['calls']): Promise<void> {
  const seq = event.type === 'UtteranceTranscribed' ? event.seq : event.type === 'CallEnded' ? event.lastSeq : 0;
  if (seq <= MAX_SEQ_JUMP) return;
  requireReachableSeq(seq, (await calls.load(event.callId))?.nextSeq ?? 1);
}

async function fold(
  stored: CallState | undefined,
  event: RelayCallEvent,
  rules: CompiledRules,
  { calls }: IngestDependencies,
): Promise<(CallChange & { isPartial: boolean }) | undefined> {
  const before = stored ?? initialCall(event);
  // The stored utterance is folded, not this one: a repeat may differ from what was stored first.
  const applied = event.type === 'UtteranceTranscribed' ? { state: before, alerts: [] } : advance(before, event, rules);
  const late =
    event.type === 'UtteranceTranscribed' && isSkipped(before.skipped, event.seq)
      ? await calls.utterance(event.callId, event.seq)
      : undefined;
  const waiting = await nextInOrder(event, before.nextSeq, calls);
  const folded = foldUtterances(applied.state, [...(late ? [late] : []), ...waiting], rules);
  const isKnown = stored !== undefined || event.type !== 'UtteranceTranscribed';
  if (isKnown ? stored && isDeepStrictEqual(folded.state, stored) : folded.state === before) return undefined;
  return {
    state: folded.state,
    alerts: [...applied.alerts, ...folded.alerts],
    isPartial: folded.state.nextSeq - before.nextSeq === UTTERANCES_A_WRITE,
  };
}

/** The utterances to fold next. For an event out of order, first checks whether the missing one has arrived. */
async function nextInOrder(
  event: RelayCallEvent,
  nextSeq: number,
  calls: IngestDependencies['calls'],
): Promise<ScoredUtterance[]> {
  const isInTurn = event.type === 'UtteranceTranscribed' && event.seq === nextSeq;
  if (!isInTurn && !(await calls.utterance(event.callId, nextSeq))) return [];
  return calls.utterancesFrom(event.callId, nextSeq, UTTERANCES_A_WRITE);
}
