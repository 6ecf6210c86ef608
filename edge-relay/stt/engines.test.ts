import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Clock, systemClock } from '../clock.ts';
import { parseSettings } from '../config.ts';
import { demoLegs } from '../sim/demo/demo.ts';
import { comparableWords, wordErrors } from '../sim/demo/word-errors.ts';
import type { AudioFormat, SttConnection, SttError, SttListener, SttResult } from './engine.ts';
import { EngineStatus } from './engine-status.ts';
import { openEngine } from './engines.ts';
import { startFakeDeepgram } from './deepgram/deepgram.fake.ts';
import { startFakeOpenAi } from './openai/openai.fake.ts';
import { startPocketSphinx } from './pocketsphinx/pocketsphinx.fake.ts';
import { startFakeScript } from './script/script.fake.ts';
import { type Demand, type FakeVendor, type Fixture, MONO_8_KHZ } from './vendor.fake.ts';
import { startFakeSherpa } from './sherpa/sherpa.fake.ts';
import { startFakeTranscribe } from './transcribe/transcribe.fake.ts';
import { SttSession } from './session.ts';
import { splitChannels } from './split-channels.ts';
import type { VendorName } from './vendors.ts';
import { until } from '../until.ts';

/**
 * What every engine promises, tried with what it talks to: a vendor's server on loopback that understands coded speech,
 * or, where it runs here, itself. What cannot be asked of one is skipped with the reason.
 */
