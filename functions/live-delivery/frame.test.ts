import fc from 'fast-check';
import { exampleCall } from '#core/call/example-call.ts';
import { summaryOf, type CallSummary } from '#core/call/summary.ts';
import type { ServerMessage } from '#core/contracts/live.ts';
import { frameOf, framesOf, messagesIn, MESSAGE_LIMIT_BYTES } from './frame.ts';

const calls = (count: number) =>
  Array.from({ length: count }, (_, index) => summaryOf({ ...exampleCall, callId: `berlin-${index}` }));
const overview = (some: readonly CallSummary[]): ServerMessage[] => [
  { type: 'overview', pushedAt: 5, calls: [...some] },
];

describe('frameOf', () => {
  it('leaves a short message as it is', () => {
    expect(frameOf([{ type: 'pong' }])).toBe('{"type":"pong"}');
    expect(messagesIn('{"type":"pong"}')).toEqual([{ type: 'pong' }]);
  });

  it('packs long ones to a fraction of their size, which a page unpacks', () => {
    const messages: ServerMessage[] = [...overview(calls(50)), { type: 'pong' }, ...overview(calls(3))];
    const frame = frameOf(messages);
    expect(frame.length).toBeLessThan(JSON.stringify(messages).length / 4);
    expect(messagesIn(frame)).toEqual(messages);
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
        expect(
          frames.flatMap(messagesIn).flatMap((message) => (message.type === 'overview' ? message.calls : [])),
        ).toEqual(rows);
      }),
      { numRuns: 15 },
    );
  });
});

describe('messagesIn', () => {
  it.each(['', '{', '{"type":"news"}', '{"type":"packed","deflated":"AAAA"}', '{"type":"packed","deflated":"%"}'])(
    'rejects %s',
    (frame) => {
      expect(() => messagesIn(frame)).toThrow();
    },
  );
});
