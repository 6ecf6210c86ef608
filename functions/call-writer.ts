import { isOver, recordOf } from '#core/call/record.ts';
import type { CallState } from '#core/call/state.ts';
import type { Alert } from '#core/alert.ts';
import { VersionConflictError, type CallTable } from './adapters/call-table.ts';

/** What a change needs of the world. */
export interface CallWriterDependencies {
  readonly calls: Pick<CallTable, 'load' | 'save' | 'detail'>;
  /** Waits before the n-th further attempt (from 1) after another wrote the same call. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** A call as it is to be, and the alerts that are new or changed with it. */
export interface Change {
  readonly state: CallState;
  readonly alerts: readonly Alert[];
}

const ATTEMPTS = 12;

/**
 * Changes a call: reads its state, works out the next, and writes it with its alerts unless somebody else wrote
 * meanwhile; then all over again. A call that is over is written to the history with it.
 * @param work out of the stored state, which is undefined for an unknown call; undefined changes nothing
 * @returns what was written
 * @throws VersionConflictError when the call is written by others all the time; try again later
 */
export async function changeCall<C extends Change>(
  callId: string,
  work: (before: CallState | undefined) => Promise<C | undefined>,
  { calls, pause }: CallWriterDependencies,
): Promise<C | undefined> {
  for (let attempt = 1; ; attempt++) {
    const before = await calls.load(callId);
    const change = await work(before);
    if (!change) return undefined;
    const state = { ...change.state, version: (before?.version ?? 0) + 1 };
    const record = isOver(state) ? await historyOf(change, calls) : undefined;
    try {
      await calls.save(state, change.alerts, record && { ...record, formerStartedAt: before?.startedAt });
      return change;
    } catch (error) {
      if (!(error instanceof VersionConflictError) || attempt === ATTEMPTS) throw error;
      await pause(attempt);
    }
  }
}

async function historyOf({ state, alerts }: Change, calls: CallWriterDependencies['calls']) {
  const stored = await calls.detail(state.callId);
  return recordOf(state, stored?.utterances ?? [], [...(stored?.alerts ?? []), ...alerts]);
}
