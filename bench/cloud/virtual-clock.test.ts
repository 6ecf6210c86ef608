import { VirtualClock } from './virtual-clock.ts';

it('wakes everybody in order of time, and lets nobody wake after the end', async () => {
  const clock = new VirtualClock();
  const woken: string[] = [];
  const sleeper = async (name: string, ...naps: number[]) => {
    for (const ms of naps) {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    }
  };
  void Promise.all([sleeper('a', 30, 30, 30), sleeper('b', 10, 20, 0), sleeper('late', 1000)]);
  await clock.runUntil(100);
  expect(woken).toEqual(['b at 10', 'a at 30', 'b at 30', 'b at 30', 'a at 60', 'a at 90']);
});
