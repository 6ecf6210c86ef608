import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RelayEvent } from '#core/contracts/events.ts';
import { pino } from 'pino';
import { samplesOf } from '../../audio/samples.ts';
import { parseSettings } from '../../config.ts';
import { type FakeEventBridge, startFakeEventBridge } from '../../publish/event-bridge.fake.ts';
import { type Relay, startRelay } from '../../relay.ts';
import { SimulatedAsterisk } from '../../sim/asterisk.ts';
import { placeTappedCall } from '../../sim/tapped-call.ts';
import { SimulatedVicidial } from '../../sim/vicidial.ts';
import { VICIDIAL_TRUNK, vicidialCall } from '../../sim/vicidial-call.ts';
import { openCodedEngine } from '../../stt/engine.fake.ts';
import { codedSpeech } from '../../stt/coded-speech.fake.ts';
import { type DiallerDatabase, startDiallerDatabase } from './database.fake.ts';
import { until } from '../../until.ts';

const login = { user: 'earshot', secret: 'a-secret' };
const parties = {
  agent: { id: '6001', name: 'Dana Wills' },
  caller: { number: '2079460123' },
  campaign: 'RETAIN',
  inGroup: 'SAVE',
};
const say = (words: string) =>
  samplesOf(codedSpeech([words] as Parameters<typeof codedSpeech>[0], { sampleRate: 8_000, channelCount: 1 }));
const spoken = { agent: say('hello'), caller: say('thank you') };
const legs = (['agent', 'caller'] as const).map((channel) => ({
  channel,
  sampleRate: 8_000,
  samples: spoken[channel],
}));

