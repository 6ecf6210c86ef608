import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { readWav } from '../../audio/wav.ts';
import { codedSpeech } from '../coded-speech.fake.ts';
import type { LostSpan, SttError, SttResult } from '../engine.ts';
import { MONO_8_KHZ } from '../vendor.fake.ts';
import { openOpenAi } from './openai.ts';

interface Answer {
  readonly status?: number;
  readonly body: string;
  readonly contentType?: string;
}

const good: Answer = { body: '{"text":"hello"}' };
const page: Answer = { body: '<html>Sign in</html>', contentType: 'text/html' };
const refusal = (message: string, status = 400): Answer => ({ status, body: JSON.stringify({ error: { message } }) });

describe('a transcription server that is not OpenAI’s', () => {
  let server: Server;
  let answer: (form: FormData) => Answer;
  let forms: FormData[];

  beforeEach(async () => {
    forms = [];
    server = createServer((request, response) => {
      void buffer(request).then(async (body) => {
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- a test's own upload
        const form = await new Response(new Uint8Array(body), { headers }).formData();
        forms.push(form);
        const { status = 200, body: text, contentType = 'application/json' } = answer(form);
        response.writeHead(status, { 'content-type': contentType }).end(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const open = () =>
    openOpenAi({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      apiKey: undefined,
      model: 'whisper-1',
      language: 'en-US',
      vocabulary: ['Meridian'],
    });
  /** Speaks so many pieces on a stream of its own. */
  async function speak(engine: ReturnType<typeof open>, pieces: number, language?: string) {
    const finals: SttResult[] = [];
    const lost: LostSpan[] = [];
    const error = await new Promise<SttError | undefined>((resolve) => {
      const listener = {
        partial: () => undefined,
        final: (result: SttResult) => finals.push(result),
        endpoint: () => undefined,
        lost: (span: LostSpan) => lost.push(span),
        closed: resolve,
      };
      void engine.open(MONO_8_KHZ, { channels: ['caller'], language }, listener).then((connection) => {
        connection.send(codedSpeech(Array<string>(pieces).fill('hello'), MONO_8_KHZ));
        connection.finish();
      });
    });
    return { finals, lost, error };
  }

  it.each([
    ['response_format', refusal("response_format 'verbose_json' is not compatible with model, use 'json'")],
    ['timestamp_granularities[]', refusal('Unknown parameter: timestamp_granularities[]', 422)],
    ['temperature', refusal('temperature is not supported')],
    ['prompt', refusal('Extra inputs are not permitted: prompt')],
    ['language', refusal('language "en" is not supported by this model')],
  ])('that refuses %s is asked more simply, also for the pieces and streams after', async (field, refused) => {
    answer = (form) => (form.has(field) && form.get(field) !== 'json' ? refused : good);
    const engine = open();
    const { finals, lost, error } = await speak(engine, 3);
    expect({ error, lost, said: finals.map(({ text }) => text) }).toEqual({
      error: undefined,
      lost: [],
      said: ['hello', 'hello', 'hello'],
    });
    const before = forms.length;
    await speak(engine, 1);
    expect(forms).toHaveLength(before + 1);
    expect(engine.limits?.().length).toBeGreaterThan(0);
    for (const limit of engine.limits?.() ?? []) expect(limit).toContain(field.replace('[]', ''));
  });

  it('that refuses everything it is asked for, one after the other, still transcribes', async () => {
    answer = (form) => {
      const field = ['timestamp_granularities[]', 'response_format', 'temperature', 'prompt', 'language'].find((name) =>
        form.has(name),
      );
      return field === undefined ? { body: 'hello', contentType: 'text/plain' } : refusal(`${field} is unknown`);
    };
    expect((await speak(open(), 2)).finals.map(({ text }) => text)).toEqual(['hello', 'hello']);
  });

  it('that refuses without naming a field ends the stream for good, with its own words', async () => {
    answer = () => refusal('model whisper-1 was not found');
    const { error } = await speak(open(), 1);
    expect(error).toMatchObject({ retryable: false, message: expect.stringContaining('was not found') as string });
  });

  it.each([
    ['a web page', page],
    ['broken JSON', { body: '{"text":' }],
    ['a refusal', refusal('cannot decode this audio')],
    ['an error of its own', { status: 500, body: 'Internal Server Error', contentType: 'text/plain' }],
  ])('that answers one piece twice with %s loses this piece alone, and it is reported', async (_name, wrong) => {
    const answers = [good, wrong, wrong, good];
    answer = () => answers[forms.length - 1] ?? good;
    const engine = open();
    const one = await speak(engine, 1);
    const two = await speak(engine, 1);
    const three = await speak(engine, 1);
    expect(one.finals.map(({ text }) => text)).toEqual(['hello']);
    expect(two).toMatchObject({ finals: [], error: undefined, lost: [{ channelIndex: 0 }] });
    expect(two.lost[0]?.endMs ?? 0).toBeGreaterThan(two.lost[0]?.startMs ?? 0);
    expect(three.finals.map(({ text }) => text)).toEqual(['hello']);
    expect(forms).toHaveLength(4);
  });

  it('that answers nothing but web pages ends the stream, so that another engine may be tried', async () => {
    answer = () => page;
    const { finals, lost, error } = await speak(open(), 5);
    expect(finals).toEqual([]);
    expect(lost).toHaveLength(1);
    expect(error).toMatchObject({ retryable: true, message: expect.stringContaining('web page') as string });
  });

  it('is sent no piece under 1.1 s, and the words keep their places', async () => {
    answer = () => ({ body: JSON.stringify({ text: 'hello', words: [{ word: 'hello', start: 0.2, end: 9 }] }) });
    const { finals } = await speak(open(), 1);
    const file = forms[0]?.get('file');
    if (!(file instanceof Blob)) throw new Error('no audio was sent');
    const { sampleRate, channels } = readWav(Buffer.from(await file.arrayBuffer()));
    expect((channels[0]?.length ?? 0) / sampleRate).toBeGreaterThanOrEqual(1.1);
    const [final] = finals;
    expect((final?.endMs ?? 0) - (final?.startMs ?? 0)).toBeLessThan(1_100);
    expect(final?.words[0]?.endMs).toBe(final?.endMs);
  });

  it('is asked for the language of the call, or for none where a Whisper model does not know it', async () => {
    answer = () => good;
    const engine = open();
    await speak(engine, 1, 'nb-NO');
    await speak(engine, 1, 'tlh');
    expect(forms.map((form) => form.get('language'))).toEqual(['no', null]);
  });
});
