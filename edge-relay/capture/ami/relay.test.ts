import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RelayEvent, relayEventSchema } from '#core/contracts/events.ts';
import { pino } from 'pino';
import { samplesOf } from '../../audio/samples.ts';
import { parseSettings } from '../../config.ts';
import { type FakeEventBridge, startFakeEventBridge } from '../../publish/event-bridge.fake.ts';
import { Spool } from '../../publish/spool.ts';
import { type Relay, startRelay } from '../../relay.ts';
import { SimulatedAsterisk } from '../../sim/asterisk.ts';
import { type QueueCall, queueCall } from '../../sim/queue-call.ts';
import { placeTappedCall } from '../../sim/tapped-call.ts';
import { openCodedEngine } from '../../stt/engine.fake.ts';
import { codedSpeech } from '../../stt/coded-speech.fake.ts';
import { until } from '../../until.ts';

const login = { user: 'earshot', secret: 'a-secret' };
const call: QueueCall = {
  linkedid: '1795399200.16',
  queue: 'save',
  agent: { id: '6001', name: 'Dana Wills' },
  caller: { number: '+442079460123', name: 'R Mills' },
};
const callId = `berlin-${call.linkedid}`;
const say = (...words: Parameters<typeof codedSpeech>[0]) =>
  samplesOf(codedSpeech(words, { sampleRate: 8_000, channelCount: 1 }));

describe('a relay that taps by the manager interface', () => {
  let asterisk: SimulatedAsterisk;
  let bus: FakeEventBridge;
  let folder: string;
  let relay: Relay | undefined;

  const start = async () => {
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
    await until(() => asterisk.sessionCount === 1);
  };
  const eventsOf = <T extends RelayEvent['type']>(type: T) =>
    bus.taken.filter((event): event is Extract<RelayEvent, { type: T }> => event.type === type);

  beforeEach(async () => {
    asterisk = await SimulatedAsterisk.listen(login);
    bus = await startFakeEventBridge();
    folder = mkdtempSync(join(tmpdir(), 'earshot-ami-'));
  });
  afterEach(async () => {
    await relay?.drain();
    await asterisk.close();
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  it('brings a queue call from Asterisk’s events to the bus, with agent, queue and caller', async () => {
    await start();
    const running = queueCall(asterisk, call);
    running.ring();
    running.answer();
    await until(() => asterisk.taps.length === 2);
    asterisk.speak(running.agentChannel, 8_000, say('hello'));
    await until(() => eventsOf('UtteranceTranscribed').length === 1);
    asterisk.speak(running.callerChannel, 8_000, say('cancel my account'));
    await until(() => eventsOf('UtteranceTranscribed').length === 2);
    running.hangUp();
    await until(() => eventsOf('CallEnded').length === 1);

    for (const event of bus.taken) expect(relayEventSchema.parse(event)).toEqual(event);
    expect(eventsOf('CallStarted')).toMatchObject([{ callId }]);
    expect(eventsOf('CallDescribed').at(-1)?.metadata).toEqual({
      linkedid: call.linkedid,
      agent: call.agent,
      caller: call.caller,
      queue: 'save',
      queueMs: expect.any(Number) as number,
    });
    expect(eventsOf('UtteranceTranscribed')).toMatchObject([
      { seq: 1, channel: 'agent', text: 'hello', scope: { agentId: '6001' } },
      { seq: 2, channel: 'caller', text: 'cancel my account', scope: { agentId: '6001' } },
    ]);
    expect(eventsOf('CallEnded')).toMatchObject([{ callId, lastSeq: 2, reason: 'hangup' }]);
  }, 20_000);

  it('transcribes the queue call that the simulator plays', async () => {
    await start();
    const legs = [
      { channel: 'agent' as const, sampleRate: 8_000, samples: say('hello') },
      { channel: 'caller' as const, sampleRate: 8_000, samples: say('thank you') },
    ];
    const { linkedid, queue, agent, caller } = call;
    const metadata = { linkedid, queue, agent, caller };
    await placeTappedCall(asterisk, queueCall(asterisk, call), { legs, metadata });
    await until(() => eventsOf('CallEnded').length === 1);
    const words = eventsOf('UtteranceTranscribed').map(({ channel, text }) => `${channel}: ${text}`);
    expect(words.sort()).toEqual(['agent: hello', 'caller: thank you']);
  }, 20_000);

  it('goes on with a call that runs when it starts, where an earlier relay was killed', async () => {
    const callStartedAt = Date.now() - 60_000;
    const head = { version: 1 as const, relayId: 'berlin-1', callId, pbx: 'berlin', callStartedAt };
    const spool = await Spool.start(join(folder, 'spool'), { now: Date.now, log: pino({ level: 'silent' }) });
    await spool.append({ type: 'CallStarted', ...head, engine: 'coded' });
    await spool.append({
      type: 'UtteranceTranscribed',
      ...head,
      seq: 7,
      channel: 'agent',
      startMs: 29_000,
      endMs: 30_000,
      text: 'hello',
      engine: 'coded',
      spokenAt: callStartedAt + 30_000,
      transcribedAt: callStartedAt + 30_500,
    });
    await spool.close();
    const running = queueCall(asterisk, call);
    running.ring();
    running.answer();

    await start();
    await until(() => asterisk.taps.length === 2);
    asterisk.speak(running.callerChannel, 8_000, say('thank you'));
    await until(() => eventsOf('UtteranceTranscribed').length === 2);
    running.hangUp();
    await until(() => eventsOf('CallEnded').length === 1);
    const published = eventsOf('UtteranceTranscribed').at(-1);
    expect(published).toMatchObject({ callId, callStartedAt, seq: 8, channel: 'caller', text: 'thank you' });
    expect(published?.startMs).toBeGreaterThanOrEqual(60_000);
    expect(published?.gapBeforeMs).toBeGreaterThanOrEqual(29_000);
    expect(eventsOf('CallStarted')).toHaveLength(1);
    expect(eventsOf('CallEnded')).toMatchObject([{ callId, lastSeq: 8, reason: 'hangup' }]);
  }, 20_000);

  it('is not ready while the manager interface cannot be reached', async () => {
    await start();
    const ready = () => fetch(`http://127.0.0.1:${relay?.httpPort ?? 0}/readyz`);
    await asterisk.close();
    await until(async () => !(await ready()).ok);
    expect(await (await ready()).json()).toMatchObject({
      problems: ['Asterisk’s manager interface cannot be reached'],
    });
    asterisk = await SimulatedAsterisk.listen(login);
  });

  it('places no taps any more once it drains', async () => {
    await start();
    await relay?.drain();
    relay = undefined;
    const running = queueCall(asterisk, call);
    running.ring();
    running.answer();
    await until(() => asterisk.sessionCount === 0);
    expect(asterisk.actions.map((action) => action.get('Application'))).not.toContain('ChanSpy');
  });
});
