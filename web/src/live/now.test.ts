/** @jest-environment jsdom */
import { effectScope, shallowRef } from 'vue';
import { useTicking } from './now.ts';

describe('a ticking clock', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('changes once a second, and at once when it is stopped or set going', () => {
    const stoppedAt = shallowRef<number>();
    let time = 10_000;
    const scope = effectScope();
    const now = scope.run(() => useTicking(() => stoppedAt.value ?? time, [stoppedAt]));
    time = 10_900;
    expect(now?.value).toBe(10_000);
    jest.advanceTimersByTime(1_000);
    expect(now?.value).toBe(10_900);
    stoppedAt.value = 11_500;
    expect(now?.value).toBe(11_500);
    time = 13_000;
    stoppedAt.value = undefined;
    expect(now?.value).toBe(13_000);
    scope.stop();
    time = 20_000;
    jest.advanceTimersByTime(5_000);
    expect(now?.value).toBe(13_000);
  });
});
