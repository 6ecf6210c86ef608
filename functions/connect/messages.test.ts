import { CLIENT_MESSAGE_LIMIT_BYTES, parseClientMessage } from './messages.ts';

describe('parseClientMessage', () => {
  it('reads what the page says', () => {
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

  it('names the field that was wrong', () => {
    expect(parseClientMessage('{"action":"subscribe","topic":7}')).toMatchObject({
      error: { message: expect.stringContaining('topic') as string },
    });
  });
});
