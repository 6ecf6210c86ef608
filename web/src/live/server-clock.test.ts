import { createServerClock } from './server-clock.ts';

test('follows the server, by the quickest of the last messages', () => {
  let here = 1_000_000;
  const clock = createServerClock(() => here);
  expect(clock.now()).toBe(here);
  clock.observe(here + 45_000 - 300);
  clock.observe(here + 45_000 - 20);
  clock.observe(here + 45_000 - 900);
  expect(clock.now()).toBe(here + 44_980);
  here += 3_600_000;
  for (let index = 0; index < 20; index++) clock.observe(here - 60_000);
  expect(clock.now()).toBe(here - 60_000);
});
