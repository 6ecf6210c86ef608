import { relayMessageSchema } from '#core/contracts/control.ts';
import { pino } from 'pino';
import { ManualClock } from '../clock.fake.ts';
import { Redactor } from '#core/redaction/redactor.ts';
import type { SttEngine, SttListener } from '../stt/engine.ts';
import { EngineStatus } from '../stt/engine-status.ts';
import { openCodedEngine } from '../stt/engine.fake.ts';
import { codedSpeech, silence } from '../stt/coded-speech.fake.ts';
import type { CallPartial, UnsentEvent } from './call.ts';
import { Calls } from './calls.ts';
import type { LeftCall } from './memory.ts';
import { legDescriptionSchema } from '../leg-contract.ts';

const AGENT = '11111111-1111-4111-8111-111111111111';
const CALLER = '22222222-2222-4222-8222-222222222222';
const LINKEDID = '1795399200.17';
const CALL_ID = `berlin-${LINKEDID}`;
const format = { sampleRate: 8_000, channelCount: 1 } as const;
const log = pino({ level: 'silent' });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** An engine whose words a test speaks by hand. */
function handEngine(maxChannels: 1 | 2): SttEngine & { readonly listeners: SttListener[] } {
  const listeners: SttListener[] = [];
  return {
    listeners,
    name: 'hand',
    replayRate: 1,
    maxChannels,
    open: (_format, _context, listener) => {
      listeners.push(listener);
      return Promise.resolve({ send: ignore, bufferedBytes: 0, finish: listener.closed, abort: ignore });
    },
    close: () => Promise.resolve(),
  };
}

function ignore(): void {
  // It recognizes nothing.
}

