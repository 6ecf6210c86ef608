import type { LegTick } from '#core/call/events.ts';
import { RELAY_SILENCE_MS } from '#core/contracts/events.ts';
import { applyMessage, emptyBoard, type Board } from './board.ts';
import { callSummary, leg, report, STARTED_AT } from './example.ts';
import { healthOf } from './health.ts';

const AT = STARTED_AT + 60_000;
const call = callSummary('a');

function ticked(...legs: LegTick[]): Board {
  return applyMessage(emptyBoard, { type: 'relays', pushedAt: AT, relays: [report('a', AT, legs)] }, 0);
}

test.each([
  ['both sides', [leg('agent'), leg('caller')], { kind: 'hearing' }],
  ['one mixed leg', [leg('mixed')], { kind: 'hearing' }],
  ['one side alone', [leg('caller')], { kind: 'one-sided', channel: 'caller' }],
  ['no leg yet', [], { kind: 'waiting' }],
  [
    'a silent agent',
    [leg('agent', { silenceMs: 24_000 }), leg('caller')],
    { kind: 'silent', channel: 'agent', ms: 26_000 },
  ],
  ['a late engine', [leg('agent', { engineLagMs: 6000 }), leg('caller')], { kind: 'late', ms: 6000 }],
  [
    'a leg without audio, which outweighs silence and lag',
    [leg('agent', { lastAudioAgeMs: 12_000, silenceMs: 30_000, engineLagMs: 9000 }), leg('caller')],
    { kind: 'unheard', channel: 'agent', ms: 14_000 },
  ],
] as const)('%s', (_, legs, health) => {
  expect(healthOf(ticked(...legs), call, AT + 2000)).toEqual(health);
});

test('a tick that is merely a little old says nothing against the audio', () => {
  expect(healthOf(ticked(leg('agent'), leg('caller')), call, AT + 15_000)).toEqual({ kind: 'hearing' });
});

test('a call is lost when its relay is silent for long, and not a moment before', () => {
  const board = ticked(leg('agent'), leg('caller'));
  expect(healthOf(board, call, AT + RELAY_SILENCE_MS - 1).kind).toBe('hearing');
  expect(healthOf(board, call, AT + RELAY_SILENCE_MS)).toEqual({ kind: 'lost', ms: RELAY_SILENCE_MS });
});

test('a new call is waited for before it has a tick', () => {
  expect(healthOf(emptyBoard, call, STARTED_AT + 3000)).toEqual({ kind: 'waiting' });
  expect(healthOf(emptyBoard, call, STARTED_AT + RELAY_SILENCE_MS).kind).toBe('lost');
});

test('a call whose relay restarts is neither lost nor ended, unless the relay stays away', () => {
  const told = report('a', AT, []);
  const relays = [{ ...told, calls: told.calls.map((tick) => ({ ...tick, isRestarting: true as const })) }];
  const board = applyMessage(ticked(leg('agent'), leg('caller')), { type: 'relays', pushedAt: AT, relays }, 0);
  expect(healthOf(board, call, AT)).toEqual({ kind: 'hearing' });
  const later = [{ ...relays[0], tickedAt: AT + 1 }] as typeof relays;
  const restarting = applyMessage(board, { type: 'relays', pushedAt: AT, relays: later }, 0);
  expect(healthOf(restarting, call, AT + 5001)).toEqual({ kind: 'restarting', ms: 5000 });
  expect(healthOf(restarting, call, AT + 1 + RELAY_SILENCE_MS).kind).toBe('lost');
});
