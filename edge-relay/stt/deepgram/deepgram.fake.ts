import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { openDeepgram } from './deepgram.ts';
import { type AudioFormat, bytesPerMs } from '../engine.ts';
import { CodedRecognizer, type CodedWord } from '../coded-speech.fake.ts';
import { codedFixture, type FakeVendor, type Fault } from '../vendor.fake.ts';

const DEEPGRAM_TEST_KEY = 'not-a-real-key';

/** Speaks Deepgram's live WebSocket, and understands coded speech. */
export async function startFakeDeepgram(): Promise<FakeVendor & { readonly requests: URL[] }> {
  const faults: Fault[] = [];
  const heardMs: number[] = [];
  const requests: URL[] = [];
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    const fault = faults.shift();
    const isAllowed = request.headers.authorization === `Token ${DEEPGRAM_TEST_KEY}`;
    const status = fault?.kind === 'refuse' ? fault.status : isAllowed ? undefined : 401;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const index = heardMs.push(0) - 1;
      requests.push(urlOf(request));
      serve(webSocket, formatOf(urlOf(request)), fault, (ms) => (heardMs[index] = ms));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const engine = openDeepgram({
    apiKey: DEEPGRAM_TEST_KEY,
    url: `ws://127.0.0.1:${port}`,
    model: 'nova-3',
    language: 'en-US',
    vocabulary: ['Meridian', 'Northgate Mobile'],
    redact: ['pci', 'ssn'],
  });
  return {
    engine,
    faults,
    heardMs,
    requests,
    fixture: codedFixture,
    cannot: {},
    close: async () => {
      await engine.close();
      for (const client of sockets.clients) client.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const urlOf = (request: IncomingMessage) => new URL(request.url ?? '', 'http://fake');

function formatOf({ searchParams }: URL): AudioFormat {
  return {
    sampleRate: searchParams.get('sample_rate') === '8000' ? 8_000 : 16_000,
    channelCount: searchParams.get('channels') === '2' ? 2 : 1,
  };
}

function serve(socket: WebSocket, format: AudioFormat, fault: Fault | undefined, heard: (ms: number) => void): void {
  let audioMs = 0;
  const tell = (message: object) => {
    if (fault?.kind === 'late')
      setTimeout(() => {
        socket.send(JSON.stringify(message));
      }, fault.delayMs);
    else socket.send(JSON.stringify(message));
  };
  const recognizers = Array.from({ length: format.channelCount }, (_, channel) => {
    const results = (words: readonly CodedWord[], startMs: number, endMs: number, isFinal: boolean) => {
      tell(resultsMessage([channel, format.channelCount], words, startMs, endMs, isFinal));
    };
    return new CodedRecognizer(format, channel, {
      partial: (words, startMs, endMs) => {
        results(words, startMs, endMs, false);
      },
      final: (words, startMs, endMs) => {
        results(words, startMs, endMs, true);
      },
    });
  });
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type !== 'CloseStream') return;
      for (const recognizer of recognizers) recognizer.end();
      tell({ type: 'Metadata', request_id: 'fake', duration: audioMs / 1_000, channels: format.channelCount });
      setTimeout(
        () => {
          socket.close(1_000);
        },
        fault?.kind === 'late' ? fault.delayMs + 10 : 0,
      );
      return;
    }
    const secondsBefore = Math.floor(audioMs / 1_000);
    audioMs += data.length / bytesPerMs(format);
    // It says every second that it hears, also when nobody speaks.
    if (Math.floor(audioMs / 1_000) > secondsBefore && fault?.kind !== 'stall')
      tell(resultsMessage([0, format.channelCount], [], audioMs, audioMs, false));
    heard(audioMs);
    if (fault?.kind === 'stall' && audioMs >= fault.afterAudioMs) socket.pause();
    else if (fault?.kind === 'drop' && audioMs >= fault.afterAudioMs) socket.terminate();
    else for (const recognizer of recognizers) recognizer.push(data);
  });
}

function resultsMessage(
  channelIndex: readonly number[],
  words: readonly CodedWord[],
  startMs: number,
  endMs: number,
  isFinal: boolean,
): object {
  return {
    type: 'Results',
    channel_index: channelIndex,
    start: startMs / 1_000,
    duration: (endMs - startMs) / 1_000,
    is_final: isFinal,
    speech_final: isFinal,
    channel: {
      alternatives: [
        {
          transcript: words.map(({ text }) => text).join(' '),
          confidence: 0.98,
          words: words.map((word) => ({
            word: word.text,
            start: word.startMs / 1_000,
            end: word.endMs / 1_000,
            confidence: 0.98,
          })),
        },
      ],
    },
    metadata: { request_id: 'fake', model_uuid: 'fake' },
  };
}
