/** @jest-environment jsdom */
import fc from 'fast-check';
import { computed, effectScope, nextTick, shallowRef } from 'vue';
import { heldOrder, useHeldOrder } from './held-order.ts';

test('takes the wanted order every 3 s, and not while it is held', async () => {
  jest.useFakeTimers();
  const wanted = shallowRef<readonly string[]>(['a', 'b']);
  const isHeld = shallowRef(false);
  const scope = effectScope();
  const list = scope.run(() =>
    useHeldOrder(
      computed(() => wanted.value),
      isHeld,
    ),
  );
  if (!list) throw new Error('No scope');

  wanted.value = ['c', 'b', 'a'];
  await nextTick();
  expect(list.order.value).toEqual(['a', 'b', 'c']);
  expect(list.isBehind.value).toBe(true);
  jest.advanceTimersByTime(3000);
  expect(list.order.value).toEqual(['c', 'b', 'a']);

  isHeld.value = true;
  wanted.value = ['b', 'a'];
  await nextTick();
  jest.advanceTimersByTime(60_000);
  expect(list.order.value).toEqual(['b', 'a']);
  wanted.value = ['a', 'b'];
  await nextTick();
  jest.advanceTimersByTime(60_000);
  expect(list.order.value).toEqual(['b', 'a']);
  list.release();
  expect(list.order.value).toEqual(['a', 'b']);

  scope.stop();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('a held list keeps the order of what it shows and has exactly what is wanted', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-f]$/));
  fc.assert(
    fc.property(ids, ids, (shown, wanted) => {
      const held = heldOrder(shown, wanted);
      expect(held.toSorted()).toEqual(wanted.toSorted());
      const stayed = shown.filter((id) => wanted.includes(id));
      expect(held.slice(0, stayed.length)).toEqual(stayed);
    }),
  );
});
