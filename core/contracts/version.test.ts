import fc from 'fast-check';
import { cloudVersionOf, cloudVersionSchema, CONTRACT_VERSION, contractVersionSchema, fitOf } from './version.ts';

const cloud = { contractVersion: 4, oldestContractVersion: 2 };

test.each([
  ['the same contract', 4, cloud, 'fits'],
  ['the oldest that the cloud understands', 2, cloud, 'fits'],
  ['a newer relay', 5, cloud, 'upgrade-cloud'],
  ['a relay that is too old', 1, cloud, 'upgrade-relay'],
  ['a relay that states nothing', undefined, cloud, 'upgrade-relay'],
  ['a cloud that states nothing', 2, undefined, 'upgrade-cloud'],
  ['two that state nothing', undefined, undefined, 'fits'],
] as const)('%s', (_, relay, of, expected) => {
  expect(fitOf(relay, of)).toBe(expected);
});

test('relay and cloud of this version fit together', () => {
  expect(fitOf(CONTRACT_VERSION, cloudVersionOf('1.2.3'))).toBe('fits');
  expect(cloudVersionSchema.parse(cloudVersionOf('1.2.3'))).toEqual(cloudVersionOf('1.2.3'));
});

test('what has to be upgraded is the older one, and upgrading it helps', () => {
  const versions = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(versions, versions, versions, (relay, a, b) => {
      const of = { contractVersion: Math.max(a, b), oldestContractVersion: Math.min(a, b) };
      const fit = fitOf(relay, of);
      if (fit === 'upgrade-cloud') expect(fitOf(relay, { ...of, contractVersion: relay })).toBe('fits');
      if (fit === 'upgrade-relay') expect(fitOf(of.contractVersion, of)).toBe('fits');
      expect(contractVersionSchema.safeParse(relay).success).toBe(true);
    }),
  );
});
