import { exampleAlert, exampleCall, said } from '#core/call/example-call.ts';
import type { Monitor } from '#core/monitor.ts';
import type { Restriction } from '#core/people.ts';
import { summaryOf } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import { digestOf } from './digest.ts';
import { messagesIn } from '../live-delivery/frame.ts';
import type { MetadataOf } from '../live-delivery/call-access.ts';
import { overviewFrames, immediateFrames } from './messages.ts';
import type { TopicFrames } from '../live-delivery/deliver.ts';

const nothingKnown: MetadataOf = () => Promise.resolve(new Map());
const ofCampaign = (callId: string, campaign: string) => ({ ...exampleCall, callId, metadata: { campaign } });
const noneBefore = () => undefined;
const sales = { campaigns: ['SALES'] };

describe('overviewFrames', () => {
  const report: RelayReport = {
    relayId: 'berlin-1',
    tickedAt: 1,
    part: 1,
    parts: 1,
    spooledEvents: 0,
    calls: ['a', 'b'].map((callId) => ({ callId, atMs: 1, lastSeq: 0, legs: [] })),
  };

  it('sends each viewer only the calls that they may see', async () => {
    const calls = [ofCampaign('a', 'SALES'), ofCampaign('b', 'SAVE')].map(summaryOf);
    const mail = overviewFrames({ calls, reports: [], formerMetadata: noneBefore }, 5, nothingKnown);
    const seenBy = async (restriction?: Restriction) => (await mail.framesFor(restriction)).flatMap(messagesIn);
    expect(await seenBy()).toMatchObject([
      { type: 'overview', pushedAt: 5, calls: [{ callId: 'a' }, { callId: 'b' }] },
    ]);
    expect(await seenBy(sales)).toMatchObject([{ calls: [{ callId: 'a' }] }]);
    expect(await seenBy({ teams: ['SALES'] })).toEqual([]);
  });

  it('notifies those who could see a call before that it moved, and nobody else', async () => {
    const calls = [ofCampaign('a', 'SAVE'), ofCampaign('b', 'SAVE'), ofCampaign('c', 'SALES')].map(summaryOf);
    const former = new Map([
      ['a', { campaign: 'SALES' }],
      ['b', { campaign: 'SAVE' }],
      ['c', { campaign: 'SAVE' }],
    ]);
    const mail = overviewFrames({ calls, reports: [], formerMetadata: (id) => former.get(id) }, 5, nothingKnown);
    const seenBy = async (restriction?: Restriction) => (await mail.framesFor(restriction)).flatMap(messagesIn);
    expect(await seenBy(sales)).toEqual([
      { type: 'moved', pushedAt: 5, callIds: ['a'] },
      expect.objectContaining({ type: 'overview', calls: [expect.objectContaining({ callId: 'c' })] }),
    ]);
    expect(await seenBy({ teams: ['OTHER'] })).toEqual([]);
    expect((await seenBy()).map(({ type }) => type)).toEqual(['overview']);
  });

  it('sends everything in one frame', async () => {
    const calls = [ofCampaign('a', 'SALES')].map(summaryOf);
    const frames = await overviewFrames(
      { calls, reports: [report], formerMetadata: noneBefore },
      5,
      nothingKnown,
    ).framesFor(undefined);
    expect(frames).toHaveLength(1);
    expect(frames.flatMap(messagesIn)).toMatchObject([
      { type: 'relays', relays: [{ relayId: 'berlin-1' }] },
      { type: 'overview', calls: [{ callId: 'a' }] },
    ]);
  });

  it('sends of who waits only the queues that are their teams', async () => {
    const queues = ['SAVE', 'SALES'].map((queue) => ({ queue, calls: 1, longestSince: 1, abandoned: 0 }));
    const mail = overviewFrames(
      { calls: [], reports: [{ ...report, calls: [], pbx: 'berlin', queues }], formerMetadata: noneBefore },
      5,
      nothingKnown,
    );
    const seenBy = async (restriction?: Restriction) => (await mail.framesFor(restriction)).flatMap(messagesIn);
    expect(await seenBy()).toMatchObject([{ relays: [{ queues }] }]);
    expect(await seenBy({ teams: ['SAVE'] })).toMatchObject([{ relays: [{ queues: [queues[0]] }] }]);
    expect(await seenBy(sales)).toMatchObject([{ relays: [{ queues: [] }] }]);
  });

  it('sends of a relay’s report only the calls that they may see', async () => {
    const known: MetadataOf = () => Promise.resolve(new Map([['b', { campaign: 'SALES' }]]));
    const mail = overviewFrames({ calls: [], reports: [report], formerMetadata: noneBefore }, 5, known);
    expect((await mail.framesFor(undefined)).flatMap(messagesIn)).toMatchObject([{ relays: [report] }]);
    expect((await mail.framesFor(sales)).flatMap(messagesIn)).toMatchObject([
      { relays: [{ calls: [{ callId: 'b' }] }] },
    ]);
  });
});

