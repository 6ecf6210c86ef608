import fc from 'fast-check';
import { FairQueue } from './fair-queue.ts';

function takeAll<T>(queue: FairQueue<T>): T[] {
  const taken: T[] = [];
  for (let work = queue.take(); work !== undefined; work = queue.take()) taken.push(work);
  return taken;
}

describe('FairQueue', () => {
  it('gives each owner its turn', () => {
    const queue = new FairQueue<string>(() => 0);
    for (const work of ['a1', 'a2', 'a3']) queue.add(1, work);
    queue.add(2, 'b1');
    queue.add(3, 'c1');
    expect(takeAll(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
  });

  it('loses nothing, keeps each owner’s order, and lets none wait for more than one of each other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 })), (owners) => {
        const queue = new FairQueue<{ owner: number; index: number }>(() => 0);
        owners.forEach((owner, index) => {
          queue.add(owner, { owner, index });
        });
        const taken = takeAll(queue);
        expect(taken.map(({ index }) => index).sort((a, b) => a - b)).toEqual(owners.map((_, i) => i));
        for (const owner of new Set(owners)) {
          const own = taken.filter((work) => work.owner === owner).map(({ index }) => index);
          expect(own).toEqual([...own].sort((a, b) => a - b));
          expect(taken.findIndex((work) => work.owner === owner)).toBeLessThan(new Set(owners).size);
        }
      }),
    );
  });

  it('forgets what an owner has waiting when it is dropped', () => {
    const queue = new FairQueue<string>(() => 0);
    queue.add(1, 'a');
    queue.add(2, 'b');
    queue.drop(1);
    expect(takeAll(queue)).toEqual(['b']);
  });

  it('knows how long a new owner would have to wait, whatever another has piled up', () => {
    let now = 0;
    const queue = new FairQueue<string>(() => now);
    expect(queue.longestWaitMs).toBe(0);
    for (const work of ['a1', 'a2', 'a3']) queue.add(1, work);
    now = 1_000;
    queue.add(2, 'b1');
    expect(queue.longestWaitMs).toBe(1_000);
    queue.take();
    now = 3_000;
    expect(queue.longestWaitMs).toBe(2_000);
    queue.take();
    expect(queue.longestWaitMs).toBe(2_000);
    queue.take();
    now = 3_500;
    expect(queue.longestWaitMs).toBe(500);
    queue.take();
    expect(queue.longestWaitMs).toBe(0);
  });
});
