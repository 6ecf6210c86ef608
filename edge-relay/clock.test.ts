import { steadyClock } from './clock.ts';

describe('steadyClock', () => {
  it('goes on when the wall clock is set back or forth, until it is set anew', () => {
    let [wall, steady] = [1_000_000, 0];
    const clock = steadyClock(
      () => wall,
      () => steady,
    );
    steady += 100;
    wall -= 3_600_000;
    expect(clock.now()).toBe(1_000_100);
    steady += 100;
    wall += 7_200_000;
    expect(clock.now()).toBe(1_000_200);
    clock.set();
    expect(clock.now()).toBe(wall);
    steady += 50;
    expect(clock.now()).toBe(wall + 50);
  });
});
