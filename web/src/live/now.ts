import { useIntervalFn } from '@vueuse/core';
import { inject, shallowRef, watch, type InjectionKey, type ShallowRef, type WatchSource } from 'vue';

/** The server's time, once a second, for everything that counts seconds. */
export const nowKey: InjectionKey<Readonly<ShallowRef<number>>> = Symbol('now');

export function useNow(): Readonly<ShallowRef<number>> {
  const now = inject(nowKey);
  if (!now) throw new Error('No clock: provide nowKey at the root');
  return now;
}

/**
 * A clock as a value that changes once a second, for the length of a scope.
 * @param sources what stops the clock and sets it going: the value follows these at once
 */
export function useTicking(clock: () => number, sources: WatchSource[] = []): Readonly<ShallowRef<number>> {
  const now = shallowRef(clock());
  const read = () => (now.value = clock());
  useIntervalFn(read, 1000);
  watch(sources, read, { flush: 'sync' });
  return now;
}
