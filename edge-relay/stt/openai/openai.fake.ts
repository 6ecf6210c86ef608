import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { bytesOf } from '../../audio/samples.ts';
import { readWav } from '../../audio/wav.ts';
import { openOpenAi } from './openai.ts';
import { CodedRecognizer, type CodedWord } from '../coded-speech.fake.ts';
import { codedFixture, type FakeVendor, type Fault } from '../vendor.fake.ts';

const KEY = 'not-a-real-key';

/** Speaks OpenAI's transcription API, and understands coded speech. */
export async function startFakeOpenAi(
  options: { readonly language?: undefined } = {},
): Promise<FakeVendor & { readonly forms: Record<string, string>[] }> {
  const faults: Fault[] = [];
  const receivedMs: number[] = [];
  const forms: Record<string, string>[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    if (request.headers.authorization !== `Bearer ${KEY}`) return void response.writeHead(401).end();
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- a test's own upload
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    const file = form.get('file');
    if (!file || typeof file === 'string') return void response.writeHead(400).end();
    const { sampleRate, channels } = readWav(Buffer.from(await file.arrayBuffer()));
    const samples = channels[0] ?? new Int16Array();
    forms.push(
      Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
    );
    receivedMs.push(samples.length / (sampleRate / 1_000));
    const fault = faults.shift();
    if (fault?.kind === 'refuse') return void response.writeHead(fault.status).end('{"error":{"message":"refused"}}');
    if (fault?.kind === 'drop') return void request.socket.resetAndDestroy();
    if (fault?.kind === 'stall') return;
    if (fault?.kind === 'late') await delay(fault.delayMs);
    const words = recognize(bytesOf(samples), sampleRate === 8_000 ? 8_000 : 16_000);
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        text: words.map(({ text }) => text).join(' '),
        language: 'spanish',
        words:
          fault?.kind === 'untimed'
            ? null
            : words.map(({ text, startMs, endMs }) => ({ word: text, start: startMs / 1_000, end: endMs / 1_000 })),
      }),
    );
  };
  const server = createServer((request, response) => {
    request.on('error', () => undefined);
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    engine: openOpenAi({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      apiKey: KEY,
      model: 'whisper-1',
      language: 'language' in options ? options.language : 'en-US',
      vocabulary: ['Meridian'],
    }),
    faults,
    receivedMs,
    forms,
    fixture: codedFixture,
    cannot: {
      partials: 'it transcribes a piece of speech at a time',
      expire: 'each piece is a request of its own, which is tried apart',
      repeat: 'it answers each request once',
      'no-endpoints': 'each of its answers is an endpoint',
      stall: 'a request that is never answered fails by its own limit of time, which is tried apart',
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function recognize(audio: Buffer, sampleRate: 8_000 | 16_000): CodedWord[] {
  const recognized: CodedWord[] = [];
  const recognizer = new CodedRecognizer({ sampleRate, channelCount: 1 }, 0, {
    partial: () => undefined,
    final: (words) => recognized.push(...words),
  });
  recognizer.push(audio);
  recognizer.end();
  return recognized;
}