describe('immediateFrames', () => {
  const framesOfFirst = async (mail: TopicFrames[]) => (await mail[0]?.framesFor(undefined)) ?? [];

  it('sends everything about a call in one frame', async () => {
    const alert = { ...exampleAlert, callId: said({ seq: 1 }).callId };
    const mail = immediateFrames(
      digestOf([
        { kind: 'utterance', value: said({ seq: 1 }) },
        { kind: 'alert', value: alert },
      ]),
      5,
      nothingKnown,
    );
    const frames = await framesOfFirst(mail);
    expect(frames).toHaveLength(1);
    expect(frames.flatMap(messagesIn)).toMatchObject([{ type: 'call', utterances: [{ seq: 1 }], alerts: [{}] }]);
  });

  it('sends the utterances of a call only to the viewers of that call', async () => {
    const digest = digestOf([
      { kind: 'utterance', value: said({ seq: 1 }) },
      { kind: 'utterance', value: said({ seq: 2 }) },
      { kind: 'utterance', value: { ...said({ seq: 9 }), callId: 'other' } },
    ]);
    const mail = immediateFrames(digest, 5, nothingKnown);
    expect(mail.map(({ topic }) => topic)).toEqual([`call:${said({ seq: 1 }).callId}`, 'call:other']);
    const words = (await mail[0]?.framesFor(undefined))?.flatMap(messagesIn);
    expect(words).toMatchObject([{ type: 'call', utterances: [{ seq: 1 }, { seq: 2 }] }]);
  });

  it('sends monitors to the viewers of their call', async () => {
    const monitor: Monitor = {
      ...{ requestId: '00000000-0000-4000-8000-000000000001', callId: 'pbx-1', mode: 'barge', extension: '6005' },
      ...{ by: { sub: 'u-1', name: 'Ada' }, requestedAt: 1, outcome: 'busy', outcomeAt: 2 },
    };
    const [mail] = immediateFrames(digestOf([{ kind: 'monitor', value: monitor }]), 5, nothingKnown);
    expect(mail?.topic).toBe('call:pbx-1');
    expect((await mail?.framesFor(undefined))?.flatMap(messagesIn)).toEqual([
      { type: 'monitor', pushedAt: 5, monitor },
    ]);
  });

  it('sends an alert to the viewers of its call, and to those of alerts who may see the call', async () => {
    const { callId } = exampleCall;
    const known: MetadataOf = () => Promise.resolve(new Map([[callId, { campaign: 'SALES' }]]));
    const mail = immediateFrames(digestOf([{ kind: 'alert', value: exampleAlert }]), 5, known);
    expect(mail.map(({ topic }) => topic)).toEqual([`call:${callId}`, 'alerts']);
    for (const { framesFor } of mail) {
      const alerts = [{ alertId: exampleAlert.alertId }];
      expect((await framesFor(undefined)).flatMap(messagesIn)).toMatchObject([{ alerts }]);
      expect((await framesFor(sales)).flatMap(messagesIn)).toMatchObject([{ alerts }]);
    }
    expect(await mail[1]?.framesFor({ campaigns: ['SAVE'] })).toEqual([]);
    expect(await mail[0]?.access?.isOpenTo(sales)).toBe(true);
    expect(await mail[0]?.access?.isOpenTo({ campaigns: ['SAVE'] })).toBe(false);
    expect(mail[0]?.access?.closing).toEqual({ type: 'moved', pushedAt: 5, callIds: [callId] });
  });
});
