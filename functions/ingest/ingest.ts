import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { identityOf, isSameUtterance, MAX_CONFLICTS } from '#core/call/conflict.ts';
import { advance, ALERTS_A_WRITE, foldUtterances } from '#core/judging/fold.ts';
import { isSkipped } from '#core/call/gap.ts';
import { mayReport, ownedBy } from '#core/call/ownership.ts';
import { requireReachableSeq } from '#core/call/plausible.ts';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import type { PeriodicEvent, RelayEvent } from '#core/contracts/events.ts';
import { RefusedEventError } from '#core/contracts/relay-identity.ts';
import type { Alert } from '#core/alert.ts';
import { withFirstContributions, type Score } from '#core/sentiment/score.ts';
import { changeCall, type CallChange, type CallWriterDependencies } from '../call-writer.ts';
import { VersionConflictError, type CallTable } from '../adapters/call-table.ts';
import type { CompiledRules } from '#core/rules/compile.ts';

/** What {@link ingest} depends on. */
export interface IngestDependencies extends CallWriterDependencies {
  readonly calls: CallWriterDependencies['calls'] &
    Pick<CallTable, 'putUtterance' | 'conflictCount' | 'utterancesFrom' | 'utterance'>;
  readonly rules: () => Promise<CompiledRules>;
  /** Undefined for a text in a language that is not scored. */
  readonly score: (text: string, tag: string | undefined) => Score | undefined | Promise<Score | undefined>;
  readonly now: () => number;
  /** Called with each utterance whose seq another one has; an alarm counts them. */
  readonly onConflict: (utterance: ScoredUtterance) => void;
}

/** The events of a relay that concern one call. */
export type RelayCallEvent = Exclude<RelayEvent, PeriodicEvent>;

/** Utterances folded in one write, at most. */
export const UTTERANCES_A_WRITE = 16;

/**
 * Folds one event of a call into its state. Events may arrive in any order and any number of times: each utterance is
 * stored once, and storing one folds all that are next in order.
 * @returns the alerts that were raised
 * @throws RefusedEventError where the call belongs to another relay
 * @throws ImplausibleEventError where the call cannot have reached the event's seq
 * @throws VersionConflictError if the call is written concurrently again and again; retry later
 */
export async function ingest(event: RelayCallEvent, dependencies: IngestDependencies): Promise<Alert[]> {
  await requireFitting(event, dependencies.calls);
  if (event.type === 'UtteranceTranscribed') {
    const score = await dependencies.score(event.text, event.language?.tag);
    const scored = { ...event, ...(score && { score: withFirstContributions(score) }) };
    await store({ ...scored, ingestedAt: dependencies.now() }, dependencies);
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

/** Of two utterances under one seq both are kept: the first in its place, the other beside it. */
async function store(utterance: ScoredUtterance, { calls, onConflict }: IngestDependencies): Promise<void> {
  if (await calls.putUtterance(utterance)) return;
  const { callId, seq } = utterance;
  const first = await calls.utterance(callId, seq);
  if (!first) throw new VersionConflictError('The utterance was written concurrently');
  if (isSameUtterance(first, utterance)) return;
  const conflict = createHash('sha256').update(identityOf(utterance)).digest('hex').slice(0, 16);
  const hasRoom = (await calls.conflictCount(callId)) < MAX_CONFLICTS;
  if (!hasRoom || (await calls.putUtterance({ ...utterance, conflict }))) onConflict(utterance);
}

/**
 * Refuses what cannot be of its call before it is stored: an utterance under another relay's seq would keep out the
 * relay's own.
 */
async function requireFitting(event: RelayCallEvent, calls: IngestDependencies['calls']): Promise<void> {
  const stored = await calls.load(event.callId);
  requireOwn(stored, event);
  const seq = event.type === 'UtteranceTranscribed' ? event.seq : event.type === 'CallEnded' ? event.lastSeq : 0;
  requireReachableSeq(seq, stored?.nextSeq ?? 1);
}

/** Checked again on each state that is changed: another relay's event may have come first. */
function requireOwn(stored: CallState | undefined, event: RelayCallEvent): void {
  if (stored && !mayReport(stored, event)) throw new RefusedEventError('the call belongs to another relay');
}

async function fold(
  stored: CallState | undefined,
  event: RelayCallEvent,
  rules: CompiledRules,
  { calls }: IngestDependencies,
): Promise<(CallChange & { isPartial: boolean }) | undefined> {
  requireOwn(stored, event);
  const before = stored ? ownedBy(stored, event.relayId) : initialCall(event);
  // The stored utterance is folded, not this one: a repeat may differ from what was stored first.
  const applied = event.type === 'UtteranceTranscribed' ? { state: before, alerts: [] } : advance(before, event, rules);
  const late =
    event.type === 'UtteranceTranscribed' && isSkipped(before.skipped, event.seq)
      ? await calls.utterance(event.callId, event.seq)
      : undefined;
  const waiting = await nextInOrder(event, before.nextSeq, calls);
  const folded = foldUtterances(applied.state, [...(late ? [late] : []), ...waiting], rules, ALERTS_A_WRITE);
  const isKnown = stored !== undefined || event.type !== 'UtteranceTranscribed';
  if (isKnown ? stored && isDeepStrictEqual(folded.state, stored) : folded.state === before) return undefined;
  return {
    state: folded.state,
    alerts: [...applied.alerts, ...folded.alerts],
    isPartial: folded.state.nextSeq - before.nextSeq === UTTERANCES_A_WRITE || folded.alerts.length >= ALERTS_A_WRITE,
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
