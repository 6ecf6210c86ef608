import fc from 'fast-check';
import { hostileText } from '#core/judging/hostile-input.ts';
import { PAGE_BYTES, PageRoom } from './page-room.ts';

const LAMBDA_RESPONSE_BYTES = 6 * 1024 * 1024;

describe('a page', () => {
  it('fits into a response of Lambda, whatever its rows', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 5 }), (texts) => {
        const room = new PageRoom();
        const rows: { text: string; repeated: string }[] = [];
        for (let index = 0; ; index++) {
          const text = texts[index % texts.length] ?? '';
          const row = { text, repeated: text.repeat(10) };
          if (!room.takes(row)) break;
          rows.push(row);
        }
        const response = JSON.stringify({ statusCode: 200, body: JSON.stringify({ rows }) });
        expect(Buffer.byteLength(response)).toBeLessThan(LAMBDA_RESPONSE_BYTES);
        expect(rows.length).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });

  it('takes one row whatever its size, and no other after it', () => {
    const room = new PageRoom();
    expect(room.takes('x'.repeat(2 * PAGE_BYTES))).toBe(true);
    expect(room.takes('x')).toBe(false);
  });

  it('ends at the first row that does not fit', () => {
    expect(new PageRoom(12).leading(['aaaa', 'bbbbbbbbbb', 'c'])).toEqual(['aaaa']);
    expect(new PageRoom().leading(['aaaa', 'b'])).toEqual(['aaaa', 'b']);
  });
});
