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
import { startFakeLocal, startFakeLocalPieces } from './local/local.fake.ts';
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
  local: startFakeLocal,
  pocketsphinx: async () => startPocketSphinx((await demoLegs())[1]?.samples ?? new Int16Array()),
  script: startFakeScript,
};

/** Back-off and replay go by the clock; here twenty times as fast. */
const fastClock: Clock = {
  now: () => systemClock.now() * 20,
  after: (delayMs, action) => systemClock.after(delayMs / 20, action),
};

const format = MONO_8_KHZ;

/** Records what a connection reports, and lets a test wait for it. */
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
    lost: ({ channelIndex }) => log.push(`lost ${channelIndex}`),
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
  const [said, recognized] = [comparableWords(sentences.join(' ')), comparableWords(textOf(finals))];
  expect(wordErrors(said, recognized) / said.length).toBeLessThanOrEqual(allowed);
}

/** Models that transcribe a piece at a time go another way through the engine. */
const ways = { ...vendors, 'local, by pieces': startFakeLocalPieces };

describe.each(Object.entries(ways))('engine %s', (_name, startFake) => {
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

  it('reports what was said, then that it is over, once', async () => {
    const { finals, log, closed, listener } = recorder();
    const connection = await open(listener);
    sendAll(connection, fake.fixture.audio);
    connection.finish();
    expect(await closed).toBeUndefined();
    expectSaid(finals, fake.fixture);
    expect(log.filter((line) => line === 'closed')).toHaveLength(1);
    expect(log.at(-1)).toBe('closed');
  });

  it('reports an endpoint after each final, for channel 0', async () => {
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
    'reports partials before their final',
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
    const nonEmpty = finals.filter(({ text }) => text !== '');
    for (const [i, startMs] of fake.fixture.startsMs.entries())
      expect(Math.abs((nonEmpty[i]?.words[0]?.startMs ?? NaN) - startMs)).toBeLessThan(
        fake.fixture.wordErrors ? 300 : 21,
      );
    const words = nonEmpty.flatMap((result) => result.words);
    for (const [i, word] of words.entries()) {
      expect(word.endMs).toBeGreaterThan(word.startMs);
      expect(word.startMs).toBeGreaterThanOrEqual((words[i - 1]?.endMs ?? 0) - 1);
    }
    for (const { words: own, endMs } of nonEmpty) expect(endMs).toBeGreaterThanOrEqual(own.at(-1)?.endMs ?? 0);
  });

  it('transcribes two channels, on one connection or on two, and keeps them apart', async () => {
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
    'reports all that was said although the answers come late, after the audio has ended',
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

  it(
    'gives each word a time of its own where the vendor sends none',
    unless('untimed', async () => {
      fake.faults.push({ kind: 'untimed' });
      const { finals, closed, listener } = recorder();
      const connection = await open(listener);
      sendAll(connection, fake.fixture.audio);
      connection.finish();
      expect(await closed).toBeUndefined();
      const [first] = finals.filter(({ text }) => text !== '');
      expect(first?.words.map(({ text }) => text).join(' ')).toBe(fake.fixture.sentences[0]);
      for (const [i, { startMs, endMs }] of (first?.words ?? []).entries()) {
        expect(startMs).toBeGreaterThanOrEqual(first?.words[i - 1]?.endMs ?? first?.startMs ?? NaN);
        expect(endMs).toBeGreaterThan(startMs);
      }
    }),
  );

  it('reports nothing after it was abandoned', async () => {
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

  function startSession(recognized: SttResult[], onEndpoint: () => void = () => undefined): SttSession {
    const session = new SttSession(format, {
      engines: [fake.engine],
      status: new EngineStatus(),
      clock: fastClock,
      log: pino({ level: 'silent' }),
      listener: {
        partial: () => undefined,
        final: (result, gapBeforeMs) => {
          expect(gapBeforeMs).toBe(0);
          recognized.push(result);
        },
        endpoint: onEndpoint,
      },
    });
    session.start({ channels: ['caller'] });
    return session;
  }

  /** Pushes the fixture's audio, and silence until the condition holds: 200 ms each 10 ms, as fast as it is spoken by this clock. */
  async function speakUntil(session: SttSession, isDone: () => boolean): Promise<void> {
    const { audio } = fake.fixture;
    let at = 0;
    await until(
      () => {
        const piece = audio.subarray(at, (at += 3_200));
        session.push(piece.length > 0 ? piece : Buffer.alloc(3_200), piece.length > 0 ? 1 : 0);
        return at >= audio.length && isDone();
      },
      { intervalMs: 10 },
    );
  }

  it(
    'is opened anew by the session when it refuses a stream that had worked, and no word is lost',
    unless('expire', async () => {
      fake.faults.push({ kind: 'expire', afterAudioMs: 1_900 });
      const recognized: SttResult[] = [];
      const session = startSession(recognized);
      await speakUntil(session, () => textOf(recognized).endsWith('thank you'));
      await session.finish();
      expect(textOf(recognized)).toBe(fake.fixture.sentences.join(' | '));
    }),
    30_000,
  );

  it(
    'is reported once by the session when it sends finals twice',
    unless('repeat', async () => {
      fake.faults.push({ kind: 'repeat' });
      const recognized: SttResult[] = [];
      const session = startSession(recognized);
      await speakUntil(session, () => textOf(recognized).endsWith('thank you'));
      await session.finish();
      expect(textOf(recognized)).toBe(fake.fixture.sentences.join(' | '));
    }),
    30_000,
  );

  it(
    'has its utterances ended by the session when it never says that the speaker paused',
    unless('no-endpoints', async () => {
      fake.faults.push({ kind: 'no-endpoints' });
      const recognized: SttResult[] = [];
      let endpoints = 0;
      const session = startSession(recognized, () => endpoints++);
      await speakUntil(session, () => endpoints > 0);
      expect(textOf(recognized)).toBe(fake.fixture.sentences.join(' | '));
      await session.finish();
    }),
    30_000,
  );

  it(
    'is replayed by the session so that a drop loses and doubles no word',
    unless('drop', async () => {
      fake.faults.push({ kind: 'drop', afterAudioMs: 1_900 });
      if (fake.cannot.refuse === undefined) fake.faults.push({ kind: 'refuse', status: 429 });
      fake.faults.push({ kind: 'drop', afterAudioMs: 700 });
      const recognized: SttResult[] = [];
      const session = startSession(recognized);
      const { audio, sentences } = fake.fixture;
      let at = 0;
      // 200 ms each 10 ms: as fast as it would be spoken, by this clock.
      const push = () => {
        session.push(audio.subarray(at, (at += 3_200)), 1);
        return at >= audio.length;
      };
      await until(push, { intervalMs: 10 });
      await until(() => textOf(recognized).endsWith('thank you'));
      await session.finish();
      expect(textOf(recognized)).toBe(sentences.join(' | '));
      // Times go on as if nothing had been dropped: the second sentence begins where its audio does.
      expect(recognized.find(({ text }) => text === sentences[1])?.words[0]?.startMs).toBe(2_000);
    }),
    30_000,
  );

  it(
    'is left by the session when it takes no more audio, and what it had not reported is sent to the next connection',
    unless('stall', async () => {
      fake.faults.push({ kind: 'stall', afterAudioMs: 1_900 });
      const recognized: SttResult[] = [];
      const session = startSession(recognized);
      session.push(fake.fixture.audio, 1);
      // As fast as it would be spoken, by this clock.
      const second = Buffer.alloc(16_000);
      const isHeard = () => {
        session.push(second, 0);
        return textOf(recognized).endsWith('thank you');
      };
      await until(isHeard, { intervalMs: 50 });
      await session.finish();
      expect(textOf(recognized)).toBe(fake.fixture.sentences.join(' | '));
      expect(fake.receivedMs.length).toBe(2);
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

  it('OpenAI: bare language, words to spell, never silence, and answers out of order are reported in order', async () => {
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
    expect(fake.receivedMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5_500);
    await fake.close();
  });

  describe('the language that an engine finds out is reported', () => {
    const spoken = async (fake: FakeVendor, language?: string) => {
      const { finals, closed, listener } = recorder();
      const connection = await fake.engine.open(format, { channels: ['caller'], language }, listener);
      sendAll(connection, fake.fixture.audio);
      connection.finish();
      await closed;
      await fake.close();
      return [...new Set(finals.filter(({ text }) => text !== '').map((result) => result.language))];
    };

    it('Deepgram: by most of the words, of its multilingual model', async () => {
      // The fake says English of each first word: one of the sentences has no other.
      expect(await spoken(await startFakeDeepgram(), 'multi')).toEqual(['es', 'en']);
      expect(await spoken(await startFakeDeepgram(), 'en')).toEqual([undefined]);
    });

    it('Transcribe: among those that it may be, unless the call says what it is', async () => {
      const identified = ['en-US', 'es-US'];
      const fake = await startFakeTranscribe({ identified });
      expect(await spoken(fake)).toEqual(['es-US']);
      expect(fake.requests[0]).toMatchObject({
        'x-amzn-transcribe-identify-multiple-languages': 'true',
        'x-amzn-transcribe-language-options': 'en-US,es-US',
        'x-amzn-transcribe-vocabulary-names': 'meridian-terms',
      });
      expect(fake.requests[0]).not.toHaveProperty('x-amzn-transcribe-language-code');
      expect(fake.requests[0]).not.toHaveProperty('x-amzn-transcribe-content-redaction-type');
      expect(await spoken(await startFakeTranscribe({ identified }), 'es-US')).toEqual([undefined]);
    });

    it('OpenAI: where none was named to the model', async () => {
      const fake = await startFakeOpenAi({ language: undefined });
      expect(await spoken(fake)).toEqual(['es']);
      expect(fake.forms[0]).not.toHaveProperty('language');
      expect(await spoken(await startFakeOpenAi())).toEqual([undefined]);
    });
  });

  it('local says which model is missing and where it comes from', async () => {
    const open = (folder: string) => openEngine(parseSettings({ EARSHOT_LOCAL_MODEL: folder }), 'local');
    await expect(open('/nowhere')).rejects.toMatchObject({ name: 'SttError', retryable: false });
    await expect(open('/nowhere')).rejects.toThrow(/\/nowhere cannot be read.*earshot-relay model get/);
    const folder = mkdtempSync(join(tmpdir(), 'earshot-model-'));
    await expect(open(folder)).rejects.toThrow(/holds the files of none of these kinds: moonshine \(encoder, merged/);
    for (const file of ['tokens.txt', 'encoder.onnx', 'decoder.onnx', 'joiner.onnx'])
      writeFileSync(join(folder, file), '');
    // From here on it is sherpa-onnx itself that refuses: its native library is loaded.
    await expect(open(folder)).rejects.toThrow(/sherpa-onnx cannot load the model/);
    rmSync(folder, { recursive: true });
  }, 20_000);
});
