import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MonitorMode, RingOutcome } from '#core/monitor.ts';
import type { RelayMessage } from '#core/contracts/control.ts';
import { pino } from 'pino';
import { samplesOf } from '../audio/samples.ts';
import { parseSettings } from '../config.ts';
import { type FakeEventBridge, startFakeEventBridge } from '../publish/event-bridge.fake.ts';
import { type Relay, startRelay } from '../relay.ts';
import { SimulatedAsterisk } from '../sim/asterisk.ts';
import { queueCall } from '../sim/queue-call.ts';
import { placeCall } from '../sim/simulator.ts';
import type { TelephoneAnswer } from '../sim/telephones.ts';
import { openCodedEngine } from '../stt/engine.fake.ts';
import { codedSpeech } from '../stt/coded-speech.fake.ts';
import { type FakeCloud, FAKE_CREDENTIALS, FAKE_REGION, startFakeCloud } from './cloud.fake.ts';
import { until } from '../until.ts';

const login = { user: 'earshot', secret: 'a-secret' };
const call = {
  linkedid: '1795399200.16',
  queue: 'save',
  agent: { id: '6001', name: 'Dana "D" Wills' },
  caller: { number: '+442079460123', name: 'R Mills' },
};
const callId = `berlin-${call.linkedid}`;