const vendors: Record<VendorName, () => Promise<FakeVendor>> = {
  deepgram: startFakeDeepgram,
  transcribe: startFakeTranscribe,
  openai: startFakeOpenAi,
  sherpa: startFakeSherpa,
  pocketsphinx: async () => startPocketSphinx((await demoLegs())[1]?.samples ?? new Int16Array()),
  script: startFakeScript,
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

describe.each(Object.entries(vendors))('engine %s', (_name, startFake) => {
  let fake: FakeVendor;
  beforeEach(async () => {
    fake = await startFake();
  });
  afterEach(async () => {
    await fake.close();
  });
  const open = (listener: SttListener) => fake.engine.open(format, { channels: ['caller'] }, listener);
  /** Says of a test that it was not run, and why, in the suite's own output. */
  const unless = (asked: Demand, test: () => Promise<void>) => async () => {
    const reason = fake.cannot[asked];
    if (reason === undefined) await test();
    else skipped.push(`${fake.engine.name} was not asked for "${asked}": ${reason}`);
  };

  it('tells what was said, then that it is over, once', async () => {
    const { finals, log, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, fake.fixture.audio);
    connection.finish();
    expect(await closed).toBeUndefined();
    expectSaid(finals, fake.fixture);
    expect(log.filter((line) => line === 'closed')).toHaveLength(1);
    expect(log.at(-1)).toBe('closed');
  });

  it('tells an endpoint after each final, for channel 0', async () => {
    const { log, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, fake.fixture.audio);
    connection.finish();
    await closed;
    const finals = log.flatMap((line, i) => (/^final ./.test(line) ? [log[i + 1]] : []));
    expect(finals.length).toBeGreaterThanOrEqual(fake.fixture.sentences.length);
    expect(new Set(finals)).toEqual(new Set(['endpoint 0']));
  });

  it(
    'tells partials before their final',
    unless('partials', async () => {
      const { log, closed, listener } = recorder();
      const connection = await open(listener);
      sendAll(connection, fake.fixture.audio);
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
    sendAll(connection, fake.fixture.audio);
    connection.finish();
    await closed;
    const told = finals.filter(({ text }) => text !== '');
    for (const [i, startMs] of fake.fixture.startsMs.entries())
      expect(Math.abs((told[i]?.words[0]?.startMs ?? NaN) - startMs)).toBeLessThan(fake.fixture.wordErrors ? 300 : 21);
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
    const quiet = Buffer.alloc(fake.fixture.audio.length);
    const connection = await splitChannels(fake.engine).open(stereo, { channels: ['agent', 'caller'] }, listener);
    const both = interleave(quiet, fake.fixture.audio);
    for (let at = 0; at < both.length; at += 640) connection.send(both.subarray(at, at + 640));
    connection.finish();
    expect(await closed).toBeUndefined();
    expectSaid(
      finals.filter(({ channelIndex }) => channelIndex === 1),
      fake.fixture,
    );
    expect(textOf(finals.filter(({ channelIndex }) => channelIndex === 0))).toBe('');
  });

  it(
    'says that a reset may be tried again',
    unless('drop', async () => {
      fake.faults.push({ kind: 'drop', afterAudioMs: 500 });
      const { closed, listener } = recorder();
      sendAll(await open(listener), fake.fixture.audio);
      expect(await closed).toMatchObject({ name: 'SttError', retryable: true });
    }),
  );

  it.each([
    [400, false],
    [401, false],
    [429, true],
  ] as const)('says of a refusal with %d that retryable is %s', (status, retryable) =>
    unless('refuse', async () => {
      fake.faults.push({ kind: 'refuse', status });
      const { closed, listener } = recorder();
      const error = await open(listener).then(
        (connection) => {
          sendAll(connection, fake.fixture.audio);
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
      fake.faults.push({ kind: 'late', delayMs: 150 });
      const { finals, log, closed, listener } = recorder();
      const connection = await open(listener);
      sendAll(connection, fake.fixture.audio);
      connection.finish();
      expect(await closed).toBeUndefined();
      expectSaid(finals, fake.fixture);
      expect(log.at(-1)).toBe('closed');
    }),
  );

  it('tells nothing after it was abandoned', async () => {
    const { log, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, fake.fixture.audio);
    connection.abort();
    log.length = 0;
    connection.send(Buffer.alloc(320));
    connection.finish();
    const next = recorder();
    const other = await open(next.listener);
    sendAll(other, fake.fixture.audio);
    other.finish();
    await next.closed;
    expect(log).toEqual([]);
  });

  function startSession(heard: SttResult[]): SttSession {
    const session = new SttSession(format, {
      engines: [fake.engine],
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
      fake.faults.push({ kind: 'drop', afterAudioMs: 1_900 });
      if (fake.cannot.refuse === undefined) fake.faults.push({ kind: 'refuse', status: 429 });
      fake.faults.push({ kind: 'drop', afterAudioMs: 700 });
      const heard: SttResult[] = [];
      const session = startSession(heard);
      const { audio, sentences } = fake.fixture;
      let at = 0;
      // 200 ms each 10 ms: as fast as it would be spoken, by this clock.
      const push = () => {
        session.push(audio.subarray(at, (at += 3_200)), 1);
        return at >= audio.length;
      };
      await until(push, { intervalMs: 10 });
      await until(() => textOf(heard).endsWith('thank you'));
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
      fake.faults.push({ kind: 'stall', afterAudioMs: 1_900 });
      const heard: SttResult[] = [];
      const session = startSession(heard);
      session.push(fake.fixture.audio, 1);
      // As fast as it would be spoken, by this clock.
      const second = Buffer.alloc(16_000);
      const isHeard = () => {
        session.push(second, 0);
        return textOf(heard).endsWith('thank you');
      };
      await until(isHeard, { intervalMs: 50 });
      await session.finish();
      expect(textOf(heard)).toBe(fake.fixture.sentences.join(' | '));
      expect(fake.heardMs.length).toBe(2);
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
    const fake = await startFakeDeepgram();
    const { closed, listener } = recorder();
    const connection = await fake.engine.open(format, { channels: ['caller'], language: 'es-419' }, listener);
    connection.finish();
    await closed;
    const asked = fake.requests[0]?.searchParams;
    expect(asked?.get('language')).toBe('es-419');
    expect(asked?.getAll('keyterm')).toEqual(['Meridian', 'Northgate Mobile']);
    expect(asked?.getAll('redact')).toEqual(['pci', 'ssn']);
    expect(asked?.get('profanity_filter')).toBe('false');
    await fake.close();
  });

  it('Transcribe: language of the call, vocabulary, redaction, both channels on one stream', async () => {
    const fake = await startFakeTranscribe();
    const { closed, listener } = recorder();
    const context = { channels: ['agent', 'caller'], language: 'en-GB' } as const;
    const connection = await fake.engine.open({ ...format, channelCount: 2 }, context, listener);
    connection.finish();
    await closed;
    expect(fake.requests[0]).toMatchObject({
      'x-amzn-transcribe-language-code': 'en-GB',
      'x-amzn-transcribe-vocabulary-name': 'meridian-terms',
      'x-amzn-transcribe-content-redaction-type': 'PII',
      'x-amzn-transcribe-enable-channel-identification': 'true',
      'x-amzn-transcribe-number-of-channels': '2',
    });
    await fake.close();
  });

  it('OpenAI: bare language, words to spell, never silence, and answers out of order are told in order', async () => {
    const fake = await startFakeOpenAi();
    fake.faults.push({ kind: 'late', delayMs: 200 });
    const { finals, closed, listener } = recorder();
    const connection = await fake.engine.open(format, { channels: ['caller'], language: 'en-GB' }, listener);
    connection.send(Buffer.alloc(16 * 5_000));
    sendAll(connection, fake.fixture.audio);
    connection.send(Buffer.alloc(16 * 5_000));
    connection.finish();
    await closed;
    expect(fake.forms[0]).toMatchObject({ language: 'en', prompt: 'Meridian', response_format: 'verbose_json' });
    expect(textOf(finals)).toBe(fake.fixture.sentences.join(' | '));
    expect(finals[0]?.words[0]?.startMs).toBe(5_200);
    // 2.5 s of words in 15 s of audio.
    expect(fake.heardMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5_500);
    await fake.engine.probe?.();
    await fake.close();
    await expect(fake.engine.probe?.()).rejects.toMatchObject({ name: 'SttError', retryable: true });
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
