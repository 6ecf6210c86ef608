import fc from 'fast-check';
import { inSpokenOrder } from './spoken-order.ts';

const said = (startMs: number, endMs: number) => ({ startMs, endMs });

test('an utterance that waited goes before all that was said since', () => {
  const [card, please, hold, thanks] = [said(1_000, 3_000), said(0, 900), said(3_500, 4_000), said(9_000, 9_500)];
  expect(inSpokenOrder([please, hold, thanks, card])).toEqual([please, card, hold, thanks]);
});

test('two who speak at once stay in the order in which their words became text', () => {
  const [turn, remark] = [said(10_000, 18_000), said(12_000, 13_000)];
  expect(inSpokenOrder([remark, turn])).toEqual([remark, turn]);
});

test('utterances that do not overlap are in order of time, whatever the order they come in', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(Array.from({ length: 30 }, (_, i) => i)), (order) => {
      const utterances = order.map((i) => said(i * 1_000, i * 1_000 + 900));
      expect(inSpokenOrder(utterances)).toEqual(utterances.toSorted((a, b) => a.startMs - b.startMs));
    }),
  );
});

test('none is lost or doubled, however they overlap', () => {
  const any = fc.tuple(fc.nat(5_000), fc.nat(2_000)).map(([startMs, ms]) => said(startMs, startMs + ms));
  fc.assert(
    fc.property(fc.array(any), (utterances) => {
      const ordered = inSpokenOrder(utterances);
      expect(ordered).toHaveLength(utterances.length);
      expect(new Set(ordered)).toEqual(new Set(utterances));
    }),
  );
});
