import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';

/** The order may change so often and not oftener, or the eye loses its place. */
const REORDER_EVERY_MS = 3000;

/**
 * The order a list shows. It follows the wanted one at most every 3 s, and not while `isHeld`: until then known
 * entries stay where they are, and new ones come last.
 */
export function useHeldOrder(
  wanted: ComputedRef<readonly string[]>,
  isHeld: Ref<boolean>,
  everyMs = REORDER_EVERY_MS,
): { order: Readonly<ShallowRef<readonly string[]>>; isBehind: ComputedRef<boolean>; release: () => void } {
  const order = shallowRef(wanted.value);

  function release(): void {
    order.value = wanted.value;
  }

  watch(wanted, (next) => (order.value = heldOrder(order.value, next)));
  useIntervalFn(() => {
    if (!isHeld.value) release();
  }, everyMs);

  return { order, isBehind: computed(() => wanted.value.some((id, index) => order.value[index] !== id)), release };
}

/** The order a held list shows: nothing known moves, what ended leaves, what is new comes last. */
export function heldOrder(shown: readonly string[], wanted: readonly string[]): string[] {
  const [isWanted, isShown] = [new Set(wanted), new Set(shown)];
  return [...shown.filter((id) => isWanted.has(id)), ...wanted.filter((id) => !isShown.has(id))];
}
