import { shallowRef, watch, type ShallowRef } from 'vue';

/** One of a few choices that this browser remembers; one that it does not know counts as the first. */
export function stored<T extends string>(key: string, choices: readonly [T, ...T[]]): ShallowRef<T> {
  const kept = localStorage.getItem(key);
  const value = shallowRef(choices.find((choice) => choice === kept) ?? choices[0]) as ShallowRef<T>;
  watch(value, (next) => {
    localStorage.setItem(key, next);
  });
  return value;
}
