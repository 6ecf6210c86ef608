import { MAX_LIVE_CALLS, type RelayMessage } from '#core/contracts/control.ts';
import { CLIENT_MESSAGE_LIMIT_BYTES, parseClientMessage, parseRelayMessage } from './messages.ts';

describe('parseClientMessage', () => {
  it('parses what the page sends', () => {
    expect(parseClientMessage('{"action":"subscribe","topic":"call:berlin-1.17"}')).toEqual({
      message: { action: 'subscribe', topic: 'call:berlin-1.17' },
    });
    expect(parseClientMessage('{"action":"ping"}')).toEqual({ message: { action: 'ping' } });
  });

  it.each([
    ['', 'malformed'],
    ['hello', 'malformed'],
    ['[]', 'malformed'],
    ['null', 'malformed'],
    ['{"action":"shout"}', 'malformed'],
    ['{"action":"subscribe"}', 'malformed'],
    ['{"action":"subscribe","topic":"call:"}', 'malformed'],
    ['{"action":"subscribe","topic":"call:a b"}', 'malformed'],
    [JSON.stringify({ action: 'ping', pad: 'x'.repeat(CLIENT_MESSAGE_LIMIT_BYTES) }), 'too-large'],
    ['ü'.repeat(CLIENT_MESSAGE_LIMIT_BYTES / 2 + 1), 'too-large'],
  ])('refuses %.40j', (frame, code) => {
    expect(parseClientMessage(frame)).toMatchObject({ error: { type: 'error', code } });
  });

  it('names the invalid field', () => {
    expect(parseClientMessage('{"action":"subscribe","topic":7}')).toMatchObject({
      error: { message: expect.stringContaining('topic') as string },
    });
  });
});

describe('parseRelayMessage', () => {
  const partial = { action: 'partial', callId: 'pbx-1', channel: 'caller', startMs: 0, heardAt: 1 } as const;

  it.each<RelayMessage>([
    { action: 'ping' },
    { ...partial, text: '\u0001'.repeat(1024) },
    { action: 'live', callIds: Array.from({ length: MAX_LIVE_CALLS }, () => 'x'.repeat(128)) },
  ])('accepts the longest messages of a relay', (message) => {
    expect(parseRelayMessage(JSON.stringify(message))).toEqual({ message });
  });

  it.each([
    [{ action: 'subscribe', topic: 'overview' }, 'malformed'],
    [{ ...partial, text: '' }, 'malformed'],
    [{ ...partial, text: 'x'.repeat(9000) }, 'too-large'],
  ])('refuses %.60j', (frame, code) => {
    expect(parseRelayMessage(JSON.stringify(frame))).toMatchObject({ error: { code } });
  });
});
