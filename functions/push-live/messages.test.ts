import fc from 'fast-check';
import { exampleCall, said } from '#core/call/example-call.ts';
import { serverMessageSchema, type ServerMessage } from '#core/views.ts';
import { digestOf } from './digest.ts';
import { MESSAGE_LIMIT_BYTES, overviewMail, pack, urgentMail } from './messages.ts';

const parse = (message: string) => serverMessageSchema.parse(JSON.parse(message));

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

describe('overviewMail', () => {
  it('shows a call that changed often once, as it is last', () => {
    const digest = digestOf([1, 2, 3].map((version) => ({ kind: 'call', value: { ...exampleCall, version } })));
    const [mail] = overviewMail(digest, 5);
    expect(mail?.topic).toBe('overview');
    expect(mail?.messages.map(parse)).toMatchObject([{ type: 'overview', pushedAt: 5, calls: [{ version: 3 }] }]);
  });

  it('keeps each message within what is billed once, for a thousand calls', () => {
    const calls = Array.from({ length: 1000 }, (_, index) => ({
      kind: 'call' as const,
      value: { ...exampleCall, callId: `berlin-${index}` },
    }));
    const [mail] = overviewMail(digestOf(calls), 5);
    expect(mail?.messages.every((message) => Buffer.byteLength(message) <= MESSAGE_LIMIT_BYTES)).toBe(true);
    const ids = mail?.messages.map(parse).flatMap((message) => (message.type === 'overview' ? message.calls : []));
    expect(ids).toHaveLength(1000);
  });

  it('says nothing when nothing of it changed', () => {
    expect(overviewMail(digestOf([{ kind: 'utterance', value: said({ seq: 1 }) }]), 5)).toEqual([]);
  });
});

describe('urgentMail', () => {
  it('gives the words of a call to the viewers of that call alone', () => {
    const digest = digestOf([
      { kind: 'utterance', value: said({ seq: 1 }) },
      { kind: 'utterance', value: said({ seq: 2 }) },
      { kind: 'utterance', value: { ...said({ seq: 9 }), callId: 'other' } },
    ]);
    const mail = urgentMail(digest, 5);
    expect(mail.map(({ topic }) => topic)).toEqual([`call:${said({ seq: 1 }).callId}`, 'call:other']);
    expect(mail[0]?.messages.map(parse)).toMatchObject([{ type: 'call', utterances: [{ seq: 1 }, { seq: 2 }] }]);
  });

  it('gives an alert to the viewers of its call and to those of alerts', () => {
    const { callId } = exampleCall;
    const alert = {
      alertId: 'keywords#4',
      callId,
      kind: 'alert' as const,
      level: 'urgent' as const,
      seq: 4,
      channel: 'caller' as const,
      text: 'cancel it',
      atMs: 9000,
      raisedAt: 9000,
      reasons: [
        { ruleId: 'keywords', ruleName: 'K', ruleVersion: 1, level: 'urgent' as const, explanation: 'x', matches: [] },
      ],
      state: 'open' as const,
    };
    const mail = urgentMail(digestOf([{ kind: 'alert', value: alert }]), 5);
    expect(mail.map(({ topic }) => topic)).toEqual([`call:${callId}`, 'alerts']);
    for (const { messages } of mail)
      expect(messages.map(parse)).toMatchObject([{ alerts: [{ alertId: 'keywords#4' }] }]);
  });
});
