import { createServer, type Http2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { type AddressInfo } from 'node:net';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { type AudioFormat, bytesPerMs } from '../engine.ts';
import { openTranscribe } from './transcribe.ts';
import { CodedRecognizer, type CodedWord } from '../coded-speech.fake.ts';
import { codedFixture, type FakeVendor, type Fault } from '../vendor.fake.ts';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

const EXCEPTIONS = {
  400: 'BadRequestException',
  401: 'UnrecognizedClientException',
  429: 'LimitExceededException',
} as const;

/** Speaks Amazon Transcribe's event stream over HTTP/2 without TLS, and understands coded speech. */
export async function startFakeTranscribe(
  options: { readonly identified?: readonly string[] } = {},
): Promise<FakeVendor & { readonly requests: IncomingHttpHeaders[] }> {
  const requests: IncomingHttpHeaders[] = [];
  const faults: Fault[] = [];
  const receivedMs: number[] = [];
  const sessions = new Set<Http2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    requests.push(headers);
    const fault = faults.shift();
    if (fault?.kind === 'refuse') {
      const type = EXCEPTIONS[fault.status];
      stream.respond({ ':status': fault.status === 401 ? 403 : fault.status, 'x-amzn-errortype': type });
      stream.end(JSON.stringify({ Message: 'refused' }));
      return;
    }
    const index = receivedMs.push(0) - 1;
    const format: AudioFormat = {
      sampleRate: headers['x-amzn-transcribe-sample-rate'] === '8000' ? 8_000 : 16_000,
      channelCount: headers['x-amzn-transcribe-number-of-channels'] === '2' ? 2 : 1,
    };
    const identified = headers['x-amzn-transcribe-identify-multiple-languages'] === 'true' ? 'es-US' : undefined;
    serve(stream, { ...format, identified }, fault, (ms) => (receivedMs[index] = ms));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const engine = openTranscribe({
    language: 'en-US',
    identified: options.identified ?? [],
    vocabularyName: 'meridian-terms',
    isRedacted: true,
    client: {
      region: 'eu-central-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    },
  });
  return {
    engine,
    faults,
    receivedMs,
    requests,
    fixture: codedFixture,
    cannot: { 'no-endpoints': 'each of its finals is an endpoint' },
    close: async () => {
      await engine.close();
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(
  stream: ServerHttp2Stream,
  format: AudioFormat & { readonly identified: string | undefined },
  fault: Fault | undefined,
  received: (ms: number) => void,
): void {
  let audioMs = 0;
  let resultCount = 0;
  stream.respond({ ':status': 200, 'content-type': 'application/vnd.amazon.eventstream' });
  const recognizers = Array.from({ length: format.channelCount }, (_, channel) => {
    const send = (words: readonly CodedWord[], startMs: number, endMs: number, isPartial: boolean) => {
      // Transcribe says nothing about silence.
      if (words.length === 0) return;
      const isTimed = fault?.kind !== 'untimed';
      const event = transcriptEvent(`${resultCount++}`, channel, words, startMs, endMs, {
        isPartial,
        isTimed,
        identified: format.identified,
      });
      if (fault?.kind === 'late') setTimeout(() => stream.write(event), fault.delayMs);
      else stream.write(event);
      if (fault?.kind === 'repeat' && !isPartial) stream.write(event);
    };
    return new CodedRecognizer(format, channel, {
      partial: (words, startMs, endMs) => {
        send(words, startMs, endMs, true);
      },
      final: (words, startMs, endMs) => {
        send(words, startMs, endMs, false);
      },
    });
  });
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
      const message = rest.subarray(0, rest.readUInt32BE(0));
      rest = rest.subarray(message.length);
      const envelope = codec.decode(message);
      if (envelope.body.length === 0) {
        for (const recognizer of recognizers) recognizer.end();
        setTimeout(() => stream.end(), fault?.kind === 'late' ? fault.delayMs + 10 : 0);
        return;
      }
      const audio = Buffer.from(codec.decode(envelope.body).body);
      audioMs += audio.length / bytesPerMs(format);
      received(audioMs);
      if (fault?.kind === 'stall' && audioMs >= fault.afterAudioMs) {
        stream.pause();
        return;
      }
      if (fault?.kind === 'expire' && audioMs >= fault.afterAudioMs) {
        stream.end(exceptionEvent('BadRequestException', 'Your request timed out because no new audio was received.'));
        return;
      }
      if (fault?.kind === 'drop' && audioMs >= fault.afterAudioMs) {
        stream.session?.destroy();
        return;
      }
      for (const recognizer of recognizers) recognizer.push(audio);
    }
  });
}

function transcriptEvent(
  resultId: string,
  channel: number,
  words: readonly CodedWord[],
  startMs: number,
  endMs: number,
  { isPartial, isTimed, identified }: { isPartial: boolean; isTimed: boolean; identified: string | undefined },
): Uint8Array {
  const text = words.map((word) => word.text).join(' ');
  const items = words.map((word) => ({
    Type: 'pronunciation',
    Content: word.text,
    ...(isTimed && { StartTime: word.startMs / 1_000, EndTime: word.endMs / 1_000 }),
    ...(!isPartial && { Confidence: 0.97 }),
  }));
  const result = {
    ResultId: resultId,
    StartTime: startMs / 1_000,
    EndTime: endMs / 1_000,
    IsPartial: isPartial,
    ...(identified !== undefined && { LanguageCode: identified }),
    ChannelId: `ch_${channel}`,
    Alternatives: [{ Transcript: text, Items: items }],
  };
  return codec.encode({
    headers: {
      ':message-type': { type: 'string', value: 'event' },
      ':event-type': { type: 'string', value: 'TranscriptEvent' },
      ':content-type': { type: 'string', value: 'application/json' },
    },
    body: Buffer.from(JSON.stringify({ Transcript: { Results: [result] } })),
  });
}

function exceptionEvent(type: string, message: string): Uint8Array {
  return codec.encode({
    headers: {
      ':message-type': { type: 'string', value: 'exception' },
      ':exception-type': { type: 'string', value: type },
      ':content-type': { type: 'string', value: 'application/json' },
    },
    body: Buffer.from(JSON.stringify({ Message: message })),
  });
}
