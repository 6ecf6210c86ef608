import fc from 'fast-check';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { callInOrder, eventsOfCall, randomFrom } from '../ingest/example-traffic.fake.ts';
import { itemBytes } from './item-bytes.ts';
import { callItem, entityOf, reportItem } from './items.ts';
import { packed, unpacked } from './packed.ts';

const rules = compileRules(defaultRules);

describe('packed', () => {
  it('unpacks to the same value, from bytes and from base64', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const bytes = packed(value);
        const asJson: unknown = JSON.parse(JSON.stringify(value));
        expect(unpacked(bytes)).toEqual(asJson);
        expect(unpacked(Buffer.from(bytes).toString('base64'))).toEqual(asJson);
      }),
    );
  });

  it.each([[undefined], ['not ours'], [new Uint8Array([1, 2, 3])]])('refuses %p', (attribute) => {
    expect(() => unpacked(attribute)).toThrow();
  });

  it('packs the state of most calls of six minutes into one billed write', () => {
    const sizes = Array.from({ length: 9 }, (_, seed) => {
      const { state } = callInOrder(eventsOfCall('berlin-1795399200.17', 90, randomFrom(seed), 0.1), rules);
      const item = callItem({ ...state, status: 'live' }, 30);
      expect(itemBytes(state)).toBeGreaterThan(1024);
      expect(entityOf(item)).toEqual({ kind: 'call', value: { ...state, status: 'live' } });
      return itemBytes(item);
    });
    const fitting = sizes.filter((bytes) => bytes <= 1024);
    expect(fitting.length).toBeGreaterThan(sizes.length / 2);
  });

  it('packs a relay’s report on fifty calls to less than a third', () => {
    const leg = { engine: 'deepgram', lastAudioAgeMs: 20, silenceMs: 1_200, engineLagMs: 300, gapCount: 0 };
    const random = randomFrom(1);
    const calls = Array.from({ length: 50 }, (_, index) => ({
      callId: `berlin-1795399${index}.${Math.floor(random() * 1000)}`,
      atMs: Math.floor(random() * 360_000),
      lastSeq: Math.floor(random() * 90),
      legs: (['agent', 'caller'] as const).map((channel) => ({
        ...leg,
        channel,
        speechMs: Math.floor(random() * 180_000),
        silenceMs: Math.floor(random() * 9_000),
        engineLagMs: Math.floor(random() * 600),
      })),
    }));
    const report = { relayId: 'berlin-1', tickedAt: 1_795_399_200_000, part: 1, parts: 1, spooledEvents: 0, calls };
    expect(itemBytes(reportItem(report))).toBeLessThan(itemBytes(report) / 3);
  });
});
