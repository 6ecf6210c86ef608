import fc from 'fast-check';
import { exampleAlert, exampleCall } from '#core/call/example-call.ts';
import { relayCommandSchema, type RelayCommand } from '#core/contracts/control.ts';
import { noSettings, settingsSchema } from '#core/settings.ts';
import type { Delivery } from '../../adapters/web-socket.ts';
import { noticeOf } from '../notice.ts';
import { requestIdOf, RING_WITHIN_MS, ringNotifier } from './ring.ts';

// A Monday.
const now = Date.parse('2026-11-23T10:00:00Z');
const alert = { ...exampleAlert, level: 'critical' as const, raisedAt: now - 2000 };
const call = { relayId: exampleCall.relayId, metadata: { agent: { id: '7', name: 'Dana' }, campaign: 'SAVE' } };
const hours = { days: ['mon'] as const, from: '09:00', to: '17:00', timeZone: 'UTC' };
const ringing = settingsSchema.parse({ ...noSettings, ring: { critical: { extensions: ['6005', '6006'], hours } } });

async function send({
  settings = ringing,
  delivery = 'sent' as Delivery,
  isKnown = true,
  raised = {},
  isReminder = false,
  at = now,
}) {
  const commands: [relayId: string, command: RelayCommand][] = [];
  const notifier = ringNotifier({
    settings: () => Promise.resolve(settings),
    sendToRelay: (relayId, command) => {
      commands.push([relayId, relayCommandSchema.parse(command)]);
      return Promise.resolve(delivery);
    },
    now: () => at,
  });
  await notifier.send(
    noticeOf({ ...alert, ...raised }, isKnown ? call : undefined, { siteUrl: 'https://e.example', isReminder }),
  );
  return commands;
}

describe('a ringing alert', () => {
  it('rings every extension of its level, by stable request ids', async () => {
    const commands = await send({});
    const command = { type: 'ring', callId: alert.callId, level: 'critical' };
    const sentence = 'Earshot: critical alert on the call of Dana, campaign SAVE. Rule: Refund.';
    expect(commands).toEqual(
      ['6005', '6006'].map((extension) => [
        call.relayId,
        { ...command, extension, sentence, requestId: requestIdOf(alert.callId, alert.alertId, extension) },
      ]),
    );
    expect(await send({})).toEqual(commands);
  });

  it.each([
    ['at a level that rings nobody', { raised: { level: 'urgent' as const } }],
    [
      'out of hours',
      { at: Date.parse('2026-11-23T17:00:00Z'), raised: { raisedAt: Date.parse('2026-11-23T17:00:00Z') } },
    ],
    ['as a reminder', { isReminder: true }],
    ['for a coaching alert', { raised: { kind: 'coaching' as const } }],
    ['when it is old', { raised: { raisedAt: now - RING_WITHIN_MS - 1 } }],
    ['when nothing is set', { settings: { ...noSettings } }],
    ['when the call is not known', { isKnown: false }],
  ])('rings nobody %s', async (_, given) => {
    expect(await send(given)).toEqual([]);
  });

  it('does not fail when its relay is not connected', async () => {
    expect(await send({ delivery: 'gone' })).toHaveLength(2);
  });
});

it('derives a UUID for each telephone of each alert', () => {
  const names = fc.tuple(fc.string(), fc.string(), fc.stringMatching(/^\d{2,8}$/));
  fc.assert(
    fc.property(names, (parts) => {
      const command = {
        type: 'monitor',
        requestId: requestIdOf(...parts),
        callId: 'x',
        mode: 'listen',
        extension: '61',
      };
      expect(relayCommandSchema.safeParse(command).success).toBe(true);
    }),
  );
  expect(requestIdOf('a', 'b', '61')).not.toBe(requestIdOf('a', 'b', '62'));
});
