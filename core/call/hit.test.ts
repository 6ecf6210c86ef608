import fc from 'fast-check';
import { hitOf, hitSchema } from './hit.ts';

const line = (seq: number, text: string) => ({ seq, startMs: seq * 1000, text });
const marked = ({ text, found }: { text: string; found: readonly { start: number; end: number }[] }) =>
  found.map(({ start, end }) => text.slice(start, end));

test('the first line with the most of the words is shown, with all of them marked', () => {
  const lines = [line(1, 'A refund?'), line(2, 'I want my REFUND, a refund at once.'), line(3, 'Refund at once!')];
  const hit = hitOf(lines, 'once refund');
  expect(hit).toMatchObject({ seq: 2, startMs: 2000, text: 'I want my REFUND, a refund at once.' });
  expect(hit && marked(hit)).toEqual(['REFUND', 'refund', 'once']);
});

test('whole words alone are found', () => {
  expect(hitOf([line(1, 'Cancellation is not what I want')], 'cancel')).toBeUndefined();
  expect(hitOf([], 'cancel')).toBeUndefined();
});

test('a long line is cut around what was found, between words', () => {
  const words = (n: number) => Array.from({ length: n }, (_, index) => `word${String(index)}`).join(' ');
  const hit = hitOf([line(1, `${words(60)} lawyer ${words(60)}`)], 'lawyer');
  expect(hit?.text).toMatch(/^… word5\d .*lawyer word0 .*word\d+ …$/);
  expect(hit?.text.length).toBeLessThan(170);
  expect(hit && marked(hit)).toEqual(['lawyer']);
});

test('what is marked is in the excerpt, whatever was said', () => {
  const text = fc.array(fc.constantFrom('a', 'refund', '😀', '.', 'é', 'x'.repeat(90)), { maxLength: 60 });
  fc.assert(
    fc.property(text, (parts) => {
      const hit = hitOf([line(1, parts.join(' '))], 'refund é');
      if (!hit) return;
      expect(hitSchema.parse(hit)).toEqual(hit);
      expect(hit.found.length).toBeGreaterThan(0);
      for (const word of marked(hit)) expect(['refund', 'é']).toContain(word);
    }),
  );
});
