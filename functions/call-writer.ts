import { isOver, recordOf } from '#core/call/record.ts';
import type { CallState } from '#core/call/state.ts';
import type { Alert } from '#core/alert.ts';
import { VersionConflictError, type CallTable } from './adapters/call-table.ts';

/** What {@link changeCall} depends on. */
export interface CallWriterDependencies {
  readonly calls: Pick<CallTable, 'load' | 'save' | 'detail'>;
  /** Waits before the n-th retry (from 1) after a version conflict. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** The next state of a call, and the alerts that are new or changed with it. */
export interface CallChange {
  readonly state: CallState;
  readonly alerts: readonly Alert[];
}

const ATTEMPTS = 12;

/**
 * Changes a call: loads its state, computes the next one, and saves it with its alerts; retries after a version
 * conflict. A call that is over is written to the history too.
 * @param compute the change from the stored state, undefined for an unknown call; returns undefined to change nothing
 * @returns what was written
 * @throws VersionConflictError if the call is written concurrently again and again; retry later
 */
export async function changeCall<C extends CallChange>(
  callId: string,
  compute: (before: CallState | undefined) => Promise<C | undefined>,
  { calls, pause }: CallWriterDependencies,
): Promise<C | undefined> {
  for (let attempt = 1; ; attempt++) {
    const before = await calls.load(callId);
    const change = await compute(before);
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

async function historyOf({ state, alerts }: CallChange, calls: CallWriterDependencies['calls']) {
  const stored = await calls.detail(state.callId);
  return recordOf(state, stored?.utterances ?? [], [...(stored?.alerts ?? []), ...alerts]);
}