describe('a relay that the cloud reaches', () => {
  let asterisk: SimulatedAsterisk;
  let bus: FakeEventBridge;
  let cloud: FakeCloud;
  let folder: string;
  let relay: Relay;
  let logged: string;

  const start = async (settings: Record<string, string> = {}) => {
    relay = await startRelay(
      parseSettings({
        EARSHOT_RELAY_ID: 'berlin-1',
        EARSHOT_PBX: 'berlin',
        EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
        EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
        EARSHOT_AUDIOSOCKET_PORT: '0',
        EARSHOT_HTTP_PORT: '0',
        EARSHOT_CONTROL_URL: cloud.url,
        EARSHOT_AMI_HOST: '127.0.0.1',
        EARSHOT_AMI_PORT: String(asterisk.port),
        EARSHOT_AMI_SECRET: login.secret,
        ...settings,
      }),
      {
        engines: [openCodedEngine()],
        log: pino({}, { write: (line: string) => void (logged += line) }),
        eventBridge: { region: FAKE_REGION, endpoint: bus.url, credentials: FAKE_CREDENTIALS },
      },
    );
    await until(() => cloud.connections.length === 1);
  };
  const answeredCall = async (more: Partial<typeof call> = {}) => {
    await until(() => asterisk.sessionCount === 1);
    const running = queueCall(asterisk, { ...call, ...more });
    running.ring();
    running.answer();
    await until(() => asterisk.taps.length === 2);
    await until(() => bus.taken.some(({ type }) => type === 'CallDescribed'));
    return running;
  };
  const outcomes = () => cloud.messages.filter((message) => message.action === 'outcome');
  const outcomeOf = async (requestId: string): Promise<RingOutcome> => {
    await until(() => outcomes().some((message) => message.requestId === requestId));
    return outcomes().find((message) => message.requestId === requestId)?.outcome as RingOutcome;
  };
  const monitor = (mode: MonitorMode, extension = '6100', requestId: string = randomUUID()) => {
    cloud.send({ type: 'monitor', requestId, callId, mode, extension });
    return outcomeOf(requestId);
  };
  const ring = (extension = '6100', requestId: string = randomUUID()) => {
    const sentence = 'Critical alert. Dana Wills. The caller said: cancel my account.';
    cloud.send({ type: 'ring', requestId, callId, extension, level: 'critical', sentence });
    return outcomeOf(requestId);
  };
  /** What Asterisk was asked to call telephones for. */
  const called = () =>
    asterisk.actions
      .filter(
        (action) => action.get('Action') === 'Originate' && action.get('Channel')?.startsWith('AudioSocket') !== true,
      )
      .map((action) => Object.fromEntries(action));
  const partials = () =>
    cloud.messages.filter(
      (message): message is Extract<RelayMessage, { action: 'partial' }> => message.action === 'partial',
    );

  beforeEach(async () => {
    logged = '';
    asterisk = await SimulatedAsterisk.listen(login);
    asterisk.telephones.set('PJSIP/6100', 'answers');
    bus = await startFakeEventBridge();
    cloud = await startFakeCloud();
    folder = mkdtempSync(join(tmpdir(), 'earshot-control-'));
  });
  afterEach(async () => {
    await relay.drain();
    await asterisk.close();
    await bus.close();
    await cloud.close();
    rmSync(folder, { recursive: true });
  });

  describe('brings a supervisor onto a call', () => {
    it.each([
      ['listen', 'quE', 'Listen'],
      ['whisper', 'quEw', 'Whisper'],
      ['barge', 'quEB', 'Barge'],
    ] as const)('to %s, by the documented action', async (mode, options, title) => {
      await start();
      const running = await answeredCall();
      const requestId = randomUUID();
      expect(await monitor(mode, '6100', requestId)).toBe('answered');
      expect(called()).toEqual([
        {
          Action: 'Originate',
          ActionID: requestId,
          Channel: 'PJSIP/6100',
          ChannelId: `earshot-${requestId}`,
          Application: 'ChanSpy',
          Data: `${running.agentChannel},${options}`,
          CallerID: `"${title}: Dana D Wills" <6001>`,
          Timeout: '30000',
          Async: 'true',
        },
      ]);
      expect(asterisk.telephones.supervisors).toEqual([
        { telephone: 'PJSIP/6100', asteriskChannel: running.agentChannel, options },
      ]);
      // Who listens is none of the call's sides.
      expect(asterisk.taps).toHaveLength(2);
      running.hangUp();
      await until(() => asterisk.telephones.supervisors.length === 0);
    });

    it.each<[TelephoneAnswer, RingOutcome]>([
      ['busy', 'busy'],
      ['rings-out', 'no-answer'],
      ['declines', 'no-answer'],
      ['unreachable', 'failed'],
    ])('whose telephone %s: %s', async (answer, outcome) => {
      asterisk.telephones.set('PJSIP/6100', answer);
      await start();
      await answeredCall();
      expect(await monitor('listen')).toBe(outcome);
    });

    it('only by extensions that may be called', async () => {
      await start({
        EARSHOT_SUPERVISOR_EXTENSIONS: '61\\d\\d',
        EARSHOT_SUPERVISOR_CHANNEL: 'Local/{extension}@internal/n',
      });
      await answeredCall();
      asterisk.telephones.set('Local/6150@internal/n', 'answers');
      expect(await monitor('listen', '6200')).toBe('refused');
      expect(await monitor('listen', '61000')).toBe('refused');
      expect(called()).toEqual([]);
      expect(await monitor('listen', '6150')).toBe('answered');
      expect(called()).toMatchObject([{ Channel: 'Local/6150@internal/n' }]);
    });

    it('not when Asterisk does not let the relay call anybody', async () => {
      await start();
      await answeredCall();
      asterisk.isOriginateDenied = true;
      expect(await monitor('listen')).toBe('refused');
    });

    it('not when the call is not here, or has no agent', async () => {
      await start();
      expect(await monitor('listen')).toBe('call-gone');
      const running = await answeredCall();
      running.hangUp();
      await until(() => bus.taken.some(({ type }) => type === 'CallEnded'));
      expect(await monitor('listen')).toBe('call-gone');
      expect(called()).toEqual([]);
    });

    it('with the agent who has it now', async () => {
      await start();
      const running = await answeredCall();
      const second = running.transfer('6002');
      await until(() => asterisk.taps.some(({ asteriskChannel }) => asteriskChannel === second));
      await until(() =>
        bus.taken.some((event) => event.type === 'CallDescribed' && event.metadata.agent?.id === '6002'),
      );
      expect(await monitor('whisper')).toBe('answered');
      expect(called()).toMatchObject([{ Data: `${second},quEw`, CallerID: '"Whisper: 6002" <6002>' }]);
    });

    it('that came by no tap, where its description names the channel', async () => {
      await start();
      await until(() => asterisk.sessionCount === 1);
      const address = { host: '127.0.0.1', port: relay.audioSocketPort, httpUrl: `http://127.0.0.1:${relay.httpPort}` };
      const samples = samplesOf(codedSpeech(['hello my line is down'], { sampleRate: 8_000, channelCount: 1 }));
      const legs = [{ channel: 'agent' as const, sampleRate: 8_000, samples }];
      const describe = { linkedid: call.linkedid, asteriskChannel: 'PJSIP/6001-0000abcd' };
      const played = placeCall(address, { legs, metadata: describe });
      await until(() => bus.taken.some(({ type }) => type === 'CallDescribed'));
      await monitor('listen');
      expect(called()).toMatchObject([{ Data: 'PJSIP/6001-0000abcd,quE' }]);
      await played;
      expect(bus.taken.find(({ type }) => type === 'CallDescribed')).not.toHaveProperty('metadata.asteriskChannel');
    });

    it('once, however often it is asked', async () => {
      await start();
      await answeredCall();
      const requestId = randomUUID();
      const request = { type: 'monitor', requestId, callId, mode: 'listen', extension: '6100' } as const;
      cloud.send(request);
      cloud.send(request);
      await outcomeOf(requestId);
      const [lost] = cloud.connections;
      lost?.socket.terminate();
      await until(() => cloud.connections[0] !== undefined && cloud.connections[0] !== lost);
      cloud.send(request);
      await until(() => outcomes().length > 1);
      expect(called()).toHaveLength(1);
      expect(new Set(outcomes().map(({ outcome }) => outcome))).toEqual(new Set(['answered']));
    });
  });

  describe('rings for an alert', () => {
    const rms = (audio: Buffer) => {
      const samples = samplesOf(audio);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / Math.max(1, samples.length));
    };

    it('and speaks it twice to who picks up, in real time', async () => {
      await start();
      await answeredCall();
      const requestId = randomUUID();
      expect(await ring('6100', requestId)).toBe('answered');
      expect(called()).toEqual([
        {
          Action: 'Originate',
          ActionID: requestId,
          Channel: 'PJSIP/6100',
          ChannelId: `earshot-${requestId}`,
          Application: 'AudioSocket',
          Data: `${requestId},127.0.0.1:${relay.audioSocketPort}`,
          CallerID: '"Critical alert: Dana D Wills" <6001>',
          Timeout: '30000',
          Async: 'true',
        },
      ]);
      const startedAt = performance.now();
      await until(() => asterisk.telephones.announcements[0]?.isOver === true);
      const [announcement] = asterisk.telephones.announcements;
      const seconds = (announcement?.audio.length ?? 0) / 16_000;
      // Tone and pauses take three seconds, the sentence more than two, twice.
      expect(seconds).toBeGreaterThan(7);
      expect((performance.now() - startedAt) / 1_000).toBeGreaterThan(seconds - 1);
      const half = Math.round((announcement?.audio.length ?? 0) / 4) * 2;
      expect(rms(announcement?.audio.subarray(0, half) ?? Buffer.alloc(0))).toBeGreaterThan(500);
      expect(rms(announcement?.audio.subarray(half) ?? Buffer.alloc(0))).toBeGreaterThan(500);
      // It was no call of anybody.
      expect(bus.taken.filter(({ type }) => type === 'CallStarted')).toHaveLength(1);
      expect(asterisk.taps).toHaveLength(2);
    }, 60_000);

    it('with a tone alone where nothing can be spoken', async () => {
      await start({ EARSHOT_SPEAK_COMMAND: 'earshot-no-such-program' });
      expect(await ring()).toBe('answered');
      expect(logged).toContain('apt-get install espeak-ng');
      await until(() => asterisk.telephones.announcements[0]?.isOver === true);
      expect(rms(asterisk.telephones.announcements[0]?.audio ?? Buffer.alloc(0))).toBeGreaterThan(500);
      expect(logged).not.toContain('cancel my account');
    }, 30_000);

    it('and says when nobody could be reached', async () => {
      await start({ EARSHOT_SPEAK_COMMAND: 'earshot-no-such-program', EARSHOT_AMI_RELAY_ADDRESS: '127.0.0.1:1' });
      asterisk.telephones.set('PJSIP/6101', 'busy');
      expect(await ring('6101')).toBe('busy');
      expect(await ring('1234567')).toBe('refused');
      // Somebody picks up, and hears nothing.
      expect(await ring('6100')).toBe('failed');
      expect(logged).toContain('app_audiosocket');
    }, 30_000);
  });

  it('shows words while they are spoken, of the call that somebody has open', async () => {
    await start();
    const running = await answeredCall();
    const say = (...sentences: string[]) => samplesOf(codedSpeech(sentences, { sampleRate: 8_000, channelCount: 1 }));
    asterisk.speak(running.agentChannel, 8_000, say('thank you'));
    await until(() => bus.taken.some(({ type }) => type === 'UtteranceTranscribed'));
    expect(partials()).toEqual([]);
    cloud.send({ type: 'watch', callId });
    cloud.send({ type: 'watch', callId: 'berlin-1.1' });
    // Commands are applied in their order: once this one is answered, the relay has both.
    expect(await ring('1234567')).toBe('refused');
    asterisk.speak(running.callerChannel, 8_000, say('please cancel my account', 'hello'));
    // How many come depends on how fast they are spoken; the first is sent at once.
    await until(() => partials().length > 0);
    const [first] = partials();
    expect(first).toMatchObject({ callId, channel: 'caller', text: 'please' });
    await until(() => bus.taken.filter(({ type }) => type === 'UtteranceTranscribed').length >= 2);
    const utterance = bus.taken.find((event) => event.type === 'UtteranceTranscribed' && event.channel === 'caller');
    expect(utterance).toMatchObject({ text: 'please cancel my account' });
    // Words move back in time with audio that turns out to have been late only.
    const startMs = utterance?.type === 'UtteranceTranscribed' ? utterance.startMs : NaN;
    expect(Math.abs(startMs - (first?.startMs ?? NaN))).toBeLessThan(200);
    const sentences = ['please cancel my account', 'hello'];
    expect(partials().filter(({ text }) => !sentences.some((sentence) => sentence.startsWith(text)))).toEqual([]);
    cloud.send({ type: 'unwatch', callId });
    running.hangUp();
    await until(() => bus.taken.some(({ type }) => type === 'CallEnded'));
  }, 20_000);

  it('swaps agent and caller of a call where a supervisor says so, and asks the admin about the trunk', async () => {
    await start();
    await answeredCall();
    const described = () => bus.taken.findLast((event) => event.type === 'CallDescribed')?.metadata;
    const before = described();
    cloud.send({ type: 'sides', callId, isSwapped: true });
    await until(() => described()?.swappedAfter !== undefined);
    expect(described()).toMatchObject({
      swappedAfter: [0],
      agent: { id: 'trunk' },
      caller: { number: before?.agent?.id },
    });
    cloud.send({ type: 'sides', callId, isSwapped: false });
    await until(() => described()?.swappedAfter?.length === 2);
    expect(described()).toMatchObject({ agent: before?.agent, caller: before?.caller });
    const problems = await (await fetch(`http://127.0.0.1:${relay.httpPort}/readyz`)).text();
    expect(problems).toContain('EARSHOT_AMI_TRUNKS=');
    const newestTick = () => bus.taken.findLast((event) => event.type === 'CallsTicked');
    await until(() => newestTick()?.trunkQuestions !== undefined);
    const [question] = newestTick()?.trunkQuestions ?? [];
    expect(question).toMatchObject({ prefix: 'PJSIP/6001-', swaps: 1 });
    cloud.send({ type: 'trunk', prefix: 'PJSIP/6001-', leadsOutside: true });
    await until(() => newestTick()?.trunkQuestions === undefined);
    // Who is who on the call stays, and the next relay has the answer.
    expect(described()).toMatchObject({ agent: before?.agent, caller: before?.caller });
    await relay.drain();
    await start();
    expect(await (await fetch(`http://127.0.0.1:${relay.httpPort}/readyz`)).text()).not.toContain(
      'EARSHOT_AMI_TRUNKS=',
    );
  }, 20_000);

  it('names its calls after each connect, is ready without the cloud, and says so', async () => {
    await start();
    await answeredCall();
    cloud.refusal = 403;
    cloud.connections[0]?.socket.terminate();
    const ready = async () => {
      const response = await fetch(`http://127.0.0.1:${relay.httpPort}/readyz`);
      return { status: response.status, body: (await response.json()) as { problems: string[] } };
    };
    await until(async () => (await ready()).body.problems.length > 0);
    expect(await ready()).toMatchObject({
      status: 200,
      body: { ready: true, problems: [expect.stringMatching(/control channel is down: .*/) as string] },
    });
    const metrics = await (await fetch(`http://127.0.0.1:${relay.httpPort}/metrics`)).text();
    expect(metrics).toMatch(/^earshot_control_connected 0$/m);
    expect(metrics).toMatch(/^earshot_control_connections_total 1$/m);
    cloud.refusal = undefined;
    await until(() => cloud.messages.some(({ action }) => action === 'live'));
    expect(cloud.messages).toContainEqual({ action: 'live', callIds: [callId] });
    expect((await ready()).body.problems).toEqual([]);
  }, 30_000);

  it('writes neither numbers nor words of a call into its log', async () => {
    await start();
    await answeredCall();
    await monitor('whisper');
    for (const secret of ['442079460123', 'Mills', 'Dana', 'cancel', FAKE_CREDENTIALS.secretAccessKey])
      expect(logged).not.toContain(secret);
  });
});