describe('a relay on a ViciDial host', () => {
  let fake: DiallerDatabase;
  let vicidial: SimulatedVicidial;
  let reader: { user: string; password: string };
  let asterisk: SimulatedAsterisk;
  let bus: FakeEventBridge;
  let folder: string;
  let relay: Relay | undefined;
  let serial = 0;
  const lines: string[] = [];

  beforeAll(async () => {
    fake = await startDiallerDatabase();
    vicidial = await SimulatedVicidial.open(fake.url);
    reader = await fake.grant();
  }, 60_000);
  afterAll(async () => {
    await vicidial.close();
    await fake.close();
  });
  beforeEach(async () => {
    asterisk = await SimulatedAsterisk.listen(login);
    bus = await startFakeEventBridge();
    folder = mkdtempSync(join(tmpdir(), 'earshot-vicidial-'));
    relay = await startRelay(
      parseSettings({
        EARSHOT_RELAY_ID: 'berlin-1',
        EARSHOT_PBX: 'berlin',
        EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
        EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
        EARSHOT_AUDIOSOCKET_PORT: '0',
        EARSHOT_HTTP_PORT: '0',
        EARSHOT_AMI_HOST: '127.0.0.1',
        EARSHOT_AMI_PORT: String(asterisk.port),
        EARSHOT_AMI_SECRET: login.secret,
        EARSHOT_AMI_TRUNKS: VICIDIAL_TRUNK,
        EARSHOT_VICIDIAL_HOST: '127.0.0.1',
        EARSHOT_VICIDIAL_PORT: String(fake.port),
        EARSHOT_VICIDIAL_USER: reader.user,
        EARSHOT_VICIDIAL_PASSWORD: reader.password,
        EARSHOT_VICIDIAL_DATABASE: 'asterisk_test',
      }),
      {
        engines: [openCodedEngine()],
        log: pino(
          { level: 'warn' },
          { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) },
        ),
        eventBridge: {
          region: 'eu-central-1',
          endpoint: bus.url,
          credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
        },
      },
    );
    await until(() => asterisk.sessionCount === 1);
  });
  afterEach(async () => {
    await relay?.drain();
    await asterisk.close();
    await bus.close();
    rmSync(folder, { recursive: true });
    await vicidial.pool.query('TRUNCATE vicidial_users');
    await vicidial.pool.query('TRUNCATE vicidial_live_agents');
    lines.length = 0;
  });
  const eventsOf = <T extends RelayEvent['type']>(type: T) =>
    bus.taken.filter((event): event is Extract<RelayEvent, { type: T }> => event.type === type);
  const metadata = () => eventsOf('CallDescribed').at(-1)?.metadata;

  it('knows of a call who it is with, why and how it ended, and who is logged in', async () => {
    const linkedid = `${Math.floor(Date.now() / 1_000)}.${(serial += 16)}`;
    const running = vicidialCall(asterisk, vicidial, { linkedid, ...parties });
    const callId = `berlin-${linkedid}`;
    const whole = {
      linkedid,
      agent: parties.agent,
      caller: parties.caller,
      campaign: 'RETAIN',
      inGroup: 'SAVE',
      leadId: String(884_000 + serial),
      queueMs: 12_000,
    };
    await running.ring();
    await running.answer();
    await until(() => asterisk.taps.length === 2);
    await until(() => metadata()?.campaign !== undefined);
    expect(metadata()).toEqual(whole);
    // An utterance does not wait for the dialler: these are spoken when the campaign is known.
    asterisk.speak(running.agentChannel, 8_000, spoken.agent);
    asterisk.speak(running.callerChannel, 8_000, spoken.caller);
    await until(() => eventsOf('UtteranceTranscribed').length === 2);
    await until(() => eventsOf('AgentsListed').some(({ agents }) => agents.some((agent) => agent.callId === callId)));
    await running.hangUp();
    running.leave?.();
    await until(() => metadata()?.disposition !== undefined && metadata()?.recordingUrl !== undefined);
    expect(eventsOf('CallEnded')).toMatchObject([{ callId, reason: 'hangup' }]);
    const order = bus.taken.map(({ type }) => type);
    expect(order.lastIndexOf('CallDescribed')).toBeGreaterThan(order.indexOf('CallEnded'));
    expect(metadata()).toMatchObject({
      ...whole,
      disposition: 'SAVED',
      termReason: 'CALLER',
      recordingUrl: expect.stringContaining('/RECORDINGS/MP3/') as string,
    });
    expect(
      eventsOf('UtteranceTranscribed')
        .map(({ channel, text }) => `${channel}: ${text}`)
        .sort(),
    ).toEqual(['agent: hello', 'caller: thank you']);
    expect(eventsOf('UtteranceTranscribed').at(-1)?.scope).toEqual({
      agentId: '6001',
      campaign: 'RETAIN',
      inGroup: 'SAVE',
      language: 'en-US',
    });
    const metrics = await (await fetch(`http://127.0.0.1:${relay?.httpPort ?? 0}/metrics`)).text();
    expect(metrics).toMatch(/^earshot_vicidial_up 1$/m);
    expect(metrics).toMatch(/^earshot_vicidial_failures_total 0$/m);
  }, 60_000);

  it('transcribes calls as ever while the database holds still, is ready, and says once what is wrong', async () => {
    await fake.stall();
    const linkedid = `${Math.floor(Date.now() / 1_000)}.${(serial += 16)}`;
    const rows = {
      logIn: nothing,
      callComes: nothing,
      agentAnswers: nothing,
      callerHangsUp: nothing,
      agentDisposes: nothing,
    };
    const running = vicidialCall(asterisk, rows as unknown as SimulatedVicidial, { linkedid, ...parties });
    await placeTappedCall(asterisk, running, { legs, metadata: {} });
    await until(() => eventsOf('CallEnded').length === 1);
    expect(eventsOf('UtteranceTranscribed')).toHaveLength(2);
    expect(metadata()).toEqual({ linkedid, agent: { id: 'phone6001' }, caller: { number: '2079460123' } });
    expect((await fetch(`http://127.0.0.1:${relay?.httpPort ?? 0}/readyz`)).status).toBe(200);
    await until(() => lines.length > 0);
    expect(lines).toEqual([expect.stringContaining('the ViciDial database fails')]);
    const stopping = performance.now();
    expect(await relay?.drain()).toBe(true);
    relay = undefined;
    expect(performance.now() - stopping).toBeLessThan(4_000);
    fake.goOn();
  }, 60_000);
});

const nothing = () => Promise.resolve();
