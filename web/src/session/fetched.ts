import { onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue';
import { ApiError } from './api-error.ts';
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
 * @param everyMs also ask so often
 */
export function useFetched<T>(ask: () => Promise<T>, sources: WatchSource[] = [], everyMs?: number): Fetched<T> {
  const data = shallowRef<T>();
  const isLoading = shallowRef(false);
  const problem = shallowRef('');
  let question = 0;

  async function reload(): Promise<void> {
    const mine = ++question;
    isLoading.value = true;
    try {
      const answer = await ask();
      if (mine !== question) return;
      data.value = answer;
      problem.value = '';
    } catch (error) {
      if (mine === question)
        problem.value = error instanceof ApiError ? sessionMessages.error.of(error) : String(error);
    } finally {
      if (mine === question) isLoading.value = false;
    }
  }

  watch(sources, () => void reload(), { immediate: true });
  const timer = everyMs === undefined ? undefined : setInterval(() => void reload(), everyMs);
  onScopeDispose(() => {
    question += 1;
    clearInterval(timer);
  });
  return { data, isLoading, problem, reload };
}
