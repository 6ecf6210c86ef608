import { useAsyncState, useIntervalFn } from '@vueuse/core';
import { shallowRef, watch, type ShallowRef, type WatchSource } from 'vue';
import { ApiError } from './api-error.ts';
import { onReturn, useAway } from './away.ts';
import { sessionMessages } from './messages.ts';

/** An answer of the API, and how the asking goes. */
export interface Fetched<T> {
  readonly data: Readonly<ShallowRef<T | undefined>>;
  readonly isLoading: Readonly<ShallowRef<boolean>>;
  /** For a person; empty while all is well. */
  readonly problem: Readonly<ShallowRef<string>>;
  reload: () => Promise<void>;
}

/**
 * Asks now, and again whenever `sources` change; a late answer to an earlier question is dropped.
 * What could not be fetched is fetched again once the server is back.
 * @param everyMs also ask so often
 */
export function useFetched<T>(ask: () => Promise<T>, sources: WatchSource[] = [], everyMs?: number): Fetched<T> {
  const question = { immediate: false, resetOnExecute: false, onError: () => undefined };
  const { state: data, isLoading, error, execute } = useAsyncState<T | undefined>(ask, undefined, question);
  const problem = shallowRef('');

  async function reload(): Promise<void> {
    await execute();
  }

  // The last problem stays in sight while the question is asked again.
  watch(
    isLoading,
    (isAsking) => {
      if (!isAsking) problem.value = error.value === undefined ? '' : explained(error.value);
    },
    { flush: 'sync' },
  );
  watch(sources, () => void reload(), { immediate: true });
  const isAway = useAway();
  if (everyMs !== undefined) {
    useIntervalFn(() => {
      if (!isAway.value) void reload();
    }, everyMs);
  }
  onReturn(() => {
    if (problem.value !== '' || everyMs !== undefined) void reload();
  });
  return { data, isLoading, problem, reload };
}

function explained(error: unknown): string {
  return error instanceof ApiError ? sessionMessages.error.of(error) : String(error);
}
