import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import getPort from 'get-port';
import { pino } from 'pino';
import { samplesOf } from '../edge-relay/audio/samples.ts';
import { writeWav } from '../edge-relay/audio/wav.ts';
import { AmiClient } from '../edge-relay/capture/ami/client.ts';
import type { AmiMessage } from '../edge-relay/capture/ami/protocol.ts';
import { systemClock } from '../edge-relay/clock.ts';
import { checkManager } from '../edge-relay/cli/doctor/manager.ts';
import { parseSettings } from '../edge-relay/config.ts';
import { type FakeEventBridge, startFakeEventBridge } from '../edge-relay/publish/event-bridge.fake.ts';
import { type Relay, startRelay } from '../edge-relay/relay.ts';
import { openCodedEngine } from '../edge-relay/stt/engine.fake.ts';
import { codedSpeech, silence } from '../edge-relay/stt/coded-speech.fake.ts';
import { until } from '../edge-relay/until.ts';
import { isAsteriskHere, RealAsterisk } from './real-asterisk.ts';

const FORMAT = { sampleRate: 8_000, channelCount: 1 } as const;
/** Before they speak, for a tap needs some hundred milliseconds on a busy machine, and before they hang up. */
const BREATH = silence(2_000, FORMAT);
/** What each side says: words of its own, so that crosstalk would show. */
const SAID = {
  agent: ['hello my line', 'is down', 'down is my line', 'hello hello'],
  caller: ['cancel account', 'please thank you', 'account please', 'you cancel'],
};

/** From an answer until both are on the line, with what taps may add to it. */
const MAX_DELAY_MS = 1_000;
/** No side has said all before. */
const SPEECH_MS = 3_000;

/** A call, and recordings that end when they have not grown for 30 s. Each look may ask Asterisk's console. */
const WAIT = { timeoutMs: 60_000, intervalMs: 50 };

if (!isAsteriskHere)
  process.stdout.write('No real Asterisk is here, so its tests are skipped: npm run lab installs one\n');
const describeIfHere = isAsteriskHere ? describe : describe.skip;

