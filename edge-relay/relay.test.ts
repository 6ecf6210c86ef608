import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RelayEvent, relayEventSchema } from '#core/contracts/events.ts';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import { pino } from 'pino';
import { samplesOf } from './audio/samples.ts';
import { parseSettings } from './config.ts';
import { type FakeEventBridge, startFakeEventBridge } from './publish/event-bridge.fake.ts';
import { Spool } from './publish/spool.ts';
import { type Relay, startRelay } from './relay.ts';
import { placeCall, SimulatorError } from './sim/simulator.ts';
import { openCodedEngine } from './stt/engine.fake.ts';
import { codedSpeech, silence, VOCABULARY } from './stt/coded-speech.fake.ts';
import { until } from './until.ts';

const format = { sampleRate: 8_000, channelCount: 1 } as const;
const metadata = {
  linkedid: '1795399200.17',
  agent: { id: '6001', name: 'Dana Wills' },
  caller: { number: '+442079460123', name: 'R Mills' },
  campaign: 'RETENTION',
};

describe('relay', () => {
  let bus: FakeEventBridge;
  let folder: string;
  let relay: Relay;
  let logged: string;

  const startOne = () =>
    startRelay(
      parseSettings({
        EARSHOT_RELAY_ID: 'berlin-1',
        EARSHOT_PBX: 'berlin',
        EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
        EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
        EARSHOT_AUDIOSOCKET_PORT: '0',
        EARSHOT_HTTP_PORT: '0',
        EARSHOT_TICK_MS: '500',
      }),
      {
        engines: [openCodedEngine()],
        log: pino({ level: 'debug' }, { write: (line: string) => void (logged += line) }),
        eventBridge: {
          region: 'eu-central-1',
          endpoint: bus.url,
          credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
        },
      },
    );
  const address = () => ({
    host: '127.0.0.1',
    port: relay.audioSocketPort,
    httpUrl: `http://127.0.0.1:${relay.httpPort}`,
  });
  const eventsOf = <T extends RelayEvent['type']>(type: T) =>
    bus.taken.filter((event): event is Extract<RelayEvent, { type: T }> => event.type === type);

  const say = (channel: 'agent' | 'caller', ...parts: Buffer[]) => ({
    channel,
    sampleRate: 8_000,
    samples: samplesOf(Buffer.concat(parts)),
  });
  const call = {
    legs: [
      say('agent', codedSpeech(['hello', 'thank you'], format)),
      say('caller', silence(900, format), codedSpeech(['cancel my account'], format)),
    ],
    metadata,
  };

  beforeEach(async () => {
    logged = '';
    bus = await startFakeEventBridge();
    folder = mkdtempSync(join(tmpdir(), 'earshot-relay-'));
    relay = await startOne();
  });
  afterEach(async () => {
    await relay.drain();
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  it('brings a call from the wire to the bus, as the contract has it', async () => {
    const { callId } = await placeCall(address(), call);
    await until(() => eventsOf('CallEnded').length === 1);
    for (const event of bus.taken) expect(relayEventSchema.parse(event)).toEqual(event);

    expect(callId).toBe('berlin-1795399200.17');
    expect(eventsOf('CallStarted')).toMatchObject([{ callId, relayId: 'berlin-1', pbx: 'berlin', engine: 'coded' }]);
    expect(eventsOf('CallDescribed')[0]).toMatchObject({ metadata });
    const utterances = eventsOf('UtteranceTranscribed');
    expect(utterances.map(({ seq, channel, text }) => [seq, channel, text])).toEqual([
      [1, 'agent', 'hello'],
      [2, 'agent', 'thank you'],
      [3, 'caller', 'cancel my account'],
    ]);
    for (const utterance of utterances) expectTimes(utterance);
    expect(eventsOf('CallEnded')).toMatchObject([{ callId, lastSeq: 3, reason: 'hangup' }]);
  });

  function expectTimes({
    startMs,
    endMs,
    spokenAt,
    callStartedAt,
    transcribedAt,
    publishedAt,
  }: UtteranceTranscribed): void {
    expect(startMs).toBeLessThan(endMs);
    expect(spokenAt).toBe(callStartedAt + endMs);
    expect(transcribedAt).toBeGreaterThanOrEqual(spokenAt);
    expect(publishedAt).toBeGreaterThanOrEqual(transcribedAt);
  }

  it('reports itself while there is no call, and each leg while there is one', async () => {
    await until(() => eventsOf('CallsTicked').some(({ calls }) => calls.length === 0));
    await placeCall(address(), call);
    const channels = eventsOf('CallsTicked').flatMap(({ calls }) =>
      calls.flatMap(({ legs }) => legs.map((leg) => leg.channel)),
    );
    expect(new Set(channels)).toEqual(new Set(['agent', 'caller']));
  });

  it('writes no words, names or numbers of a call into its log', async () => {
    bus.faults.push('unavailable', { failEntries: [0] }, 'reset');
    await placeCall(address(), call);
    await until(() => eventsOf('CallEnded').length === 1);
    expect(logged).toContain('leg opened');
    expect(logged).toContain('EventBridge');
    const secrets = [...VOCABULARY, '442079460123', 'Dana', 'Mills', '6001'];
    const messages = logged.split('\n').filter(Boolean);
    for (const line of messages)
      for (const secret of secrets) {
        // Our own sentences may hold a common word such as "is"; the data beside them may not.
        const { msg: _msg, err, ...data } = JSON.parse(line) as { msg: string; err?: object };
        expect(JSON.stringify({ ...data, err }).split(/[^\w+]/)).not.toContain(secret);
      }
  });

  it('hands live calls over when it drains: the next one goes on with the next seq, the gap and what was known', async () => {
    const dropped = placeCall(address(), call).catch((error: unknown) => error);
    await until(() => eventsOf('UtteranceTranscribed').length === 1);
    expect(await relay.drain()).toBe(true);
    expect(await dropped).toBeInstanceOf(SimulatorError);
    expect(eventsOf('CallEnded')).toEqual([]);
    expect(eventsOf('CallsTicked').at(-1)?.calls).toMatchObject([{ legs: [], isRestarting: true }]);
    const before = eventsOf('UtteranceTranscribed').length;
    relay = await startOne();
    await until(() => eventsOf('CallsTicked').at(-1)?.calls[0]?.isRestarting === true);
    await placeCall(address(), { ...call, metadata: { linkedid: metadata.linkedid } });
    await until(() => eventsOf('CallEnded').length === 1);
    expect(eventsOf('CallStarted')).toHaveLength(1);
    const utterances = eventsOf('UtteranceTranscribed');
    expect(utterances.map(({ seq }) => seq)).toEqual(utterances.map((_, i) => i + 1));
    expect(utterances[before]).toMatchObject({ scope: { agentId: '6001', campaign: 'RETENTION' } });
    expect(utterances[before]?.gapBeforeMs).toBeGreaterThan(0);
    expect(eventsOf('CallEnded')).toMatchObject([{ reason: 'hangup', lastSeq: utterances.length }]);
  });

  it('goes on with a call that an earlier relay left, and reports how long it was not transcribed', async () => {
    await relay.drain();
    const spool = await Spool.start(join(folder, 'spool'), { now: Date.now, log: pino({ level: 'silent' }) });
    const callId = 'berlin-1795399200.17';
    const head = {
      version: 1 as const,
      relayId: 'berlin-1',
      callId,
      pbx: 'berlin',
      callStartedAt: Date.now() - 60_000,
    };
    await spool.append({ type: 'CallStarted', ...head, engine: 'coded' });
    const said = { channel: 'caller' as const, startMs: 0, endMs: 500, text: 'hello', engine: 'coded' };
    const spokenAt = head.callStartedAt + 50_000;
    for (const seq of [1, 2])
      await spool.append({ type: 'UtteranceTranscribed', ...head, ...said, seq, spokenAt, transcribedAt: spokenAt });
    await spool.close();
    relay = await startOne();
    await placeCall(address(), call);
    await until(() => eventsOf('CallEnded').length === 1);
    expect(eventsOf('CallStarted')).toHaveLength(1);
    const utterances = eventsOf('UtteranceTranscribed');
    expect(utterances.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    // Each side's first words say what was missed; later ones do not.
    expect(utterances.slice(2).map(({ gapBeforeMs = 0 }) => gapBeforeMs > 9_000)).toEqual([true, false, true]);
    expect(eventsOf('CallEnded')).toMatchObject([{ callId, lastSeq: 5, reason: 'hangup' }]);
  });

  it('is not ready while EventBridge cannot be reached', async () => {
    bus.outage = 'unavailable';
    const ready = () => fetch(new URL('/readyz', address().httpUrl));
    await until(async () => !(await ready()).ok);
    expect(await (await ready()).json()).toEqual({ ready: false, problems: ['EventBridge cannot be reached'] });
    bus.outage = undefined;
    await until(async () => (await ready()).ok);
  }, 20_000);

  it('counts what it does for Prometheus', async () => {
    await placeCall(address(), call);
    const metrics = await (await fetch(new URL('/metrics', address().httpUrl))).text();
    expect(metrics).toMatch(/^earshot_audiosocket_connections_total 2$/m);
    expect(metrics).toMatch(/^earshot_live_legs \d$/m);
    expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });
});

describe('simulator', () => {
  it('says how to start a relay when none is there', async () => {
    const nowhere = { host: '127.0.0.1', port: 1, httpUrl: 'http://127.0.0.1:1' };
    const legs = [{ channel: 'agent' as const, sampleRate: 8_000, samples: new Int16Array(160) }];
    await expect(placeCall(nowhere, { legs, metadata })).rejects.toThrow('earshot-relay run');
  });
});
