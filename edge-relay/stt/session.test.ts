import { pino } from 'pino';
import { ManualClock } from '../clock.fake.ts';
import { type AudioFormat, type SttEngine, SttError, type SttListener, type SttResult } from './engine.ts';
import { EngineStatus } from './engine-status.ts';
import { SttSession } from './session.ts';

const format: AudioFormat = { sampleRate: 8_000, channelCount: 1 };
const BYTES_PER_MS = 16;

/** A connection that a test plays by hand. */
class HandConnection {
  sent: Buffer[] = [];
  isFinished = false;
  isAborted = false;
  finalizeCount = 0;
  bufferedBytes = 0;
  readonly listener: SttListener;
  constructor(listener: SttListener) {
    this.listener = listener;
  }
  send(audio: Buffer): void {
    this.sent.push(audio);
  }
  finalize(): void {
    this.finalizeCount++;
  }
  finish(): void {
    this.isFinished = true;
  }
  abort(): void {
    this.isAborted = true;
  }
  get sentMs(): number {
    return Buffer.concat(this.sent).length / BYTES_PER_MS;
  }
  /** The first millisecond sent: audio in these tests counts its own time. */
  get firstMs(): number {
    return Buffer.concat(this.sent).readUInt16LE(0);
  }
  final(text: string, startMs: number, endMs: number, coversMs = endMs): void {
    this.listener.final({ channelIndex: 0, text, startMs, endMs: coversMs, words: [{ text, startMs, endMs }] });
  }
  partial(text: string): void {
    this.listener.partial({ channelIndex: 0, text, startMs: 0, endMs: 0, words: [] });
  }
  drop(retryable = true): void {
    this.listener.closed(new SttError('dropped', { retryable }));
  }
}

