import { until } from './until.ts';

describe('until', () => {
  it('waits for the condition', async () => {
    let looks = 0;
    await until(() => ++looks === 3, { intervalMs: 1 });
    expect(looks).toBe(3);
  });

  it('fails when it gives up, and says what it waited for', async () => {
    await expect(until(() => 1 + 1 === 3, { timeoutMs: 20 })).rejects.toThrow(/gave up after 20 ms: .*1 \+ 1 === 3/);
  });

  it('fails with what the condition throws', async () => {
    const failing = () => Promise.reject(new Error('no answer'));
    await expect(until(failing)).rejects.toThrow('no answer');
  });
});
