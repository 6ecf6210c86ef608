import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { type Clock, systemClock } from '../clock.ts';
import { parseSettings } from '../config.ts';
import { comparableWords, wordErrors } from '../sim/demo/word-errors.ts';
import type { AudioFormat, SttConnection, SttError, SttListener, SttResult } from './engine.ts';
import { EngineStatus } from './engine-status.ts';
import { openEngine } from './engines.ts';
import { startDeepgramPeer } from './peers/deepgram-peer.ts';
import { startPocketSphinxPeer, startScriptPeer } from './peers/local-peers.ts';
import { startOpenAiPeer } from './peers/openai-peer.ts';
import { type Asked, type EnginePeer, type Fixture, MONO_8_KHZ } from './peers/peer.ts';
import { startSherpaPeer } from './peers/sherpa-peer.ts';
import { startTranscribePeer } from './peers/transcribe-peer.ts';
import { SttSession } from './session.ts';
import { splitChannels } from './split-channels.ts';

/**
 * What every engine promises, tried with what it talks to: a vendor's server on loopback that understands coded speech,
 * or, where it runs here, itself. What cannot be asked of one is skipped with the reason.
 */
const peers: Record<string, () => Promise<EnginePeer>> = {
  deepgram: startDeepgramPeer,
  transcribe: startTranscribePeer,
  openai: startOpenAiPeer,
  sherpa: startSherpaPeer,
  pocketsphinx: startPocketSphinxPeer,
  script: startScriptPeer,
};

/** Back-off and replay go by the clock; here twenty times as fast. */
const fastClock: Clock = {
  now: () => systemClock.now() * 20,
  after: (delayMs, action) => systemClock.after(delayMs / 20, action),
};

const format = MONO_8_KHZ;

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

function expectSaid(finals: readonly SttResult[], { sentences, wordErrors: allowed }: Fixture): void {
  if (allowed === 0) expect(textOf(finals)).toBe(sentences.join(' | '));
  const [said, heard] = [comparableWords(sentences.join(' ')), comparableWords(textOf(finals))];
  expect(wordErrors(said, heard) / said.length).toBeLessThanOrEqual(allowed);
}

