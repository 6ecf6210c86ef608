import fc from 'fast-check';
import { resultOfAnswer, UnreadableAnswerError } from './answer.ts';

const piece = { startMs: 1_000, endMs: 3_000 };
const json = 'application/json';
const textOf = (body: unknown, contentType: string | null = json) =>
  resultOfAnswer(typeof body === 'string' ? body : JSON.stringify(body), contentType, piece).text;
const spoken = { text: 'cancel my account' };
const segment = {
  text: ' cancel my account',
  start: 0,
  end: 2,
  no_speech_prob: 0.1,
  avg_logprob: -0.3,
  compression_ratio: 1.1,
};

describe('an answer of a transcription server', () => {
  it.each<[string, unknown, string | null]>([
    ['verbose JSON', { ...spoken, words: [], segments: [segment] }, json],
    ['JSON', spoken, json],
    ['JSON that says that it is text', spoken, 'text/plain'],
    ['a JSON string', '"cancel my account"', json],
    ['plain text', 'cancel my account\n', 'text/plain; charset=utf-8'],
    ['plain text without a type', 'cancel my account', null],
    ['words of null', { ...spoken, words: null }, json],
    ['words as an object', { ...spoken, words: {} }, json],
    ['words without times', { ...spoken, words: [{ word: 'cancel' }, { word: 'my' }, { word: 'account' }] }, json],
    ['segments as an object', { ...spoken, segments: { 0: segment } }, json],
    ['segments alone', { segments: [segment] }, json],
    ['a list of segments', [segment], json],
    ['probabilities of null', { ...spoken, segments: [{ ...segment, no_speech_prob: null, avg_logprob: null }] }, json],
  ])('yields its text: %s', (_name, body, contentType) => {
    const { text, words } = resultOfAnswer(typeof body === 'string' ? body : JSON.stringify(body), contentType, piece);
    expect(text).toBe('cancel my account');
    expect(words.map((word) => word.text)).toEqual(['cancel', 'my', 'account']);
    expect(words[0]?.startMs).toBe(1_000);
    expect(words[2]?.endMs).toBe(3_000);
  });

  it('gives words the times that the server sends, within the piece', () => {
    const words = [
      { word: ' cancel', start: -0.01, end: 0.4 },
      { word: ' my', start: 0.4, end: 0.6 },
      { word: ' account', start: 0.6, end: 2.4 },
    ];
    expect(resultOfAnswer(JSON.stringify({ ...spoken, words }), json, piece).words).toEqual([
      { text: 'cancel', startMs: 1_000, endMs: 1_400 },
      { text: 'my', startMs: 1_400, endMs: 1_600 },
      { text: 'account', startMs: 1_600, endMs: 3_000 },
    ]);
  });

  it.each([
    ['a web page', '<!doctype html><title>Sign in</title>', 'text/html'],
    ['a web page that says that it is text', '<html>', 'text/plain'],
    ['broken JSON', '{"text": "cancel', json],
    ['an object without text', '{"result": "cancel"}', json],
    ['null', 'null', json],
  ])('is refused when there is no text in it: %s', (_name, body, contentType) => {
    expect(() => textOf(body, contentType)).toThrow(UnreadableAnswerError);
  });

  it.each([
    ['silence, by its probability', { ...segment, no_speech_prob: 0.7, avg_logprob: -1.2 }],
    ['a loop, by how well it can be compressed', { ...segment, compression_ratio: 2.5 }],
    ['a mark for a sound', { ...segment, text: '[BLANK_AUDIO]' }],
    ['music', { ...segment, text: ' (upbeat music) ♪♪' }],
    ['the same words over and over', { ...segment, text: 'Thank you for watching. '.repeat(5) }],
  ])('leaves out what the model invented: %s', (_name, invented) => {
    const body = { text: `${invented.text} ${segment.text}`, segments: [invented, { ...segment, start: 2, end: 4 }] };
    expect(textOf(body)).toBe('cancel my account');
    expect(textOf({ text: invented.text, segments: [invented] })).toBe('');
  });

  it.each(['thank you for watching', 'no no no no', 'I said cancel it, cancel it, cancel it', 'yes [laughs] please'])(
    'keeps what people say: %s',
    (text) => {
      expect(textOf({ text })).toBe(text);
    },
  );

  it('of any JSON is a result in its piece, or is refused', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({ text: fc.jsonValue(), words: fc.jsonValue(), segments: fc.jsonValue() }, { requiredKeys: [] }),
      fc.record({
        text: fc.string(),
        words: fc.array(fc.record({ word: fc.jsonValue(), start: fc.jsonValue(), end: fc.jsonValue() })),
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        try {
          const { words } = resultOfAnswer(JSON.stringify(value), json, piece);
          for (const { startMs, endMs } of words) {
            expect(startMs).toBeGreaterThanOrEqual(piece.startMs);
            expect(endMs).toBeGreaterThanOrEqual(startMs);
            expect(endMs).toBeLessThanOrEqual(piece.endMs);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableAnswerError);
        }
      }),
    );
  });
});
