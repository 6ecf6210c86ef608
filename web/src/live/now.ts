import { useIntervalFn } from '@vueuse/core';
import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue';

/** The server's time, once a second, for everything that counts seconds. */
export const nowKey: InjectionKey<Readonly<ShallowRef<number>>> = Symbol('now');

export function useNow(): Readonly<ShallowRef<number>> {
  const now = inject(nowKey);
  if (!now) throw new Error('No clock: provide nowKey at the root');
  return now;
}

/** A clock as a value that changes once a second, for the length of a scope. */
export function useTicking(clock: () => number): Readonly<ShallowRef<number>> {
  const now = shallowRef(clock());
  useIntervalFn(() => (now.value = clock()), 1000);
  return now;
}
