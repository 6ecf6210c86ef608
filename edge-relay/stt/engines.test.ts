import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { type Clock, systemClock } from '../clock.ts';
import type { AudioFormat, SttConnection, SttError, SttListener, SttResult } from './engine.ts';
import { codedSpeech } from './peers/coded-speech.ts';
import { startDeepgramPeer } from './peers/deepgram-peer.ts';
import type { EnginePeer } from './peers/peer.ts';
import { startTranscribePeer } from './peers/transcribe-peer.ts';
import { SttSession } from './session.ts';

/** What every engine promises, tried over the wire with a server on loopback that understands coded speech. */
const peers: Record<string, () => Promise<EnginePeer>> = {
  deepgram: startDeepgramPeer,
  transcribe: startTranscribePeer,
};

/** Back-off and replay go by the clock; here twenty times as fast. */
const fastClock: Clock = {
  now: () => systemClock.now() * 20,
  after: (delayMs, action) => systemClock.after(delayMs / 20, action),
};

const format: AudioFormat = { sampleRate: 8_000, channelCount: 1 };
const sentences = ['hello my line is down', 'cancel my account please', 'thank you'];

/** Records what a connection tells, and lets a test wait for it. */
function recorder() {
  const finals: SttResult[] = [];
  const log: string[] = [];
  let close: (error?: SttError) => void = () => undefined;
  const closed = new Promise<SttError | undefined>((resolve) => (close = resolve));
  const listener: SttListener = {
    partial: (result) => log.push(`partial ${result.text}`),
    final: (result) => {
      finals.push(result);
      log.push(`final ${result.text}`);
    },
    endpoint: (channel) => log.push(`endpoint ${channel}`),
    closed: (error) => {
      log.push('closed');
      close(error);
    },
  };
  return { finals, log, closed, listener };
}

function sendAll(connection: SttConnection, audio: Buffer): void {
  for (let at = 0; at < audio.length; at += 320) connection.send(audio.subarray(at, at + 320));
}

const textOf = (results: readonly SttResult[]) =>
  results
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' | ');

describe.each(Object.entries(peers))('engine %s', (_name, startPeer) => {
  let peer: EnginePeer;
  beforeEach(async () => {
    peer = await startPeer();
  });
  afterEach(async () => {
    await peer.close();
  });
  const open = (listener: SttListener) => peer.engine.open(format, { channels: ['caller'] }, listener);

  it('tells what was said, then that it is over, once', async () => {
    const { finals, log, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, codedSpeech(sentences, format));
    connection.finish();
    expect(await closed).toBeUndefined();
    expect(textOf(finals)).toBe(sentences.join(' | '));
    expect(log.filter((line) => line === 'closed')).toHaveLength(1);
    expect(log.at(-1)).toBe('closed');
  });

  it('tells partials before their final, and an endpoint after it', async () => {
    const { log, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, codedSpeech(['hello you'], format));
    connection.finish();
    await closed;
    const final = log.indexOf('final hello you');
    expect(log.indexOf('partial hello')).toBeLessThan(final);
    expect(log.indexOf('endpoint 0', final)).toBe(final + 1);
  });

  it('gives each word its time since the first sample', async () => {
    const { finals, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, codedSpeech(['hello my'], format));
    connection.finish();
    await closed;
    expect(finals[0]?.words.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['hello', 200, 400],
      ['my', 440, 640],
    ]);
    expect(finals[0]?.endMs).toBeGreaterThanOrEqual(640);
  });

  it('says that a reset may be tried again', async () => {
    peer.faults.push({ kind: 'drop', afterAudioMs: 500 });
    const { closed, listener } = recorder();
    sendAll(await open(listener), codedSpeech(sentences, format));
    expect(await closed).toMatchObject({ name: 'SttError', retryable: true });
  });

  it.each([
    [400, false],
    [401, false],
    [429, true],
  ] as const)('says of a refusal with %d that retryable is %s', async (status, retryable) => {
    peer.faults.push({ kind: 'refuse', status });
    const { closed, listener } = recorder();
    const error = await open(listener).then(
      (connection) => {
        sendAll(connection, codedSpeech(sentences, format));
        return closed;
      },
      (refused: unknown) => refused,
    );
    expect(error).toMatchObject({ name: 'SttError', retryable });
  });

  it('tells nothing after it was abandoned', async () => {
    const { log, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, codedSpeech(sentences, format));
    connection.abort();
    log.length = 0;
    connection.send(Buffer.alloc(320));
    connection.finish();
    const next = recorder();
    const other = await open(next.listener);
    sendAll(other, codedSpeech(sentences, format));
    other.finish();
    await next.closed;
    expect(log).toEqual([]);
  });

  it('is replayed by the session so that a drop loses and doubles no word', async () => {
    peer.faults.push(
      { kind: 'drop', afterAudioMs: 1_900 },
      { kind: 'refuse', status: 429 },
      { kind: 'drop', afterAudioMs: 700 },
    );
    const heard: SttResult[] = [];
    const session = new SttSession(format, {
      engine: peer.engine,
      clock: fastClock,
      log: pino({ level: 'silent' }),
      listener: {
        partial: () => undefined,
        final: (result, gapBeforeMs) => {
          expect(gapBeforeMs).toBe(0);
          heard.push(result);
        },
        endpoint: () => undefined,
      },
    });
    session.start({ channels: ['caller'] });
    const audio = codedSpeech(sentences, format);
    for (let at = 0; at < audio.length; at += 3_200) {
      session.push(audio.subarray(at, at + 3_200));
      await delay(10);
    }
    while (!textOf(heard).endsWith('thank you')) await delay(5);
    await session.finish();
    expect(textOf(heard)).toBe(sentences.join(' | '));
    // Times go on as if nothing had been dropped: the second sentence begins where its audio does.
    expect(heard.find(({ text }) => text === 'cancel my account please')?.words[0]?.startMs).toBe(2_000);
  });
});
