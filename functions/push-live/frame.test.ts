import fc from 'fast-check';
import { exampleCall } from '#core/call/example-call.ts';
import { summaryOf, type CallSummary, type ServerMessage } from '#core/views.ts';
import { frameOf, framesOf, messageIn, MESSAGE_LIMIT_BYTES } from './frame.ts';

const calls = (count: number) =>
  Array.from({ length: count }, (_, index) => summaryOf({ ...exampleCall, callId: `berlin-${index}` }));
const overview = (some: CallSummary[]): ServerMessage => ({ type: 'overview', pushedAt: 5, calls: some });

describe('frameOf', () => {
  it('leaves a short message as it is', () => {
    expect(frameOf({ type: 'pong' })).toBe('{"type":"pong"}');
  });

  it('packs a long one to a part of its size, and a page reads the same', () => {
    const message = overview(calls(50));
    const frame = frameOf(message);
    expect(frame.length).toBeLessThan(JSON.stringify(message).length / 4);
    expect(messageIn(frame)).toEqual(message);
  });
});

describe('framesOf', () => {
  it('keeps every row, in order, in frames that are billed once', () => {
    const text = fc.array(fc.string({ unit: 'binary', minLength: 2000, maxLength: 9000 }), { maxLength: 8 });
    fc.assert(
      fc.property(text, (texts) => {
        const rows = texts.map(
          (said, index) => ({ ...calls(1)[0], callId: `c-${index}`, engine: said }) as CallSummary,
        );
        const frames = framesOf(rows, overview);
        for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(MESSAGE_LIMIT_BYTES);
        expect(frames.map(messageIn).flatMap((message) => (message.type === 'overview' ? message.calls : []))).toEqual(
          rows,
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe('messageIn', () => {
  it.each(['', '{', '{"type":"news"}', '{"type":"packed","deflated":"AAAA"}', '{"type":"packed","deflated":"%"}'])(
    'does not take %s for a message',
    (frame) => {
      expect(() => messageIn(frame)).toThrow();
    },
  );
});