/** Lets promises settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('SttSession', () => {
  let clock: ManualClock;
  let connections: HandConnection[];
  let refusals: SttError[];
  let recognized: { result: SttResult; gapBeforeMs: number }[];
  let session: SttSession;
  let pushedMs: number;
  let endpoints: number;

  beforeEach(() => {
    clock = new ManualClock();
    connections = [];
    refusals = [];
    recognized = [];
    pushedMs = endpoints = 0;
    const engine: SttEngine = {
      name: 'hand',
      replayRate: 1.25,
      maxChannels: 1,
      open: (_format, _context, listener) => {
        const refusal = refusals.shift();
        if (refusal) return Promise.reject(refusal);
        const connection = new HandConnection(listener);
        connections.push(connection);
        return Promise.resolve(connection);
      },
      close: () => Promise.resolve(),
    };
    session = new SttSession(format, {
      engines: [engine],
      status: new EngineStatus(),
      clock,
      log: pino({ level: 'silent' }),
      listener: {
        partial: () => undefined,
        final: (result, gapBeforeMs) => recognized.push({ result, gapBeforeMs }),
        endpoint: () => endpoints++,
      },
    });
  });

  /** Pushes frames of 20 ms in which each millisecond's first sample is its number. */
  function push(durationMs: number, voices = 1): void {
    for (const endMs = pushedMs + durationMs; pushedMs < endMs;) {
      const frame = Buffer.alloc(20 * BYTES_PER_MS);
      for (let i = 0; i < 20; i++) frame.writeUInt16LE((pushedMs + i) % 65_536, i * BYTES_PER_MS);
      pushedMs += 20;
      session.push(frame, voices);
    }
  }
  const connection = (index: number): HandConnection => {
    const found = connections[index];
    if (!found) throw new Error(`connection ${index} was not opened`);
    return found;
  };
  async function start(): Promise<HandConnection> {
    session.start({ channels: ['caller'] });
    await settle();
    return connection(0);
  }

  it('sends what was pushed before the engine was there', async () => {
    push(100);
    const first = await start();
    clock.advance(100);
    push(100);
    expect(first.sentMs).toBe(200);
  });

  it('sends again what was not final, from the last final on, with times that go on', async () => {
    const first = await start();
    push(2_000);
    first.final('hello', 300, 900, 1_000);
    first.drop();
    clock.advance(250);
    await settle();
    clock.advance(1_000);
    expect(connection(1).firstMs).toBe(1_000);
    expect(connection(1).sentMs).toBe(1_000);
    connection(1).final('again', 200, 600);
    expect(recognized.map(({ result }) => [result.text, result.words[0]?.startMs])).toEqual([
      ['hello', 300],
      ['again', 1_200],
    ]);
  });

  it('replays no faster than the engine takes it, and what is spoken meanwhile waits its turn', async () => {
    const first = await start();
    first.partial('a long sentence');
    push(10_000);
    first.drop();
    clock.advance(250);
    await settle();
    for (let i = 0; i < 10; i++) {
      clock.advance(100);
      push(100);
    }
    expect(connection(1).sentMs).toBeGreaterThan(1_200);
    expect(connection(1).sentMs).toBeLessThanOrEqual(1_375);
    clock.advance(60_000);
    expect(connection(1).sentMs).toBe(11_000);
    push(20);
    expect(connection(1).sentMs).toBe(11_020);
    expect(Buffer.concat(connection(1).sent).readUInt16LE(11_000 * BYTES_PER_MS)).toBe(11_000);
  });

  it('does not report a word twice that a connection repeats', async () => {
    const first = await start();
    push(3_000);
    first.final('hello', 300, 900, 950);
    first.listener.final({
      channelIndex: 0,
      text: 'hello there',
      startMs: 300,
      endMs: 1_500,
      words: [
        { text: 'hello', startMs: 300, endMs: 900 },
        { text: 'there', startMs: 1_000, endMs: 1_400 },
      ],
    });
    expect(recognized.map(({ result }) => result.text)).toEqual(['hello', 'there']);
  });

  it('keeps a word that begins before the last final of an unbroken stream', async () => {
    const first = await start();
    push(3_000);
    first.final('I want to cancel', 300, 1_000, 1_200);
    first.listener.final({
      channelIndex: 0,
      text: 'my account now',
      startMs: 1_000,
      endMs: 2_000,
      words: [
        { text: 'my', startMs: 1_000, endMs: 1_150 },
        { text: 'account', startMs: 1_150, endMs: 1_600 },
        { text: 'now', startMs: 1_600, endMs: 2_000 },
      ],
    });
    expect(recognized.map(({ result }) => result.text)).toEqual(['I want to cancel', 'my account now']);
  });

  it('emits a final once that comes twice', async () => {
    const first = await start();
    push(3_000);
    for (let i = 0; i < 3; i++) first.final('hello', 300, 900, 950);
    first.final('hello', 1_300, 1_900, 1_950);
    expect(recognized.map(({ result }) => result.startMs)).toEqual([300, 1_300]);
  });

  it('counts as a gap what the engine gave up, and does not send it again', async () => {
    const first = await start();
    push(2_000);
    first.listener.lost({ channelIndex: 0, startMs: 500, endMs: 1_500, reason: 'no text' });
    first.drop();
    clock.advance(250);
    await settle();
    expect(connection(1).firstMs).toBe(1_500);
    push(2_000);
    connection(1).final('hello', 600, 900);
    expect(recognized).toMatchObject([{ gapBeforeMs: 1_000 }]);
    expect(session.gapCount).toBe(1);
  });

  it('opens a stream anew that is refused after it had worked, and gives up one that is refused at its start', async () => {
    const first = await start();
    push(1_000);
    first.final('hello', 300, 900);
    first.drop(false);
    clock.advance(250);
    await settle();
    expect(connections).toHaveLength(2);
    connection(1).drop(false);
    clock.advance(600_000);
    await settle();
    expect(connections).toHaveLength(2);
  });

  it('ends an utterance that the engine does not: after 3 s without new words, or when it makes silence final', async () => {
    const first = await start();
    push(1_000);
    first.final('hello', 300, 900);
    push(2_800);
    expect(endpoints).toBe(0);
    push(400);
    expect(endpoints).toBe(1);
    push(10_000);
    expect(endpoints).toBe(1);
    first.final('are you there', 10_000, 10_900);
    first.listener.final({ channelIndex: 0, text: '', words: [], startMs: 11_000, endMs: 12_500 });
    expect(endpoints).toBe(2);
    first.final('', 12_500, 14_100);
    expect(endpoints).toBe(2);
  });

  it('goes on waiting while new words come, and asks once for a final that is late', async () => {
    const first = await start();
    push(1_000);
    first.final('hello', 300, 900);
    for (const text of ['I', 'I want', 'I want to']) {
      push(2_000);
      first.partial(text);
    }
    expect(endpoints).toBe(0);
    push(2_800);
    expect(first.finalizeCount).toBe(0);
    push(10_000);
    expect(first.finalizeCount).toBe(1);
    first.final('I want to leave', 2_000, 8_000);
    push(4_000);
    expect(endpoints).toBe(1);
  });

  it('backs off twice as long each time, to five seconds, and starts anew after a good connection', async () => {
    await start();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      connection(i).drop();
      const from = clock.now();
      while (connections.length === i + 1) {
        clock.advance(50);
        await settle();
      }
      waits.push(clock.now() - from);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    clock.advance(60_000);
    connection(7).drop();
    clock.advance(250);
    await settle();
    expect(connections).toHaveLength(9);
  });

  it('tries again when the engine cannot be reached, and not when it refuses', async () => {
    refusals.push(
      new SttError('unreachable', { retryable: true }),
      new SttError('bad key', { retryable: false }),
      new SttError('not asked', { retryable: false }),
    );
    session.start({ channels: ['caller'] });
    for (let i = 0; i < 20; i++) {
      clock.advance(1_000);
      await settle();
    }
    expect(refusals).toHaveLength(1);
    await session.finish();
  });

  it('marks a gap for what was spoken while no engine could receive it, beyond what is kept', async () => {
    const first = await start();
    push(1_000);
    first.final('before', 100, 900, 1_000);
    refusals.push(...Array.from({ length: 12 }, () => new SttError('down', { retryable: true })));
    first.drop();
    for (let i = 0; i < 40; i++) {
      clock.advance(1_000);
      push(1_000);
      await settle();
    }
    while (connections.length === 1) {
      clock.advance(1_000);
      await settle();
    }
    const last = connections.at(-1);
    // 30 s were kept when the engine came back.
    last?.final('after', 100, 900);
    expect(session.gapCount).toBe(1);
    expect(recognized.at(-1)?.gapBeforeMs).toBeGreaterThan(0);
    const lostMs = recognized.at(-1)?.gapBeforeMs ?? 0;
    expect(recognized.at(-1)?.result.startMs).toBe(1_000 + lostMs + 100);
  });

  it('does not take silence that was received for a gap', async () => {
    const first = await start();
    push(120_000, 0);
    first.drop();
    clock.advance(250);
    push(260);
    await settle();
    clock.advance(60_000);
    expect(session.gapCount).toBe(0);
    expect(connection(1).sentMs).toBeLessThanOrEqual(5_300);
  });

  it('finishes when the engine has reported its last words', async () => {
    const first = await start();
    push(1_000);
    const finished = session.finish();
    expect(first.isFinished).toBe(true);
    first.final('bye', 200, 800);
    first.listener.closed();
    await finished;
    expect(recognized.map(({ result }) => result.text)).toEqual(['bye']);
  });

  it('does not wait for an engine that never finishes', async () => {
    const first = await start();
    push(1_000);
    const finished = session.finish();
    clock.advance(5_000);
    await finished;
    expect(first.isAborted).toBe(true);
    first.final('too late', 100, 200);
    expect(recognized).toEqual([]);
  });

  it('finishes at once when it was never started', async () => {
    push(100);
    await session.finish();
    expect(connections).toEqual([]);
  });

  describe('with a fallback', () => {
    const namedEngine = (name: string, refusing: SttError[], opened: HandConnection[]): SttEngine => ({
      name,
      replayRate: 100,
      maxChannels: 1,
      open: (_format, _context, listener) => {
        const refusal = refusing.shift();
        if (refusal) return Promise.reject(refusal);
        const connection = new HandConnection(listener);
        opened.push(connection);
        return Promise.resolve(connection);
      },
      close: () => Promise.resolve(),
    });
    let preferred: HandConnection[];
    let fallback: HandConnection[];
    let status: EngineStatus;
    let refusing: SttError[];

    beforeEach(() => {
      [preferred, fallback, refusing] = [[], [], []];
      status = new EngineStatus();
      session = new SttSession(format, {
        engines: [namedEngine('preferred', refusing, preferred), namedEngine('fallback', [], fallback)],
        status,
        clock,
        log: pino({ level: 'silent' }),
        listener: {
          partial: () => undefined,
          final: (result, gapBeforeMs) => recognized.push({ result, gapBeforeMs }),
          endpoint: () => undefined,
        },
      });
    });
    const pass = async (durationMs: number) => {
      for (let ms = 0; ms < durationMs; ms += 50) {
        clock.advance(50);
        await settle();
      }
    };

    it('moves to it when the engine refuses, with all that was said, and back when there is quiet', async () => {
      refusing.push(new SttError('bad key', { retryable: false }));
      session.start({ channels: ['caller'] });
      push(1_000);
      await pass(500);
      expect(session.engineName).toBe('fallback');
      expect(fallback[0]?.sentMs).toBe(1_000);
      expect(status.problems()).toEqual([expect.stringContaining('preferred fails: bad key') as string]);
      fallback[0]?.final('hello', 100, 900, 1_000);
      expect(session.downMs).toBeUndefined();
      // Somebody speaks and was not made final yet: not now.
      fallback[0]?.partial('and');
      await pass(300_000);
      push(1_200, 1);
      expect(session.engineName).toBe('fallback');
      fallback[0]?.final('and', 1_000, 1_200, 2_200);
      push(20, 0);
      expect(session.engineName).toBe('preferred');
      await pass(500);
      preferred[0]?.final('again', 50, 400);
      expect(recognized.map(({ result }) => result.text)).toEqual(['hello', 'and', 'again']);
      expect(status.problems()).toEqual([]);
      expect(fallback[0]?.isAborted).toBe(true);
    });
  });

  it('says since when nothing is transcribed, and that the engine is to blame, until one answers again', async () => {
    refusals.push(...Array.from({ length: 6 }, () => new SttError('down', { retryable: true })));
    session.start({ channels: ['caller'] });
    await settle();
    for (let i = 0; i < 12; i++) {
      clock.advance(1_000);
      await settle();
    }
    expect(session.downMs).toBeGreaterThan(10_000);
    for (let i = 0; i < 10; i++) {
      clock.advance(1_000);
      await settle();
    }
    expect(session.downMs).toBeUndefined();
  });

  it('marks the leg as unheard when it is refused for good', async () => {
    refusals.push(new SttError('bad key', { retryable: false }));
    session.start({ channels: ['caller'] });
    await settle();
    clock.advance(20_000);
    expect(session.downMs).toBe(20_000);
    await session.finish();
  });

  it('leaves an engine that takes no more audio', async () => {
    const first = await start();
    push(1_000);
    first.bufferedBytes = 10_001 * BYTES_PER_MS;
    push(20);
    expect(first.isAborted).toBe(true);
    clock.advance(250);
    await settle();
    expect(connections).toHaveLength(2);
  });
});