describe.each(Object.entries(peers))('engine %s', (_name, startPeer) => {
  let peer: EnginePeer;
  beforeEach(async () => {
    peer = await startPeer();
  });
  afterEach(async () => {
    await peer.close();
  });
  const open = (listener: SttListener) => peer.engine.open(format, { channels: ['caller'] }, listener);
  /** Says of a test that it was not run, and why, in the suite's own output. */
  const unless = (asked: Asked, test: () => Promise<void>) => async () => {
    const reason = peer.cannot[asked];
    if (reason === undefined) await test();
    else skipped.push(`${peer.engine.name} was not asked for "${asked}": ${reason}`);
  };

  it('tells what was said, then that it is over, once', async () => {
    const { finals, log, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, peer.fixture.audio);
    connection.finish();
    expect(await closed).toBeUndefined();
    expectSaid(finals, peer.fixture);
    expect(log.filter((line) => line === 'closed')).toHaveLength(1);
    expect(log.at(-1)).toBe('closed');
  });

  it('tells an endpoint after each final, for channel 0', async () => {
    const { log, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, peer.fixture.audio);
    connection.finish();
    await closed;
    const finals = log.flatMap((line, i) => (/^final ./.test(line) ? [log[i + 1]] : []));
    expect(finals.length).toBeGreaterThanOrEqual(peer.fixture.sentences.length);
    expect(new Set(finals)).toEqual(new Set(['endpoint 0']));
  });

  it(
    'tells partials before their final',
    unless('partials', async () => {
      const { log, closed, listener } = recorder();
      const connection = await open(listener);
      sendAll(connection, peer.fixture.audio);
      connection.finish();
      await closed;
      const partial = log.findIndex((line) => line.startsWith('partial hello'));
      expect(partial).toBeGreaterThanOrEqual(0);
      expect(partial).toBeLessThan(log.findIndex((line) => line.startsWith('final hello')));
    }),
  );

  it('gives each word its time since the first sample, in a later sentence too', async () => {
    const { finals, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, peer.fixture.audio);
    connection.finish();
    await closed;
    const told = finals.filter(({ text }) => text !== '');
    for (const [i, startMs] of peer.fixture.startsMs.entries())
      expect(Math.abs((told[i]?.words[0]?.startMs ?? NaN) - startMs)).toBeLessThan(peer.fixture.wordErrors ? 300 : 21);
    const words = told.flatMap((result) => result.words);
    for (const [i, word] of words.entries()) {
      expect(word.endMs).toBeGreaterThan(word.startMs);
      expect(word.startMs).toBeGreaterThanOrEqual((words[i - 1]?.endMs ?? 0) - 1);
    }
    for (const { words: own, endMs } of told) expect(endMs).toBeGreaterThanOrEqual(own.at(-1)?.endMs ?? 0);
  });

  it('hears two channels, on one connection or on two, and keeps them apart', async () => {
    const { finals, closed, listener } = recorder();
    const stereo: AudioFormat = { ...format, channelCount: 2 };
    const quiet = Buffer.alloc(peer.fixture.audio.length);
    const connection = await splitChannels(peer.engine).open(stereo, { channels: ['agent', 'caller'] }, listener);
    const both = interleave(quiet, peer.fixture.audio);
    for (let at = 0; at < both.length; at += 640) connection.send(both.subarray(at, at + 640));
    connection.finish();
    expect(await closed).toBeUndefined();
    expectSaid(
      finals.filter(({ channelIndex }) => channelIndex === 1),
      peer.fixture,
    );
    expect(textOf(finals.filter(({ channelIndex }) => channelIndex === 0))).toBe('');
  });

  it(
    'says that a reset may be tried again',
    unless('drop', async () => {
      peer.faults.push({ kind: 'drop', afterAudioMs: 500 });
      const { closed, listener } = recorder();
      sendAll(await open(listener), peer.fixture.audio);
      expect(await closed).toMatchObject({ name: 'SttError', retryable: true });
    }),
  );

  it.each([
    [400, false],
    [401, false],
    [429, true],
  ] as const)('says of a refusal with %d that retryable is %s', (status, retryable) =>
    unless('refuse', async () => {
      peer.faults.push({ kind: 'refuse', status });
      const { closed, listener } = recorder();
      const error = await open(listener).then(
        (connection) => {
          sendAll(connection, peer.fixture.audio);
          return closed;
        },
        (refused: unknown) => refused,
      );
      expect(error).toMatchObject({ name: 'SttError', retryable });
    })(),
  );

  it(
    'tells all that was said although the answers come late, after the audio has ended',
    unless('late', async () => {
      peer.faults.push({ kind: 'late', delayMs: 150 });
      const { finals, log, closed, listener } = recorder();
      const connection = await open(listener);
      sendAll(connection, peer.fixture.audio);
      connection.finish();
      expect(await closed).toBeUndefined();
      expectSaid(finals, peer.fixture);
      expect(log.at(-1)).toBe('closed');
    }),
  );

  it('tells nothing after it was abandoned', async () => {
    const { log, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, peer.fixture.audio);
    connection.abort();
    log.length = 0;
    connection.send(Buffer.alloc(320));
    connection.finish();
    const next = recorder();
    const other = await open(next.listener);
    sendAll(other, peer.fixture.audio);
    other.finish();
    await next.closed;
    expect(log).toEqual([]);
  });

  function startSession(heard: SttResult[]): SttSession {
    const session = new SttSession(format, {
      engines: [peer.engine],
      status: new EngineStatus(),
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
    return session;
  }

  it(
    'is replayed by the session so that a drop loses and doubles no word',
    unless('drop', async () => {
      peer.faults.push({ kind: 'drop', afterAudioMs: 1_900 });
      if (peer.cannot.refuse === undefined) peer.faults.push({ kind: 'refuse', status: 429 });
      peer.faults.push({ kind: 'drop', afterAudioMs: 700 });
      const heard: SttResult[] = [];
      const session = startSession(heard);
      const { audio, sentences } = peer.fixture;
      for (let at = 0; at < audio.length; at += 3_200) {
        session.push(audio.subarray(at, at + 3_200), 1);
        await delay(10);
      }
      while (!textOf(heard).endsWith('thank you')) await delay(5);
      await session.finish();
      expect(textOf(heard)).toBe(sentences.join(' | '));
      // Times go on as if nothing had been dropped: the second sentence begins where its audio does.
      expect(heard.find(({ text }) => text === sentences[1])?.words[0]?.startMs).toBe(2_000);
    }),
    30_000,
  );

  it(
    'is left by the session when it takes no more audio, and what it had not told is heard by the next connection',
    unless('stall', async () => {
      peer.faults.push({ kind: 'stall', afterAudioMs: 1_900 });
      const heard: SttResult[] = [];
      const session = startSession(heard);
      session.push(peer.fixture.audio, 1);
      // As fast as it would be spoken, by this clock.
      const second = Buffer.alloc(16_000);
      while (!textOf(heard).endsWith('thank you')) {
        session.push(second, 0);
        await delay(50);
      }
      await session.finish();
      expect(textOf(heard)).toBe(peer.fixture.sentences.join(' | '));
      expect(peer.heardMs.length).toBe(2);
    }),
    30_000,
  );
});

const skipped: string[] = [];
afterAll(() => {
  process.stdout.write(`${skipped.join('\n')}\n`);
});

function interleave(left: Buffer, right: Buffer): Buffer {
  const both = Buffer.alloc(2 * left.length);
  for (let at = 0; at < left.length; at += 2) {
    left.copy(both, 2 * at, at, at + 2);
    right.copy(both, 2 * at + 2, at, at + 2);
  }
  return both;
}

describe('what the vendors are asked for', () => {
  it('Deepgram: language of the call, vocabulary, redaction, every word as it was said', async () => {
    const peer = await startDeepgramPeer();
    const { closed, listener } = recorder();
    const connection = await peer.engine.open(format, { channels: ['caller'], language: 'es-419' }, listener);
    connection.finish();
    await closed;
    const asked = peer.requests[0]?.searchParams;
    expect(asked?.get('language')).toBe('es-419');
    expect(asked?.getAll('keyterm')).toEqual(['Meridian', 'Northgate Mobile']);
    expect(asked?.getAll('redact')).toEqual(['pci', 'ssn']);
    expect(asked?.get('profanity_filter')).toBe('false');
    await peer.close();
  });

  it('Transcribe: language of the call, vocabulary, redaction, both channels on one stream', async () => {
    const peer = await startTranscribePeer();
    const { closed, listener } = recorder();
    const context = { channels: ['agent', 'caller'], language: 'en-GB' } as const;
    const connection = await peer.engine.open({ ...format, channelCount: 2 }, context, listener);
    connection.finish();
    await closed;
    expect(peer.requests[0]).toMatchObject({
      'x-amzn-transcribe-language-code': 'en-GB',
      'x-amzn-transcribe-vocabulary-name': 'meridian-terms',
      'x-amzn-transcribe-content-redaction-type': 'PII',
      'x-amzn-transcribe-enable-channel-identification': 'true',
      'x-amzn-transcribe-number-of-channels': '2',
    });
    await peer.close();
  });

  it('OpenAI: bare language, words to spell, never silence, and answers out of order are told in order', async () => {
    const peer = await startOpenAiPeer();
    peer.faults.push({ kind: 'late', delayMs: 200 });
    const { finals, closed, listener } = recorder();
    const connection = await peer.engine.open(format, { channels: ['caller'], language: 'en-GB' }, listener);
    connection.send(Buffer.alloc(16 * 5_000));
    sendAll(connection, peer.fixture.audio);
    connection.send(Buffer.alloc(16 * 5_000));
    connection.finish();
    await closed;
    expect(peer.forms[0]).toMatchObject({ language: 'en', prompt: 'Meridian', response_format: 'verbose_json' });
    expect(textOf(finals)).toBe(peer.fixture.sentences.join(' | '));
    expect(finals[0]?.words[0]?.startMs).toBe(5_200);
    // 2.5 s of words in 15 s of audio.
    expect(peer.heardMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5_500);
    await peer.engine.probe?.();
    await peer.close();
    await expect(peer.engine.probe?.()).rejects.toMatchObject({ name: 'SttError', retryable: true });
  });

  it('sherpa says which model is missing and where it comes from', async () => {
    const open = (folder: string) => openEngine(parseSettings({ EARSHOT_SHERPA_MODEL: folder }), 'sherpa');
    await expect(open('/nowhere')).rejects.toMatchObject({ name: 'SttError', retryable: false });
    await expect(open('/nowhere')).rejects.toThrow(/\/nowhere cannot be read.*docs\/relay\.md/);
    const folder = mkdtempSync(join(tmpdir(), 'earshot-model-'));
    await expect(open(folder)).rejects.toThrow(/holds no tokens, encoder, decoder file/);
    for (const file of ['tokens.txt', 'encoder.onnx', 'decoder.onnx', 'joiner.onnx'])
      writeFileSync(join(folder, file), '');
    // From here on it is sherpa-onnx itself that refuses: its native library is loaded.
    await expect(open(folder)).rejects.toThrow(/Sherpa cannot load the model/);
    rmSync(folder, { recursive: true });
  }, 20_000);
});
