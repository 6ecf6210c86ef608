import { createApp, effectScope, nextTick, shallowRef } from 'vue';
import { ApiError } from './api-error.ts';
import { awayKey } from './away.ts';
import { useFetched } from './fetched.ts';

/** A question whose answers come when the test says so. */
function asked() {
  const answers: { resolve: (value: string) => void; reject: (error: unknown) => void }[] = [];
  const ask = () => new Promise<string>((resolve, reject) => answers.push({ resolve, reject }));
  return { answers, ask };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('asks again when a source changes, and drops the late answer to the first question', async () => {
  const { answers, ask } = asked();
  const source = shallowRef(1);
  const scope = effectScope();
  const fetched = scope.run(() => useFetched(ask, [source]));
  source.value = 2;
  await nextTick();
  expect(answers).toHaveLength(2);
  answers[1]?.resolve('second');
  await settle();
  answers[0]?.resolve('first');
  await settle();
  expect([fetched?.data.value, fetched?.isLoading.value]).toEqual(['second', false]);
  scope.stop();
});

test('a failure is told and keeps the last answer', async () => {
  const { answers, ask } = asked();
  const scope = effectScope();
  const fetched = scope.run(() => useFetched(ask));
  answers[0]?.resolve('known');
  await settle();
  void fetched?.reload();
  answers[1]?.reject(new ApiError('network', 'No answer'));
  await settle();
  expect(fetched?.data.value).toBe('known');
  expect(fetched?.problem.value).toMatch(/does not answer/);
  scope.stop();
});

test('asks nothing while the server is away, and again what failed once it is back', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  const { answers, ask } = asked();
  const isAway = shallowRef(false);
  const app = createApp({});
  app.provide(awayKey, isAway);
  const scope = effectScope();
  const fetched = app.runWithContext(() => scope.run(() => useFetched(ask, [], 1_000)));
  answers[0]?.reject(new ApiError('network', 'No answer'));
  await settle();
  expect(fetched?.problem.value).not.toBe('');
  isAway.value = true;
  jest.advanceTimersByTime(5_000);
  expect(answers).toHaveLength(1);
  isAway.value = false;
  await nextTick();
  answers[1]?.resolve('again');
  await settle();
  expect([fetched?.data.value, fetched?.problem.value]).toEqual(['again', '']);
  scope.stop();
  jest.useRealTimers();
});
