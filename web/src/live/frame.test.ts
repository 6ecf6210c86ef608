import { deflateRawSync } from 'node:zlib';
import type { ServerMessage } from '#core/contracts/live.ts';
import { messagesIn } from './frame.ts';

const packed = (text: string) => JSON.stringify({ type: 'packed', deflated: deflateRawSync(text).toString('base64') });

describe('messagesIn', () => {
  const message: ServerMessage = { type: 'error', code: 'not-found', message: 'Größe' };

  it('reads a message, and a packed list of them', async () => {
    expect(await messagesIn(JSON.stringify(message))).toEqual([message]);
    expect(await messagesIn(packed(JSON.stringify([message, { type: 'pong' }])))).toEqual([message, { type: 'pong' }]);
  });

  it.each([
    ['no text', new Uint8Array([1])],
    ['no JSON', '{'],
    ['no message', '{"type":"news"}'],
    ['packed, but no message', packed('[{"type":"news"}]')],
    ['packed, but no list', packed(JSON.stringify(message))],
    ['packed, but no JSON', packed('{')],
    ['not deflated', '{"type":"packed","deflated":"AAAA"}'],
    ['cut short', packed(JSON.stringify([message])).replace(/....""?}$/, '"}')],
  ])('takes what is %s for none', async (_, data) => {
    expect(await messagesIn(data)).toBeUndefined();
  });
});
