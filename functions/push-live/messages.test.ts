import fc from 'fast-check';
import { exampleAlert, exampleCall, said } from '#core/call/example-call.ts';
import type { Monitor } from '#core/control.ts';
import type { Restriction } from '#core/people.ts';
import { summaryOf, type RelayReport, type ServerMessage } from '#core/views.ts';
import { digestOf } from './digest.ts';
import { messageIn } from './frame.ts';
import { overviewMail, pack, urgentMail, type MetadataOf } from './messages.ts';

const parse = messageIn;

describe('pack', () => {
  const listOf = (some: string[]) => ({ type: 'error', code: '', message: '', parts: some }) as ServerMessage;
  const partsOf = (message: string) => (JSON.parse(message) as { parts: string[] }).parts;

  it('keeps every part, in order, within the limit unless one alone is larger', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 60 })),
        fc.integer({ min: 60, max: 400 }),
        (parts, limit) => {
          const messages = pack(parts, listOf, limit);
          expect(messages.flatMap(partsOf)).toEqual(parts);
          for (const message of messages) {
            expect(Buffer.byteLength(message) <= limit || partsOf(message).length === 1).toBe(true);
          }
        },
      ),
    );
  });

  it('uses as few messages as filling one after the other can', () => {
    const parts = Array.from({ length: 100 }, () => 'x'.repeat(96));
    const full = Math.floor((1000 - Buffer.byteLength(JSON.stringify(listOf([])))) / 99);
    expect(pack(parts, listOf, 1000)).toHaveLength(Math.ceil(100 / full));
  });
});

const nothingKnown: MetadataOf = () => Promise.resolve(new Map());
const ofCampaign = (callId: string, campaign: string) => ({ ...exampleCall, callId, metadata: { campaign } });
const sales = { campaigns: ['SALES'] };

describe('overviewMail', () => {
  const report: RelayReport = {
    relayId: 'berlin-1',
    tickedAt: 1,
    part: 1,
    parts: 1,
    spooledEvents: 0,
    calls: ['a', 'b'].map((callId) => ({ callId, atMs: 1, lastSeq: 0, legs: [] })),
  };

  it('shows each viewer the calls that they may see', async () => {
    const calls = [ofCampaign('a', 'SALES'), ofCampaign('b', 'SAVE')].map(summaryOf);
    const mail = overviewMail({ calls, reports: [] }, 5, nothingKnown);
    const seenBy = async (restriction?: Restriction) => (await mail.messagesFor(restriction)).map(parse);
    expect(await seenBy()).toMatchObject([
      { type: 'overview', pushedAt: 5, calls: [{ callId: 'a' }, { callId: 'b' }] },
    ]);
    expect(await seenBy(sales)).toMatchObject([{ calls: [{ callId: 'a' }] }]);
    expect(await seenBy({ teams: ['SALES'] })).toEqual([]);
  });

  it('shows of a relay’s report the calls that they may see', async () => {
    const known: MetadataOf = () => Promise.resolve(new Map([['b', { campaign: 'SALES' }]]));
    const mail = overviewMail({ calls: [], reports: [report] }, 5, known);
    expect((await mail.messagesFor(undefined)).map(parse)).toMatchObject([{ relays: [report] }]);
    expect((await mail.messagesFor(sales)).map(parse)).toMatchObject([{ relays: [{ calls: [{ callId: 'b' }] }] }]);
  });
});

describe('urgentMail', () => {
  it('gives the words of a call to the viewers of that call alone', async () => {
    const digest = digestOf([
      { kind: 'utterance', value: said({ seq: 1 }) },
      { kind: 'utterance', value: said({ seq: 2 }) },
      { kind: 'utterance', value: { ...said({ seq: 9 }), callId: 'other' } },
    ]);
    const mail = urgentMail(digest, 5, nothingKnown);
    expect(mail.map(({ topic }) => topic)).toEqual([`call:${said({ seq: 1 }).callId}`, 'call:other']);
    const words = (await mail[0]?.messagesFor(undefined))?.map(parse);
    expect(words).toMatchObject([{ type: 'call', utterances: [{ seq: 1 }, { seq: 2 }] }]);
  });

  it('tells the viewers of a call who asks to be on it', async () => {
    const monitor: Monitor = {
      ...{ requestId: '00000000-0000-4000-8000-000000000001', callId: 'pbx-1', mode: 'barge', extension: '6005' },
      ...{ by: { sub: 'u-1', name: 'Ada' }, requestedAt: 1, outcome: 'busy', outcomeAt: 2 },
    };
    const [mail] = urgentMail(digestOf([{ kind: 'monitor', value: monitor }]), 5, nothingKnown);
    expect(mail?.topic).toBe('call:pbx-1');
    expect((await mail?.messagesFor(undefined))?.map(parse)).toEqual([{ type: 'monitor', pushedAt: 5, monitor }]);
  });

  it('gives an alert to the viewers of its call, and to those of alerts who may see the call', async () => {
    const { callId } = exampleCall;
    const known: MetadataOf = () => Promise.resolve(new Map([[callId, { campaign: 'SALES' }]]));
    const mail = urgentMail(digestOf([{ kind: 'alert', value: exampleAlert }]), 5, known);
    expect(mail.map(({ topic }) => topic)).toEqual([`call:${callId}`, 'alerts']);
    for (const { messagesFor } of mail) {
      const alerts = [{ alertId: exampleAlert.alertId }];
      expect((await messagesFor(undefined)).map(parse)).toMatchObject([{ alerts }]);
      expect((await messagesFor(sales)).map(parse)).toMatchObject([{ alerts }]);
    }
    expect(await mail[1]?.messagesFor({ campaigns: ['SAVE'] })).toEqual([]);
  });
});
