import { hasInjectionContext, inject, shallowRef, watch, type InjectionKey, type Ref } from 'vue';

/** Whether the page is cut off from the server, so that what it shows is of before. */
export const awayKey: InjectionKey<Readonly<Ref<boolean>>> = Symbol('away');

export function useAway(): Readonly<Ref<boolean>> {
  const present = shallowRef(false);
  return hasInjectionContext() ? inject(awayKey, present) : present;
}

/** Runs once the server is back and what the page shows is current again. */
export function onReturn(then: () => void): void {
  watch(useAway(), (isAway) => {
    if (!isAway) then();
  });
}
