import { deflateRawSync } from 'node:zlib';
import type { ServerMessage } from '#core/views.ts';
import { messageIn } from './frame.ts';

const packed = (text: string) => JSON.stringify({ type: 'packed', deflated: deflateRawSync(text).toString('base64') });

describe('messageIn', () => {
  const message: ServerMessage = { type: 'error', code: 'not-found', message: 'Größe' };

  it('reads a message, packed or not', async () => {
    expect(await messageIn(JSON.stringify(message))).toEqual(message);
    expect(await messageIn(packed(JSON.stringify(message)))).toEqual(message);
  });

  it.each([
    ['no text', new Uint8Array([1])],
    ['no JSON', '{'],
    ['no message', '{"type":"news"}'],
    ['packed, but no message', packed('{"type":"news"}')],
    ['packed, but no JSON', packed('{')],
    ['not deflated', '{"type":"packed","deflated":"AAAA"}'],
    ['cut short', packed(JSON.stringify(message)).replace(/....""?}$/, '"}')],
  ])('takes what is %s for none', async (_, data) => {
    expect(await messageIn(data)).toBeUndefined();
  });
});
