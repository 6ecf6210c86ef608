import { advance, foldUtterances, isWorthStoring, type Fold } from '#core/judging/fold.ts';
import { isBehind, overdueGap } from '#core/call/gap.ts';
import { initialCall, type CallState } from '#core/call/state.ts';
import type { CallTick } from '#core/call/events.ts';
import { changeCall, type Change, type CallWriterDependencies } from '../call-writer.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { CompiledRules } from '../adapters/rule-table.ts';

/** What folding needs of the world. */
export interface FoldTicksDependencies extends CallWriterDependencies {
  readonly calls: CallWriterDependencies['calls'] & Pick<CallTable, 'utterancesFrom' | 'states'>;
  readonly rules: CompiledRules;
  readonly now: () => number;
}

/** No call is live for longer. */
export const CALL_AGE_LIMIT_MS = 2 * 3_600_000;

/** As many before a gap and after it as one write can hold the alerts of; the next tick folds the next ones. */
const UTTERANCES_AT_ONCE = 8;

/**
 * Takes a relay's report into its calls: their health, what time alone sets off, and what is to be given up. Only
 * calls of which it says something new are written.
 * @returns how many were
 */
export async function foldTicks(ticks: readonly CallTick[], dependencies: FoldTicksDependencies): Promise<number> {
  const states = await dependencies.calls.states(ticks.map(({ callId }) => callId));
  const known = new Map(states.map((state) => [state.callId, state]));
  const telling = ticks.filter((tick) => tellsSomething(tick, known.get(tick.callId), dependencies.rules));
  const changes = await Promise.all(
    telling.map(async (tick) =>
      changeCall(
        tick.callId,
        async (before) =>
          settle(tick.callId, before, dependencies, (state) => advance(state, ofTick(tick), dependencies.rules)),
        dependencies,
      ),
    ),
  );
  return changes.filter((change) => change !== undefined).length;
}

/** Gives up what a call has waited for in vain; of use where no tick will come any more. */
export async function skipOverdue(callId: string, dependencies: FoldTicksDependencies): Promise<void> {
  await changeCall(callId, async (before) => settle(callId, before, dependencies), dependencies);
}

const ofTick = (tick: CallTick) => ({ type: 'CallTicked' as const, tick });

/** A call that is not known may have utterances waiting: the event of its start was lost. */
function tellsSomething(tick: CallTick, state: CallState | undefined, rules: CompiledRules): boolean {
  if (tick.atMs > CALL_AGE_LIMIT_MS) return false;
  if (!state) return tick.lastSeq > 0;
  return isBehind(state, tick) || isWorthStoring(state, advance(state, ofTick(tick), rules).state);
}

/** Folds what waits, gives up what is overdue and goes on, as far as one write can hold. */
async function settle(
  callId: string,
  stored: CallState | undefined,
  { calls, rules, now }: FoldTicksDependencies,
  then: (state: CallState) => Fold = (state) => ({ state, alerts: [] }),
): Promise<Change | undefined> {
  const waiting = await calls.utterancesFrom(callId, stored?.nextSeq ?? 1, 2 * UTTERANCES_AT_ONCE);
  const before = stored ?? (waiting[0] && initialCall(waiting[0]));
  if (!before) return undefined;
  const folds: Fold[] = [];
  const last = () => folds.at(-1)?.state ?? before;
  const hear = () => {
    const next = waiting.filter(({ seq }) => seq >= last().nextSeq).slice(0, UTTERANCES_AT_ONCE);
    folds.push(foldUtterances(last(), next, rules));
  };
  hear();
  const stillWaiting = waiting.filter(({ seq }) => seq >= last().nextSeq);
  const gap = overdueGap(last(), stillWaiting, now());
  if (gap) {
    folds.push(advance(last(), gap, rules));
    hear();
  }
  folds.push(then(last()));
  if (stored && !isWorthStoring(stored, last())) return undefined;
  return { state: last(), alerts: folds.flatMap(({ alerts }) => alerts) };
}