describe('the words of a watched call', () => {
  let clock: ManualClock;
  let sent: CallPartial[];
  let published: UnsentEvent[];
  let isTaken: boolean;
  let calls: Calls;

  function startCalls(engine: SttEngine, leftCalls: LeftCall[] = []): void {
    calls = new Calls({
      leftCalls,
      relayId: 'berlin-1',
      pbx: 'berlin',
      speech: { engines: [engine], status: new EngineStatus(), clock, log },
      redactor: new Redactor(),
      clock,
      log,
      publish: (event) => published.push(event),
      onCallStarted: ignore,
      sendPartial: (partial) => {
        if (isTaken) sent.push(partial);
        return isTaken;
      },
    });
    calls.start();
  }

  function open(uuid: string, channel: string) {
    calls.describe(legDescriptionSchema.parse({ uuid, linkedid: LINKEDID, channel }));
    const leg = calls.openLeg({ uuid, source: 'test' });
    if (!leg) throw new Error('the leg was refused');
    return leg;
  }

  async function play(legs: readonly { leg: ReturnType<typeof open>; audio: Buffer }[]): Promise<void> {
    const longest = Math.max(...legs.map(({ audio }) => audio.length));
    for (let at = 0; at < longest; at += 320) {
      clock.advance(20);
      for (const { leg, audio } of legs) leg.audio(audio.subarray(at, at + 320), 8_000);
      await settle();
    }
  }

  beforeEach(() => {
    clock = new ManualClock();
    sent = [];
    published = [];
    isTaken = true;
  });
  afterEach(() => {
    for (const partial of sent) {
      const message = { action: 'partial', ...partial };
      expect(relayMessageSchema.parse(message)).toEqual(message);
    }
  });

  it('are shown as they grow, at the place of their utterance, and no more than four times a second', async () => {
    startCalls(openCodedEngine());
    const caller = open(CALLER, 'caller');
    calls.watch(CALL_ID);
    await play([{ leg: caller, audio: codedSpeech(['cancel my account please', 'thank you'], format) }]);
    expect(sent.map(({ text, startMs, channel }) => [text, startMs, channel])).toEqual([
      ['cancel', 200, 'caller'],
      ['cancel my', 200, 'caller'],
      ['cancel my account', 200, 'caller'],
      ['cancel my account please', 200, 'caller'],
      ['thank', 1_760, 'caller'],
      ['thank you', 1_760, 'caller'],
    ]);
    const gapsMs = sent.slice(1).map(({ heardAt }, i) => heardAt - (sent[i]?.heardAt ?? 0));
    // A word takes 240 ms, a period 250: what was recognized is sent as soon as it is.
    expect(gapsMs.slice(0, 3)).toEqual([240, 240, 240]);
  });

  it('come from both sides of one stream of two channels, each to its channel and at its time', async () => {
    startCalls(openCodedEngine());
    const caller = open(CALLER, 'caller');
    calls.watch(CALL_ID);
    await play([{ leg: caller, audio: silence(1_000, format) }]);
    const agent = open(AGENT, 'agent');
    await play([
      { leg: agent, audio: codedSpeech(['hello'], format) },
      { leg: caller, audio: Buffer.concat([silence(200, format), codedSpeech(['thank you'], format)]) },
    ]);
    const first = (channel: string) => sent.find((partial) => partial.channel === channel);
    expect(first('agent')?.text).toBe('hello');
    expect(first('caller')?.text).toBe('thank');
    // Within the silence by which the legs are brought together.
    expect(Math.abs((first('agent')?.startMs ?? 0) - 1_200)).toBeLessThanOrEqual(60);
    expect(Math.abs((first('caller')?.startMs ?? 0) - 1_400)).toBeLessThanOrEqual(60);
  });

  it('go on from what is final of the utterance, so that each replaces the one before', async () => {
    const engine = handEngine(1);
    startCalls(engine);
    const caller = open(CALLER, 'caller');
    calls.watch(CALL_ID);
    await play([{ leg: caller, audio: silence(4_000, format) }]);
    const word = (text: string, startMs: number) => ({
      channelIndex: 0,
      text,
      words: [{ text, startMs, endMs: startMs + 400 }],
      startMs: 0,
      endMs: startMs + 400,
    });
    engine.listeners[0]?.partial(word('good', 1_000));
    clock.advance(250);
    engine.listeners[0]?.final(word('goods', 1_000));
    clock.advance(250);
    for (let times = 0; times < 3; times++) {
      engine.listeners[0]?.partial(word('arrived', 2_000));
      clock.advance(250);
    }
    engine.listeners[0]?.final(word('arrived', 2_000));
    engine.listeners[0]?.endpoint(0);
    clock.advance(1_000);
    expect(sent.map(({ text, startMs }) => [text, startMs])).toEqual([
      ['good', 1_000],
      ['goods arrived', 1_000],
    ]);
    expect(published).toContainEqual(expect.objectContaining({ text: 'goods arrived', startMs: 1_000 }));
  });

  it('are sent the newest last, and not at all once their utterance is', async () => {
    const engine = handEngine(1);
    startCalls(engine);
    const caller = open(CALLER, 'caller');
    calls.watch(CALL_ID);
    await play([{ leg: caller, audio: silence(2_000, format) }]);
    const partial = (text: string) => {
      engine.listeners[0]?.partial({ channelIndex: 0, text, words: [], startMs: 500, endMs: 1_000 });
    };
    partial('some');
    partial('some more');
    partial('some more time');
    clock.advance(250);
    isTaken = false;
    partial('some more time and');
    clock.advance(1_000);
    isTaken = true;
    clock.advance(250);
    expect(sent.map(({ text }) => text)).toEqual(['some', 'some more time', 'some more time and']);
    partial('some more time and then');
    partial('some more time and then off');
    const words = [{ text: 'off', startMs: 500, endMs: 1_000 }];
    engine.listeners[0]?.final({ channelIndex: 0, text: 'off', words, startMs: 0, endMs: 1_000 });
    engine.listeners[0]?.endpoint(0);
    clock.advance(5_000);
    expect(sent).toHaveLength(3);
  });

  it('never show part of a card number', async () => {
    const engine = handEngine(1);
    startCalls(engine);
    const caller = open(CALLER, 'caller');
    calls.watch(CALL_ID);
    await play([{ leg: caller, audio: silence(500, format) }]);
    for (const text of ['my card is four', 'my card is four one one', 'my card is 4111 1111 1111 1111'])
      for (const waitMs of [0, 250]) {
        engine.listeners[0]?.partial({ channelIndex: 0, text, words: [], startMs: 0, endMs: 500 });
        clock.advance(waitMs);
      }
    expect(new Set(sent.map(({ text }) => text))).toEqual(new Set(['my card is …']));
  });

  it('are not even looked at while nobody watches', async () => {
    const engine = handEngine(2);
    startCalls(engine);
    const caller = open(CALLER, 'caller');
    await play([{ leg: caller, audio: silence(200, format) }]);
    const partial = {
      channelIndex: 1,
      text: 'hello',
      startMs: 0,
      endMs: 200,
      get words(): never {
        throw new Error('somebody looked');
      },
    };
    engine.listeners[0]?.partial(partial);
    calls.watch(CALL_ID);
    expect(() => engine.listeners[0]?.partial(partial)).toThrow('somebody looked');
    calls.unwatch(CALL_ID);
    engine.listeners[0]?.partial(partial);
    calls.watch(CALL_ID);
    calls.unwatchAll();
    engine.listeners[0]?.partial(partial);
    expect(sent).toEqual([]);
  });

  it('end with the call, and nobody watches one that is not here', async () => {
    startCalls(openCodedEngine());
    calls.watch(CALL_ID);
    const caller = open(CALLER, 'caller');
    await play([{ leg: caller, audio: codedSpeech(['hello'], format) }]);
    expect(sent).toEqual([]);
    calls.watch(CALL_ID);
    await play([{ leg: caller, audio: codedSpeech(['hello my line'], format).subarray(0, 16 * 900) }]);
    expect(sent.length).toBeGreaterThan(0);
    caller.end();
    await settle();
    clock.advance(1_000);
    const { length } = sent;
    clock.advance(5_000);
    expect(sent).toHaveLength(length);
    expect(calls.liveCallIds()).toEqual([]);
  });

  it('are shown of a call that goes on after a restart, when it was watched before its legs came back', async () => {
    const head = { relayId: 'berlin-1', callId: CALL_ID, pbx: 'berlin', callStartedAt: clock.now() - 60_000 };
    startCalls(openCodedEngine(), [{ ...head, lastSeq: 7, lastEventAt: clock.now() - 5_000 }]);
    expect(calls.liveCallIds()).toEqual([CALL_ID]);
    calls.watch(CALL_ID);
    const caller = open(CALLER, 'caller');
    await play([{ leg: caller, audio: codedSpeech(['hello'], format) }]);
    expect(sent[0]).toMatchObject({ text: 'hello', startMs: 60_200 });
  });
});
