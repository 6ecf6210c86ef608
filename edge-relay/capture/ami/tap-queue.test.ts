import { ManualClock } from '../../clock.fake.ts';
import { TapQueue } from './tap-queue.ts';

/** Lets promises settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('TapQueue', () => {
  let clock: ManualClock;
  let queue: TapQueue;
  let placed: string[];
  let isRelayUp: boolean;

  beforeEach(() => {
    clock = new ManualClock();
    queue = new TapQueue(clock);
    placed = [];
    isRelayUp = true;
  });

  const add = (uuid: string, attempt = 1) => {
    queue.add({
      uuid,
      attempt,
      place: () => {
        placed.push(uuid);
        return Promise.resolve(isRelayUp);
      },
    });
  };

  it('places the first alone, and the others when that one is up', async () => {
    for (const uuid of ['a', 'b', 'c']) add(uuid);
    expect(placed).toEqual(['a']);
    await settled();
    expect(placed).toEqual(['a', 'b', 'c']);
  });

  it('leaves Asterisk alone after a failure, longer each time, and tries one at a time', async () => {
    isRelayUp = false;
    for (const uuid of ['a', 'b', 'c']) add(uuid);
    await settled();
    expect(placed).toEqual(['a']);
    clock.advance(2_000);
    await settled();
    expect(placed).toEqual(['a', 'b']);
    clock.advance(3_999);
    await settled();
    expect(placed).toEqual(['a', 'b']);
    isRelayUp = true;
    clock.advance(1);
    await settled();
    expect(placed).toEqual(['a', 'b', 'c']);
  });

  it('waits longer before each further tap of a channel', async () => {
    add('first');
    await settled();
    add('third', 3);
    await settled();
    expect(placed).toEqual(['first']);
    clock.advance(1_000);
    await settled();
    expect(placed).toEqual(['first', 'third']);
  });

  it('places nothing once it is stopped', async () => {
    add('a');
    add('b');
    queue.stop();
    add('c');
    await settled();
    expect(placed).toEqual(['a']);
  });
});