describeIfHere('the files for Asterisk, in a real one', () => {
  let asterisk: RealAsterisk;
  let bus: FakeEventBridge;
  let relay: Relay | undefined;
  let folder: string;
  let [ami = 0, amiTls = 0, sip = 0, audioSocket = 0, http = 0]: number[] = [];

  beforeAll(async () => {
    [ami = 0, amiTls = 0, sip = 0, audioSocket = 0, http = 0] = await Promise.all(
      Array.from({ length: 5 }, () => getPort()),
    );
    const wav = (said: readonly string[]) =>
      writeWav({
        sampleRate: 8_000,
        channels: [samplesOf(Buffer.concat([BREATH, codedSpeech(said, FORMAT), BREATH]))],
      });
    asterisk = await RealAsterisk.start(
      { ami, amiTls, sip, audioSocket, http },
      { agent: wav(SAID.agent), caller: wav(SAID.caller) },
    );
    asterisk.command('devstate change Custom:agent NOT_INUSE');
  }, 60_000);
  afterAll(() => asterisk.stop());
  beforeEach(async () => {
    bus = await startFakeEventBridge();
    folder = mkdtempSync(join(tmpdir(), 'earshot-real-'));
  });
  afterEach(async () => {
    asterisk.hangUp();
    await relay?.drain();
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  const start = async (settings: Record<string, string>) => {
    await startUnproven(settings);
    // The manager's login is no part of the start.
    await until(async () => (await readyz()).ok);
  };
  const startUnproven = async (settings: Record<string, string>) => {
    relay = await startRelay(
      parseSettings({
        EARSHOT_PBX: 'berlin',
        EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
        EARSHOT_RECORDINGS_STATE_FOLDER: join(folder, 'state'),
        EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
        EARSHOT_AUDIOSOCKET_PORT: String(audioSocket),
        EARSHOT_HTTP_PORT: String(http),
        EARSHOT_REDACTION: 'off',
        ...settings,
      }),
      {
        engines: [openCodedEngine()],
        log: pino({ level: 'silent' }),
        eventBridge: {
          region: 'eu-central-1',
          endpoint: bus.url,
          credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
        },
      },
    );
  };
  // The relay before had the same port, and its connections are over.
  const readyz = () => fetch(`http://127.0.0.1:${http}/readyz`, { headers: { connection: 'close' } });
  const readiness = async () => (await (await readyz()).json()) as { ready: boolean; problems: string[] };
  const tap = { EARSHOT_AMI_HOST: '127.0.0.1', EARSHOT_AMI_SECRET: 'CHANGE-ME' };
  const published = (channel: UtteranceTranscribed['channel']) =>
    bus.taken.flatMap((event) =>
      event.type === 'UtteranceTranscribed' && event.channel === channel ? event.text : [],
    );
  const described = () => bus.taken.flatMap((event) => (event.type === 'CallDescribed' ? event.metadata : [])).at(-1);
  const words = (texts: readonly string[]) => texts.join(' ');

  it.each([
    ['the AMI tap on a Dial', 'dial', tap, {}],
    [
      'the AMI tap on a queue of Local channels',
      'queue',
      tap,
      { agent: { id: '6001', name: 'Femi Ojo' }, queue: 'sales' },
    ],
    ['the dialplan tap on a Dial', 'dial-tap', { ...tap, EARSHOT_AMI_TAP: 'off' }, { agent: { name: 'Dana Wills' } }],
    [
      'the dialplan tap on a queue',
      'queue-tap',
      { ...tap, EARSHOT_AMI_TAP: 'off' },
      { agent: { name: 'Dana Wills' }, queue: 'support' },
    ],
    ['a pair of recordings', 'record', { EARSHOT_RECORDINGS_FOLDER: RealAsterisk.recordings }, {}],
    ['MixMonitor’s D', 'record-stereo', { EARSHOT_RECORDINGS_FOLDER: RealAsterisk.recordings }, {}],
  ])(
    '%s: both sides, each its own words',
    async (_what, extension, settings, metadata) => {
      await start({ EARSHOT_AMI_PORT: String(ami), ...settings });
      asterisk.call(extension);
      await until(() => bus.taken.some(({ type }) => type === 'CallEnded'), WAIT);
      for (const channel of ['agent', 'caller'] as const) {
        const [said, got] = [SAID[channel], published(channel)].map((texts) => texts.join(' ').split(' '));
        // Nothing of the other side. A busy machine may cost Asterisk a frame, and with it a word.
        expect(SAID[channel].join(' ').split(' ')).toEqual(expect.arrayContaining(got ?? []));
        expect((got?.length ?? 0) / (said?.length ?? 0)).toBeGreaterThan(0.8);
      }
      expect(described()).toMatchObject(metadata);
      expect(published('mixed')).toEqual([]);
    },
    90_000,
  );

  it.each(['dial', 'queue'])(
    'a relay that comes in the middle of a call (%s): each side is who it is',
    async (extension) => {
      asterisk.call(extension);
      await until(() => asterisk.command('core show channels concise').includes('!AppDial!(Outgoing Line)!'), WAIT);
      await start({ EARSHOT_AMI_PORT: String(ami), ...tap });
      await until(() => bus.taken.some(({ type }) => type === 'CallEnded'), WAIT);
      for (const channel of ['agent', 'caller'] as const) {
        const own = SAID[channel].join(' ').split(' ');
        expect(own).toEqual(expect.arrayContaining(published(channel).join(' ').split(' ')));
        expect(published(channel)).not.toEqual([]);
      }
    },
    90_000,
  );

  it('EAGI: one side, word for word', async () => {
    await start({});
    asterisk.call('listen');
    await until(() => words(published('caller')).length >= words(SAID.caller).length, WAIT);
    expect(words(published('caller'))).toBe(words(SAID.caller));
  }, 90_000);

  it.each([
    ['deaf', false, ['read = call: it receives no events of calls', 'read = user']],
    ['no-taps', false, ['write = originate: it opens no taps']],
    ['calls-only', true, ['read = user']],
    ['console', true, ['read = agent: of calls in queues']],
  ])(
    'a manager user who lacks rights (%s): /readyz, ticks and doctor name them',
    async (user, isReady, missing) => {
      const settings = { EARSHOT_AMI_PORT: String(ami), ...tap, EARSHOT_AMI_USER: user };
      const named = missing.map((text) => expect.stringContaining(`lacks ${text}`) as string);
      await startUnproven({ ...settings, EARSHOT_TICK_MS: '500' });
      await until(async () => (await readiness()).problems.some((text) => text.includes('lacks')), WAIT);
      expect(await readiness()).toEqual({ ready: isReady, problems: named });
      const ticked = () => bus.taken.flatMap((event) => (event.type === 'CallsTicked' ? (event.problems ?? []) : []));
      await until(() => missing.every((text) => ticked().some((problem) => problem.includes(`lacks ${text}`))));
      await relay?.drain();
      relay = undefined;
      const found = await checkManager(
        parseSettings({
          ...settings,
          EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
          EARSHOT_AUDIOSOCKET_PORT: String(audioSocket),
        }),
        false,
      );
      expect(found.verdict).toBe(isReady ? 'warning' : 'problem');
      for (const text of missing) expect(found.found).toContain(`lacks ${text}`);
    },
    90_000,
  );

  it('a manager user who is not told of queues: the first call in a queue shows it', async () => {
    await start({ EARSHOT_AMI_PORT: String(ami), ...tap, EARSHOT_AMI_USER: 'calls-only' });
    await until(() => asterisk.command('queue show').includes('sales'), WAIT);
    asterisk.call('queue');
    await until(async () => (await readiness()).problems.some((text) => text.includes('read = agent')), WAIT);
    expect((await readiness()).ready).toBe(true);
  }, 90_000);

  it('TLS: by authority or fingerprint, and never to another certificate', async () => {
    const secure = { EARSHOT_AMI_PORT: String(amiTls), ...tap, EARSHOT_AMI_TLS: 'on' };
    const { fingerprint256 } = new X509Certificate(readFileSync(RealAsterisk.certificate));
    const found = (settings: Record<string, string>) =>
      checkManager(parseSettings({ ...secure, EARSHOT_AUDIOSOCKET_PORT: String(audioSocket), ...settings }), false);
    expect(await found({ EARSHOT_AMI_TLS_FINGERPRINT: fingerprint256 })).toMatchObject({ verdict: 'ok' });
    expect(await found({ EARSHOT_AMI_TLS_CA_FILE: RealAsterisk.certificate })).toMatchObject({ verdict: 'ok' });
    expect((await found({})).found).toContain('not trusted');
    expect((await found({ EARSHOT_AMI_TLS_FINGERPRINT: '0'.repeat(64) })).found).toContain(
      'another than the one pinned',
    );
    expect((await found({ EARSHOT_AMI_PORT: String(ami), EARSHOT_AMI_TLS_FINGERPRINT: fingerprint256 })).verdict).toBe(
      'problem',
    );
    await start({ ...secure, EARSHOT_AMI_TLS_FINGERPRINT: fingerprint256 });
    asterisk.call('dial');
    await until(() => published('agent').length > 0 && published('caller').length > 0, WAIT);
  }, 90_000);

  it('a relay that is away: the parties are connected at once, and talk to the end', async () => {
    const seen: { readonly event: AmiMessage; readonly at: number }[] = [];
    const client = new AmiClient(
      { host: '127.0.0.1', port: ami, user: 'earshot', secret: 'CHANGE-ME' },
      {
        clock: systemClock,
        log: pino({ level: 'silent' }),
        listener: {
          connected: () => undefined,
          event: (event) => seen.push({ event, at: systemClock.now() }),
          disconnected: () => undefined,
        },
      },
    );
    client.start();
    const all = (name: string) => seen.filter(({ event }) => event.get('Event') === name);
    try {
      await until(() => client.isConnected);
      asterisk.call('dial-tap');
      await until(() => all('BridgeLeave').length > 0, WAIT);
      const entered = all('BridgeEnter');
      expect(new Set(entered.map(({ event }) => event.get('BridgeUniqueid'))).size).toBe(1);
      expect(entered).toHaveLength(2);
      const answered = all('DialEnd').find(({ event }) => event.get('DialStatus') === 'ANSWER');
      const [answeredAt = NaN, connectedAt = NaN, leftAt = NaN] = [answered, entered[1], all('BridgeLeave')[0]].map(
        (one) => one?.at,
      );
      expect(connectedAt - answeredAt).toBeLessThan(MAX_DELAY_MS);
      // They hang up when they have said all.
      expect(leftAt - connectedAt).toBeGreaterThan(SPEECH_MS);
      // Taps were tried, so it was not for want of them.
      const tried = all('Newchannel').some(({ event }) =>
        event.get('Channel')?.startsWith('Local/hold@earshot-tapctl'),
      );
      expect(tried).toBe(true);
    } finally {
      await client.stop();
    }
  }, 90_000);
});
