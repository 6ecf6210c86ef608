import { computed, effectScope, nextTick, shallowRef } from 'vue';
import { useHeldOrder } from './held-order.ts';

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
