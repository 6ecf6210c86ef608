import { advance, ALERTS_A_WRITE, foldUtterances, isWorthStoring, type Fold } from '#core/judging/fold.ts';
import { isCallIdOf } from '#core/ids.ts';
import type { RelayIdentity } from '#core/contracts/relay-identity.ts';
import { isBehind, overdueGap } from '#core/call/gap.ts';
import { initialCall, type CallState } from '#core/call/state.ts';
import { MAX_CALL_MS } from '#core/fields.ts';
import type { CallTick } from '#core/call/events.ts';
import { changeCall, type CallChange, type CallWriterDependencies } from '../call-writer.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { CompiledRules } from '#core/rules/compile.ts';

/** What {@link foldTicks} depends on. */
export interface FoldTicksDependencies extends CallWriterDependencies {
  readonly calls: CallWriterDependencies['calls'] & Pick<CallTable, 'utterancesFrom'>;
  readonly rules: CompiledRules;
  readonly now: () => number;
}

/** Utterances folded before a gap, and after it. The next tick folds more. */
const UTTERANCES_AT_ONCE = 8;

/** A relay's ticks, by whether it may report on their calls. */
export interface SortedTicks {
  readonly own: readonly CallTick[];
  /** Of calls that belong to another relay. */
  readonly foreign: readonly CallTick[];
  /** The states of `own`, of calls that are known. */
  readonly known: ReadonlyMap<string, CallState>;
}

/** Sorts a relay's ticks by whether it may report on their calls; of a call that is not yet stored it may. */
export async function sortTicks(
  { relayId, pbx }: RelayIdentity,
  ticks: readonly CallTick[],
  calls: Pick<CallTable, 'states'>,
): Promise<SortedTicks> {
  const states = await calls.states(ticks.map(({ callId }) => callId));
  const known = new Map(states.map((state) => [state.callId, state]));
  const isOwn = ({ callId }: CallTick) =>
    isCallIdOf(pbx, callId) && (known.get(callId)?.relayId ?? relayId) === relayId;
  return { own: ticks.filter(isOwn), foreign: ticks.filter((tick) => !isOwn(tick)), known };
}

/**
 * Folds a relay's report into its calls: their health, the alerts that time alone raises, and overdue gaps. Only calls
 * that it changes are written.
 * @returns how many were written
 * @throws AggregateError of the calls that failed, after all others were folded
 */
export async function foldTicks(
  relayId: string,
  { own, known }: Pick<SortedTicks, 'own' | 'known'>,
  dependencies: FoldTicksDependencies,
): Promise<number> {
  const relevant = own.filter((tick) => mayChange(tick, known.get(tick.callId), dependencies.rules));
  const changes = await Promise.allSettled(
    relevant.map(async (tick) =>
      changeCall(
        tick.callId,
        async (before) =>
          foldWaiting(tick.callId, before, dependencies, (state) => {
            // Known only now if its first event came meanwhile, or waited for another.
            if (state.relayId !== relayId) return { state, alerts: [] };
            return advance(state, ofTick(tick), dependencies.rules);
          }),
        dependencies,
      ),
    ),
  );
  const failures = changes.flatMap((change) => (change.status === 'rejected' ? [change.reason as unknown] : []));
  // Each call by itself: the others are folded by now, and folding them again changes nothing.
  if (failures.length > 0) throw failuresOf(failures, 'calls of a tick were not folded');
  return changes.filter((change) => change.status === 'fulfilled' && change.value !== undefined).length;
}

/** One error for what failed by itself; a dead-letter queue keeps its message alone, so that says of which kinds they are. */
export function failuresOf(failures: readonly unknown[], what: string): AggregateError {
  const kinds = new Set(failures.map((failure) => (failure instanceof Error ? failure.name : typeof failure)));
  return new AggregateError(failures, `${failures.length} ${what}: ${[...kinds].join(', ')}`);
}

/** Skips the overdue gaps of a call that will get no more ticks. */
export async function skipOverdue(callId: string, dependencies: FoldTicksDependencies): Promise<void> {
  await changeCall(callId, async (before) => foldWaiting(callId, before, dependencies), dependencies);
}

const ofTick = (tick: CallTick) => ({ type: 'CallTicked' as const, tick });

/** Whether a tick may change its call. An unknown call may have utterances waiting, if its start was lost. */
function mayChange(tick: CallTick, state: CallState | undefined, rules: CompiledRules): boolean {
  if (tick.atMs > MAX_CALL_MS) return false;
  if (!state) return tick.lastSeq > 0;
  return isBehind(state, tick) || isWorthStoring(state, advance(state, ofTick(tick), rules).state);
}

/** Folds the waiting utterances, skips an overdue gap and continues after it, as far as one write can hold. */
async function foldWaiting(
  callId: string,
  stored: CallState | undefined,
  { calls, rules, now }: FoldTicksDependencies,
  then: (state: CallState) => Fold = (state) => ({ state, alerts: [] }),
): Promise<CallChange | undefined> {
  const waiting = await calls.utterancesFrom(callId, stored?.nextSeq ?? 1, 2 * UTTERANCES_AT_ONCE);
  const before = stored ?? (waiting[0] && initialCall(waiting[0]));
  if (!before) return undefined;
  const folds: Fold[] = [];
  const last = () => folds.at(-1)?.state ?? before;
  const foldNext = () => {
    const next = waiting.filter(({ seq }) => seq >= last().nextSeq).slice(0, UTTERANCES_AT_ONCE);
    // One write must hold the alerts of both.
    const raised = folds.reduce((sum, { alerts }) => sum + alerts.length, 0);
    folds.push(foldUtterances(last(), next, rules, ALERTS_A_WRITE - raised));
  };
  foldNext();
  const stillWaiting = waiting.filter(({ seq }) => seq >= last().nextSeq);
  const gap = overdueGap(last(), stillWaiting, now());
  if (gap) {
    folds.push(advance(last(), gap, rules));
    foldNext();
  }
  folds.push(then(last()));
  if (stored && !isWorthStoring(stored, last())) return undefined;
  return { state: last(), alerts: folds.flatMap(({ alerts }) => alerts) };
}
