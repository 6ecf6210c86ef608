import { useStorage } from '@vueuse/core';
import type { Ref } from 'vue';

/** One of a few choices that this browser keeps, in all its tabs; one that it does not know counts as the first. */
export function storedChoice<T extends string>(key: string, choices: readonly [T, ...T[]]): Ref<T> {
  const read = (kept: string): T => choices.find((choice) => choice === kept) ?? choices[0];
  return useStorage<T>(key, choices[0], undefined, { serializer: { read, write: String }, writeDefaults: false });
}

/** A switch that this browser keeps, in all its tabs. */
export function storedSwitch(key: string, initial: boolean): Ref<boolean> {
  const serializer = { read: (kept: string) => kept === 'on', write: (on: boolean) => (on ? 'on' : 'off') };
  return useStorage(key, initial, undefined, { serializer, writeDefaults: false });
}
