import type { LegTick } from '#core/call/events.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import { applyMessage, emptyBoard } from '../live/board.ts';
import { leg, report, STARTED_AT } from '../live/example.ts';
import { relayStatusOf } from './relay-status.ts';

const now = STARTED_AT + 60_000;
const cloud = { version: '2.0.0', contractVersion: 3, oldestContractVersion: 2 };

function trouble(ageMs: number, legs: LegTick[], fields: Partial<RelayReport> = {}) {
  const relays = [{ ...report('a', now - ageMs, legs), ...fields }];
  return relayStatusOf({ relays, cloud }, emptyBoard, now)[0]?.trouble;
}

test.each([
  ['a relay that ticks and hears', 5000, [leg('agent'), leg('caller')], {}, undefined],
  ['a silent relay', 20_000, [leg('agent')], {}, 'silent'],
  ['a lost engine', 1000, [leg('agent', { engineDownMs: 6000 })], {}, 'engine-down'],
  ['a spool that grows', 1000, [leg('agent')], { spooledEvents: 100 }, 'spooling'],
  ['late text', 1000, [leg('agent', { engineLagMs: 5000 })], {}, 'late'],
] as const)('%s', (_, ageMs, legs, fields, expected) => {
  expect(trouble(ageMs, [...legs], fields)).toBe(expected);
});

test('the parts of one relay are one line', () => {
  const parts = [
    report('a', now, [leg('agent'), leg('caller', { engine: 'sherpa' })]),
    report('b', now, [leg('mixed')]),
  ];
  expect(relayStatusOf({ relays: parts, cloud }, emptyBoard, now)).toMatchObject([
    { calls: 2, legs: 3, engines: ['deepgram', 'sherpa'], lagMs: 300 },
  ]);
});

test('what the newest report says is amiss', () => {
  const older = { ...report('a', now - 5000, []), problems: ['the disk is full'] };
  const newer = { ...report('a', now, []), problems: ['no read = call'] };
  expect(relayStatusOf({ relays: [newer, older], cloud }, emptyBoard, now)[0]?.problems).toEqual(['no read = call']);
  expect(relayStatusOf({ relays: [older, report('a', now, [])], cloud }, emptyBoard, now)[0]?.problems).toEqual([]);
});

test('a later tick on the live connection ends the silence', () => {
  const old = report('a', now - 60_000, [leg('agent')]);
  const relays = [report('a', now - 1000, [leg('agent')])];
  const board = applyMessage(emptyBoard, { type: 'relays', pushedAt: now, relays }, now);
  expect(relayStatusOf({ relays: [old], cloud }, board, now)[0]).toMatchObject({ silentMs: 1000 });
});

test.each([
  ['of the cloud’s contract', { relayVersion: '1.9.0', contractVersion: 3 }, '1.9.0', undefined],
  ['of a later contract', { relayVersion: '3.0.0', contractVersion: 4 }, '3.0.0', 'upgrade-cloud'],
  [
    'of a contract that is no longer understood',
    { relayVersion: '0.2.0', contractVersion: 1 },
    '0.2.0',
    'upgrade-relay',
  ],
  ['that states nothing', {}, undefined, 'upgrade-relay'],
] as const)('a relay %s', (_, stated, version, misfit) => {
  const relays = [{ ...report('a', now, []), ...stated }];
  const [status] = relayStatusOf({ relays, cloud }, emptyBoard, now);
  expect([status?.version, status?.misfit]).toEqual([version, misfit]);
});
