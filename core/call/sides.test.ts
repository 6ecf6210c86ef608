import fc from 'fast-check';
import { isSwapped, otherSide, spokenBy } from './sides.ts';

const side = fc.constantFrom('agent' as const, 'caller' as const);

it('a line is said by whom the last swap makes it, whenever it was said', () => {
  fc.assert(
    fc.property(side, fc.array(fc.nat({ max: 5 }), { maxLength: 6 }), (truth, gaps) => {
      // A relay that swaps the side of one leg after some lines, again and again.
      const swappedAfter: number[] = [];
      const lines: { seq: number; channel: 'agent' | 'caller' | 'mixed' }[] = [];
      let taken: 'agent' | 'caller' | 'mixed' = truth;
      for (const gap of gaps) {
        for (let line = 0; line < gap; line++) lines.push({ seq: lines.length + 1, channel: taken });
        swappedAfter.push(lines.length);
        taken = otherSide(taken);
      }
      for (const line of lines) expect(spokenBy(line, { swappedAfter })).toBe(taken);
      expect(isSwapped({ swappedAfter })).toBe(gaps.length % 2 === 1);
    }),
  );
});

it('what both sides said stays so', () => {
  expect(spokenBy({ seq: 1, channel: 'mixed' }, { swappedAfter: [3] })).toBe('mixed');
});
