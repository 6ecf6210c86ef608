import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import getPort from 'get-port';
import { pino } from 'pino';
import { samplesOf } from '../edge-relay/audio/samples.ts';
import { writeWav } from '../edge-relay/audio/wav.ts';
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

/** A call, and recordings that end when they have not grown for 30 s. Each look may ask Asterisk's console. */
const WAIT = { timeoutMs: 60_000, intervalMs: 50 };

if (!isAsteriskHere)
  process.stdout.write('no real Asterisk was tried: docs/asterisk.md says how one comes to .local/asterisk\n');

describe('the files for Asterisk, in a real one', () => {
  if (!isAsteriskHere) {
    it('are tried where there is one', () => undefined);
    return;
  }
  let asterisk: RealAsterisk;
  let bus: FakeEventBridge;
  let relay: Relay | undefined;
  let folder: string;
  let [ami = 0, sip = 0, audioSocket = 0, http = 0]: number[] = [];

  beforeAll(async () => {
    [ami = 0, sip = 0, audioSocket = 0, http = 0] = await Promise.all(Array.from({ length: 4 }, () => getPort()));
    const wav = (said: readonly string[]) =>
      writeWav({
        sampleRate: 8_000,
        channels: [samplesOf(Buffer.concat([BREATH, codedSpeech(said, FORMAT), BREATH]))],
      });
    asterisk = await RealAsterisk.start(
      { ami, sip, audioSocket, http },
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
    // The manager's login is no part of the start.
    await until(async () => (await fetch(`http://127.0.0.1:${http}/readyz`)).ok);
  };
  const tap = { EARSHOT_AMI_HOST: '127.0.0.1', EARSHOT_AMI_SECRET: 'CHANGE-ME' };
  const heard = (channel: UtteranceTranscribed['channel']) =>
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
        const [said, got] = [SAID[channel], heard(channel)].map((texts) => texts.join(' ').split(' '));
        // Nothing of the other side. A busy machine may cost Asterisk a frame, and with it a word.
        expect(SAID[channel].join(' ').split(' ')).toEqual(expect.arrayContaining(got ?? []));
        expect((got?.length ?? 0) / (said?.length ?? 0)).toBeGreaterThan(0.8);
      }
      expect(described()).toMatchObject(metadata);
      expect(heard('mixed')).toEqual([]);
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
        expect(own).toEqual(expect.arrayContaining(heard(channel).join(' ').split(' ')));
        expect(heard(channel)).not.toEqual([]);
      }
    },
    90_000,
  );

  it('EAGI: one side, word for word', async () => {
    await start({});
    asterisk.call('listen');
    await until(() => words(heard('caller')).length >= words(SAID.caller).length, WAIT);
    expect(words(heard('caller'))).toBe(words(SAID.caller));
  }, 90_000);

  it('a relay that is away: the parties are connected all the same', async () => {
    asterisk.call('dial-tap');
    await until(
      () => asterisk.command('core show channels concise').includes('!Playback!/tmp/earshot-lab/sounds/agent'),
      WAIT,
    );
  }, 90_000);
});
