import { relayEventSchema } from '#core/contracts/events.ts';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import { pino } from 'pino';
import { ManualClock } from '../clock.fake.ts';
import { breaksOff, redact } from '../redaction/redact.ts';
import { redactUnfinished } from '../redaction/unfinished.ts';
import { type SttEngine, SttError } from '../stt/engine.ts';
import { EngineStatus } from '../stt/engine-status.ts';
import { openCodedEngine } from '../stt/engine.fake.ts';
import { openScript } from '../stt/script/script.ts';
import { codedSpeech, silence } from '../stt/coded-speech.fake.ts';
import type { UnsentEvent } from './call.ts';
import { Calls, type LeftCall } from './calls.ts';
import { legDescriptionSchema } from '../leg-contract.ts';

const AGENT = '11111111-1111-4111-8111-111111111111';
const CALLER = '22222222-2222-4222-8222-222222222222';
const LINKEDID = '1795399200.17';
const format = { sampleRate: 8_000, channelCount: 1 } as const;
const log = pino({ level: 'silent' });
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('Calls', () => {
  let clock: ManualClock;
  let events: UnsentEvent[];
  let calls: Calls;
  let started: number;

  const startCalls = (leftCalls: LeftCall[] = [], engine: SttEngine = openCodedEngine()) => {
    const calls = new Calls({
      leftCalls,
      relayId: 'berlin-1',
      pbx: 'berlin',
      speech: { engines: [engine], status: new EngineStatus(), clock, log },
      redaction: { redact, redactUnfinished, breaksOff },
      sendPartial: () => true,
      clock,
      log,
      publish: (event) => events.push(event),
      onCallStarted: () => started++,
    });
    calls.start();
    return calls;
  };

  beforeEach(() => {
    clock = new ManualClock();
    events = [];
    started = 0;
    calls = startCalls();
  });
  afterEach(() => {
    // Whatever the relay says fits the contract.
    for (const event of events) {
      const sent = event.type === 'UtteranceTranscribed' ? { ...event, publishedAt: clock.now() } : event;
      expect(relayEventSchema.parse(sent)).toEqual(sent);
    }
  });

  const describeLeg = (leg: object) => calls.describe(legDescriptionSchema.parse(leg));
  const open = (uuid: string) => {
    const leg = calls.openLeg({ uuid, source: 'test' });
    if (!leg) throw new Error('the leg was refused');
    return leg;
  };
  const types = () => events.map(({ type }) => type);
  const utterances = () =>
    events.filter((event): event is Omit<UtteranceTranscribed, 'publishedAt'> => event.type === 'UtteranceTranscribed');

  /** Plays each leg's audio in frames of 20 ms, as it would come. */
  async function play(legs: readonly { leg: ReturnType<typeof open>; audio: Buffer }[]): Promise<void> {
    const longest = Math.max(...legs.map(({ audio }) => audio.length));
    for (let at = 0; at < longest; at += 320) {
      clock.advance(20);
      for (const { leg, audio } of legs) leg.audio(audio.subarray(at, at + 320), 8_000);
      await settle();
    }
  }

  it('makes one call of two legs that were described before their audio', async () => {
    expect(describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent', agent: { id: '6001' } })).toBe(
      `berlin-${LINKEDID}`,
    );
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller', campaign: 'SAVE' });
    const [agent, caller] = [open(AGENT), open(CALLER)];
    await play([
      { leg: agent, audio: codedSpeech(['hello'], format) },
      { leg: caller, audio: Buffer.concat([silence(1_200, format), codedSpeech(['cancel my account'], format)]) },
    ]);
    agent.end();
    caller.end();
    await settle();
    clock.advance(1_000);
    expect(types()).toEqual([
      'CallStarted',
      'CallDescribed',
      'CallDescribed',
      'UtteranceTranscribed',
      'UtteranceTranscribed',
      'CallEnded',
    ]);
    expect(
      utterances().map(({ seq, channel, text, startMs, scope }) => ({ seq, channel, text, startMs, scope })),
    ).toEqual([
      { seq: 1, channel: 'agent', text: 'hello', startMs: 200, scope: { agentId: '6001', campaign: 'SAVE' } },
      {
        seq: 2,
        channel: 'caller',
        text: 'cancel my account',
        startMs: 1_400,
        scope: { agentId: '6001', campaign: 'SAVE' },
      },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'CallEnded', lastSeq: 2, reason: 'hangup' });
  });

  it('waits half a second for a description that comes after the audio', () => {
    open(CALLER);
    clock.advance(400);
    expect(events).toEqual([]);
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    expect(events[0]).toMatchObject({ type: 'CallStarted', callId: `berlin-${LINKEDID}` });
  });

  it('takes an undescribed leg as a mixed call of its own, and what is learnt later as its metadata', async () => {
    const leg = open(CALLER);
    clock.advance(500);
    expect(events).toMatchObject([{ type: 'CallStarted', callId: CALLER }]);
    await play([{ leg, audio: codedSpeech(['hello'], format) }]);
    expect(describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' })).toBe(CALLER);
    await play([{ leg, audio: codedSpeech(['thank you'], format) }]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'CallDescribed', callId: CALLER }));
    expect(utterances().map(({ channel, seq }) => [channel, seq])).toEqual([
      ['mixed', 1],
      ['caller', 2],
    ]);
  });

  it('says what is already known only once', () => {
    const leg = { uuid: CALLER, linkedid: LINKEDID, channel: 'caller', agent: { id: '6001' } };
    describeLeg(leg);
    open(CALLER);
    describeLeg(leg);
    describeLeg({ ...leg, queue: 'save' });
    expect(types()).toEqual(['CallStarted', 'CallDescribed', 'CallDescribed']);
    expect(events[2]).toMatchObject({ metadata: { linkedid: LINKEDID, agent: { id: '6001' }, queue: 'save' } });
  });

  it('keeps a call while one leg follows another, and ends it a second after the last', async () => {
    describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent' });
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    open(AGENT).end();
    await settle();
    clock.advance(900);
    open(CALLER).end();
    await settle();
    clock.advance(900);
    expect(types()).not.toContain('CallEnded');
    clock.advance(100);
    expect(types().filter((type) => type === 'CallEnded')).toHaveLength(1);
    expect(calls.callCount).toBe(0);
  });

  it('does not begin a call again that has ended', async () => {
    describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent' });
    open(AGENT).end();
    await settle();
    clock.advance(1_000);
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    open(CALLER);
    expect(events.at(-2)).toMatchObject({ type: 'CallStarted', callId: CALLER });
  });

  it('ends the calls of an earlier relay whose legs do not come back', () => {
    const head = { relayId: 'berlin-1', callId: `berlin-${LINKEDID}`, pbx: 'berlin', callStartedAt: 1_000 };
    calls = startCalls([{ ...head, lastSeq: 7, lastEventAt: 9_000 }]);
    clock.advance(14_999);
    expect(events).toEqual([]);
    clock.advance(1);
    expect(events).toMatchObject([
      { type: 'CallEnded', ...head, lastSeq: 7, endedAt: 9_000, reason: 'relay-restarted' },
    ]);
  });

  it('sends both legs on one stream of two channels, and goes on when one of them is silent or gone', async () => {
    const formats: number[] = [];
    const coded = openCodedEngine();
    calls = startCalls([], {
      ...coded,
      open: (asked, context, listener) => {
        formats.push(asked.channelCount);
        return coded.open(asked, context, listener);
      },
    });
    describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent' });
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    const caller = open(CALLER);
    await play([{ leg: caller, audio: codedSpeech(['hello'], format) }]);
    const agent = open(AGENT);
    await play([
      { leg: agent, audio: Buffer.concat([silence(1_200, format), codedSpeech(['thank you'], format)]) },
      { leg: caller, audio: codedSpeech(['my line is down'], format) },
    ]);
    agent.end();
    await play([{ leg: caller, audio: codedSpeech(['cancel my account'], format) }]);
    expect(formats).toEqual([2]);
    expect(utterances().map(({ channel, text, startMs }) => [channel, text, Math.abs(startMs)])).toEqual([
      ['caller', 'hello', 200],
      ['caller', 'my line is down', 1_240],
      ['agent', 'thank you', 2_440],
      ['caller', 'cancel my account', expect.any(Number)],
    ]);
  });

  it('takes numbers that identify people out of what leaves the relay', async () => {
    const script = { caller: [{ startMs: 0, endMs: 900, text: 'my card is 4111 1111 1111 1111 okay' }] };
    calls = startCalls([], openScript(script));
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    await play([{ leg: open(CALLER), audio: silence(1_000, format) }]);
    expect(utterances().map(({ text }) => text)).toEqual(['my card is [CARD_NUMBER] okay']);
  });

  it('tells since when a leg is not heard', async () => {
    const refusal = new SttError('bad key', { retryable: false });
    calls = startCalls([], { ...openCodedEngine(), open: () => Promise.reject(refusal) });
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    await play([{ leg: open(CALLER), audio: silence(200, format) }]);
    clock.advance(3_000);
    expect(calls.ticks()[0]?.legs[0]?.engineDownMs).toBeGreaterThanOrEqual(3_000);
  });

  it('refuses a second leg of one UUID', () => {
    open(CALLER);
    expect(calls.openLeg({ uuid: CALLER, source: 'test' })).toBeUndefined();
  });

  it('tells the last words and the end when it drains, and takes no more legs', async () => {
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    const leg = open(CALLER);
    await play([{ leg, audio: codedSpeech(['hello', 'cancel my account'], format).subarray(0, -9_600) }]);
    await calls.drain();
    expect(utterances().map(({ text }) => text)).toEqual(['hello', 'cancel my account']);
    expect(events.at(-1)).toMatchObject({ type: 'CallEnded', reason: 'drained', lastSeq: 2 });
    expect(calls.openLeg({ uuid: AGENT, source: 'test' })).toBeUndefined();
  });

  it('tells what was said on a leg that ended before its call was known', async () => {
    const leg = open(CALLER);
    leg.audio(codedSpeech(['hello'], format), 8_000);
    leg.end();
    await settle();
    expect(utterances().map(({ text }) => text)).toEqual(['hello']);
    clock.advance(1_000);
    expect(types()).toEqual(['CallStarted', 'UtteranceTranscribed', 'CallEnded']);
  });

  it('reports each leg in its tick', async () => {
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    const leg = open(CALLER);
    await play([{ leg, audio: codedSpeech(['hello you'], format) }]);
    clock.advance(3_000);
    const [tick] = calls.ticks();
    expect(tick).toMatchObject({ callId: `berlin-${LINKEDID}`, lastSeq: 1 });
    expect(tick?.legs).toEqual([
      expect.objectContaining({
        channel: 'caller',
        engine: 'coded',
        lastAudioAgeMs: 3_000,
        speechMs: 400,
        gapCount: 0,
      }),
    ]);
    expect(started).toBe(1);
  });
});
