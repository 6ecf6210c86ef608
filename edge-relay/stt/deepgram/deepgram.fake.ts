import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { openDeepgram } from './deepgram.ts';
import { type AudioFormat, bytesPerMs } from '../engine.ts';
import { type CodedListener, CodedRecognizer, type CodedWord, type SpeechCode } from '../coded-speech.fake.ts';
import { codedFixture, type FakeVendor, type Fault } from '../vendor.fake.ts';

export const DEEPGRAM_TEST_KEY = 'not-a-real-key';

/** Speaks Deepgram's live WebSocket, and understands coded speech. */
export async function startFakeDeepgram(
  code?: SpeechCode,
): Promise<FakeVendor & { readonly requests: URL[]; readonly url: string }> {
  const faults: Fault[] = [];
  const receivedMs: number[] = [];
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
      const index = receivedMs.push(0) - 1;
      requests.push(urlOf(request));
      const isMultilingual = urlOf(request).searchParams.get('language') === 'multi';
      serve(webSocket, {
        format: formatOf(urlOf(request)),
        isMultilingual,
        code,
        fault,
        received: (ms) => (receivedMs[index] = ms),
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}`;
  const engine = openDeepgram({
    apiKey: DEEPGRAM_TEST_KEY,
    url,
    model: 'nova-3',
    language: 'en-US',
    vocabulary: ['Meridian', 'Northgate Mobile'],
    redact: ['pci', 'ssn'],
  });
  return {
    engine,
    url,
    faults,
    receivedMs,
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

interface Serving {
  readonly format: AudioFormat;
  readonly isMultilingual: boolean;
  readonly code: SpeechCode | undefined;
  readonly fault: Fault | undefined;
  readonly received: (ms: number) => void;
}

function serve(socket: WebSocket, { format, isMultilingual, code, fault, received }: Serving): void {
  let audioMs = 0;
  const send = (message: object) => {
    if (fault?.kind === 'late')
      setTimeout(() => {
        socket.send(JSON.stringify(message));
      }, fault.delayMs);
    else socket.send(JSON.stringify(message));
  };
  const recognizers = Array.from({ length: format.channelCount }, (_, channel) => {
    const results = (words: readonly CodedWord[], startMs: number, endMs: number, isFinal: boolean) => {
      const message = resultsMessage([channel, format.channelCount], words, startMs, endMs, isFinal);
      if (isMultilingual) sayLanguages(message);
      if (fault?.kind === 'untimed') for (const alternative of message.channel.alternatives) alternative.words = null;
      if (fault?.kind === 'no-endpoints') message.speech_final = false;
      send(message);
      if (fault?.kind === 'repeat' && isFinal) send(message);
    };
    const listener: CodedListener = {
      partial: (words, startMs, endMs) => {
        results(words, startMs, endMs, false);
      },
      final: (words, startMs, endMs) => {
        results(words, startMs, endMs, true);
      },
    };
    return new CodedRecognizer(format, channel, listener, code);
  });
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type !== 'CloseStream') return;
      for (const recognizer of recognizers) recognizer.end();
      send({ type: 'Metadata', request_id: 'fake', duration: audioMs / 1_000, channels: format.channelCount });
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
    // It says every second that it receives audio, also when nobody speaks.
    if (Math.floor(audioMs / 1_000) > secondsBefore && fault?.kind !== 'stall')
      send(resultsMessage([0, format.channelCount], [], audioMs, audioMs, false));
    received(audioMs);
    if (fault?.kind === 'stall' && audioMs >= fault.afterAudioMs) socket.pause();
    else if (fault?.kind === 'drop' && audioMs >= fault.afterAudioMs) socket.terminate();
    else if (fault?.kind === 'expire' && audioMs >= fault.afterAudioMs) socket.close(1_008, 'DATA-0000');
    else for (const recognizer of recognizers) recognizer.push(data);
  });
}

/** What a multilingual model adds: here the first word is English, and all others Spanish. */
function sayLanguages({ channel }: ReturnType<typeof resultsMessage>): void {
  for (const alternative of channel.alternatives) {
    const words = alternative.words?.map((word, at) => ({ ...word, language: at === 0 ? 'en' : 'es' })) ?? [];
    Object.assign(alternative, { words, languages: ['en', 'es'] });
  }
}

function resultsMessage(
  channelIndex: readonly number[],
  words: readonly CodedWord[],
  startMs: number,
  endMs: number,
  isFinal: boolean,
) {
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
          })) as object[] | null,
        },
      ],
    },
    metadata: { request_id: 'fake', model_uuid: 'fake' },
  };
}
