import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { relayEventSchema } from '#core/contracts/events.ts';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import { pino } from 'pino';
import { ManualClock } from '../clock.fake.ts';
import { Redactor } from '#core/redaction/redactor.ts';
import { type SttEngine, SttError } from '../stt/engine.ts';
import { EngineStatus } from '../stt/engine-status.ts';
import { openCodedEngine } from '../stt/engine.fake.ts';
import { openScript } from '../stt/script/script.ts';
import { codedSpeech, silence } from '../stt/coded-speech.fake.ts';
import type { UnsentEvent } from './call.ts';
import { Calls, type CallsDependencies } from './calls.ts';
import type { LeftCall } from './memory.ts';
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
  let callers: string[];

  const startCalls = (
    leftCalls: LeftCall[] = [],
    engine: SttEngine = openCodedEngine(),
    known: Pick<CallsDependencies, 'endedCallIds' | 'numberedSince' | 'language' | 'languages'> = {},
  ) => {
    const calls = new Calls({
      ...known,
      leftCalls,
      relayId: 'berlin-1',
      pbx: 'berlin',
      speech: { engines: [engine], status: new EngineStatus(), clock, log },
      redactor: new Redactor(),
      sendPartial: () => true,
      clock,
      log,
      publish: (event) => events.push(event),
      onCallStarted: () => started++,
      onCaller: (uuid) => callers.push(uuid),
    });
    calls.start();
    return calls;
  };

  beforeEach(() => {
    clock = new ManualClock();
    events = [];
    started = 0;
    callers = [];
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

  it('keeps so many descriptions without audio and no more, the newest, and those of legs that speak', async () => {
    const uuidOf = (number: number) => `33333333-3333-4333-8333-${String(number).padStart(12, '0')}`;
    const isKnown = (uuid: string) => calls.describe({ uuid, channel: 'agent' }).startsWith('berlin-');
    describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent', agent: { id: '6001' } });
    open(AGENT);
    for (let number = 0; number < 15_000; number++) describeLeg({ uuid: uuidOf(number), linkedid: `${number}.1` });
    expect([calls.waitingDescriptions, calls.forgottenDescriptions]).toEqual([10_000, 5_000]);
    expect(isKnown(uuidOf(14_999))).toBe(true);
    expect(isKnown(AGENT)).toBe(true);
    expect(calls.agentLegs(`berlin-${LINKEDID}`)).toMatchObject([{ agent: { id: '6001' } }]);

    // By their size, too.
    const large = { diallerKeys: { uniqueids: ['x'.repeat(15_000)], asteriskChannels: [], callerNames: [] } };
    for (let number = 0; number < 15_000; number++) describeLeg({ uuid: uuidOf(number), ...large });
    expect(calls.waitingDescriptions).toBeLessThan(600);
    expect(isKnown(AGENT)).toBe(true);

    clock.advance(61_000);
    await settle();
    expect(calls.waitingDescriptions).toBe(0);
  });

  describe('whose language', () => {
    const callId = `berlin-${LINKEDID}`;
    const detecting = (found: { language?: string }): SttEngine => {
      const engine = openCodedEngine();
      return {
        ...engine,
        open: (to, context, listener) =>
          engine.open(to, context, {
            ...listener,
            final: (result) => {
              listener.final({ ...result, ...found });
            },
          }),
      };
    };
    const say = async (leg: ReturnType<typeof open>) => {
      const audio = Buffer.concat([codedSpeech(['thank account'], format), silence(1_000, format)]);
      await play([{ leg, audio }]);
    };
    const said = () => utterances().map(({ language, scope }) => [language?.tag, language?.from, scope?.language]);

    it('nobody knows is that of the relay, and none where the relay leaves it to the engine', async () => {
      calls = startCalls([], openCodedEngine(), { language: 'de-DE' });
      await say(open(CALLER));
      calls = startCalls([], openCodedEngine(), { language: 'multi' });
      await say(open(AGENT));
      expect(said()).toEqual([
        ['de-DE', 'default', 'de-DE'],
        [undefined, undefined, undefined],
      ]);
    });

    it('the dialplan names, or the settings for its in-group, comes before that of the relay', async () => {
      const languages = new Map([['HILFE', 'de-DE']]);
      calls = startCalls([], openCodedEngine(), { language: 'en-US', languages });
      describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller', language: 'es-MX', inGroup: 'HILFE' });
      await say(open(CALLER));
      describeLeg({ uuid: AGENT, linkedid: '2.2', channel: 'caller', inGroup: 'HILFE' });
      await say(open(AGENT));
      expect(said()).toEqual([
        ['es-MX', 'dialplan', 'es-MX'],
        ['de-DE', 'dialplan', 'de-DE'],
      ]);
      const described = events.findLast((event) => event.type === 'CallDescribed');
      expect(described?.metadata.language).toEqual({ tag: 'de-DE', from: 'dialplan' });
    });

    it('the engine finds out is that of each utterance; most of the words make that of the call', async () => {
      const found: { language?: string } = { language: 'es' };
      calls = startCalls([], detecting(found), { language: 'en-US' });
      describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller', language: 'es-MX' });
      const leg = open(CALLER);
      for (let time = 0; time < 2; time++) await say(leg);
      found.language = 'en';
      await say(leg);
      expect(said()).toEqual([
        ['es-MX', 'engine', 'es-MX'],
        ['es-MX', 'engine', 'es-MX'],
        ['en', 'engine', 'es-MX'],
      ]);
    });

    it('a person corrects stays so for all that is said later, also under the next relay', async () => {
      const callStartedAt = clock.now();
      calls = startCalls([], detecting({ language: 'en' }), { language: 'en-US' });
      const describeThis = () => {
        describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller', language: 'en-US' });
      };
      describeThis();
      const leg = open(CALLER);
      await say(leg);
      calls.correctLanguage(callId, 'nl-NL');
      describeThis();
      await say(leg);
      const [memory] = calls.memories();
      const head = { relayId: 'berlin-1', callId, pbx: 'berlin', callStartedAt };
      calls = startCalls([{ ...head, lastSeq: 2, lastEventAt: clock.now(), ...(memory && { memory }) }]);
      describeThis();
      await say(open(CALLER));
      expect(said()).toEqual([
        ['en-US', 'engine', 'en-US'],
        ['nl-NL', 'person', 'nl-NL'],
        ['nl-NL', 'person', 'nl-NL'],
      ]);
    });
  });

  describe('whose sides somebody swaps', () => {
    const callId = `berlin-${LINKEDID}`;
    const reversed = { agent: { id: 'trunk' }, caller: { number: '6001' } };
    const ifSwapped = { agent: { id: '6001', name: 'Dana' }, caller: { number: '+442079460123' } };
    const say = async (agent: ReturnType<typeof open>, caller: ReturnType<typeof open>, text: string) => {
      await play([
        { leg: agent, audio: Buffer.concat([codedSpeech([`${text} hello`], format), silence(1_000, format)]) },
        { leg: caller, audio: Buffer.concat([silence(2_000, format), codedSpeech([`${text} account`], format)]) },
      ]);
      clock.advance(2_000);
      await settle();
    };
    const describeLegs = () => {
      describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent', ...reversed, ifSwapped });
      describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller', ...reversed, ifSwapped });
    };
    const metadata = () => events.findLast((event) => event.type === 'CallDescribed')?.metadata;

    it('has agent and caller the other way round from then on, and says after which line', async () => {
      describeLegs();
      const [agent, caller] = [open(AGENT), open(CALLER)];
      await say(agent, caller, 'thank');
      calls.swapSides(callId, true);
      calls.swapSides(callId, true);
      expect(metadata()).toMatchObject({ swappedAfter: [2], ...ifSwapped });
      expect(calls.agentLegs(callId)).toMatchObject([{ uuid: CALLER, agent: ifSwapped.agent }]);
      expect(callers).toEqual([AGENT]);
      describeLegs();
      expect(metadata()).toMatchObject(ifSwapped);
      await say(agent, caller, 'cancel');
      calls.swapSides(callId, false);
      expect(metadata()).toMatchObject({ swappedAfter: [2, 4], ...reversed });
      await say(agent, caller, 'please');
      expect(utterances().map(({ channel, text }) => `${channel}: ${text}`)).toEqual([
        ...['agent: thank hello', 'caller: thank account'],
        ...['caller: cancel hello', 'agent: cancel account'],
        ...['agent: please hello', 'caller: please account'],
      ]);
    });

    it('stays so under the next relay', async () => {
      const callStartedAt = clock.now();
      describeLegs();
      await say(open(AGENT), open(CALLER), 'thank');
      calls.swapSides(callId, true);
      const [memory] = calls.memories();
      const head = { relayId: 'berlin-1', callId, pbx: 'berlin', callStartedAt };
      calls = startCalls([{ ...head, lastSeq: 2, lastEventAt: clock.now(), ...(memory && { memory }) }]);
      events = [];
      describeLegs();
      await say(open(AGENT), open(CALLER), 'cancel');
      expect(utterances().map(({ channel }) => channel)).toEqual(['caller', 'agent']);
      expect(calls.agentLegs(callId)).toMatchObject([{ uuid: CALLER, agent: ifSwapped.agent }]);
    });
  });

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

  it('does not begin a call again that has ended: what comes later is one call of its own', async () => {
    describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent' });
    open(AGENT).end();
    await settle();
    clock.advance(1_000);
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    open(CALLER);
    clock.advance(2_000);
    describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent' });
    open(AGENT);
    const startedIds = events.flatMap((event) => (event.type === 'CallStarted' ? [event.callId] : []));
    expect(startedIds).toEqual([`berlin-${LINKEDID}`, `berlin-${LINKEDID}:1795399201`]);
  });

  it('knows the calls that ended under an earlier relay', () => {
    calls = startCalls([], openCodedEngine(), { endedCallIds: [`berlin-${LINKEDID}`] });
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    open(CALLER);
    expect(events[0]).toMatchObject({ type: 'CallStarted', callId: `berlin-${LINKEDID}:1795399200` });
  });

  it('gives a call an id of its own that a relay may have numbered whose spool is lost, and keeps to it', () => {
    const numberedSince = 1_795_399_201_000;
    const idOf = (linkedid: string) => describeLeg({ uuid: randomUUID(), linkedid, channel: 'caller' });
    calls = startCalls([], openCodedEngine(), { numberedSince });
    const id = idOf(LINKEDID);
    expect(id).toBe(`berlin-${LINKEDID}:1795399200`);
    clock.advance(5_000);
    expect(idOf(LINKEDID)).toBe(id);
    expect(idOf(`pbx2-${LINKEDID}`)).toBe(`berlin-pbx2-${LINKEDID}:1795399205`);
    // One that began since, and what is no time of a call.
    for (const linkedid of ['1795399201.3', '1495399200.17', 'call-7'])
      expect(idOf(linkedid)).toBe(`berlin-${linkedid}`);

    const head = { relayId: 'berlin-1', callId: id, pbx: 'berlin', callStartedAt: 1_795_399_200_000 };
    calls = startCalls([{ ...head, lastSeq: 7, lastEventAt: clock.now() }], openCodedEngine(), { numberedSince });
    expect(idOf(LINKEDID)).toBe(id);
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

  it('publishes the last words when it drains, takes no more legs, and leaves the call to the next relay', async () => {
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    const leg = open(CALLER);
    await play([{ leg, audio: codedSpeech(['hello', 'cancel my account'], format).subarray(0, -9_600) }]);
    await calls.drain();
    expect(utterances().map(({ text }) => text)).toEqual(['hello', 'cancel my account']);
    expect(types()).not.toContain('CallEnded');
    expect(calls.ticks()).toMatchObject([{ callId: `berlin-${LINKEDID}`, lastSeq: 2, legs: [], isRestarting: true }]);
    expect(calls.openLeg({ uuid: AGENT, source: 'test' })).toBeUndefined();
    clock.advance(60_000);
    expect(types()).not.toContain('CallEnded');
  });

  it('ends a call whose channels hung up before it drained', async () => {
    describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
    open(CALLER).end();
    await settle();
    await calls.drain();
    expect(events.at(-1)).toMatchObject({ type: 'CallEnded', reason: 'hangup' });
    expect(calls.memories()).toEqual([]);
  });

  describe('after a restart', () => {
    const agent = { id: '6001', name: 'Dana Wills' };

    /** What an earlier relay left of a call, as its spool gives it. */
    function leftOf({ callStartedAt }: UnsentEvent): LeftCall {
      const said = utterances();
      const [memory] = calls.memories();
      return {
        ...{ relayId: 'berlin-1', callId: `berlin-${LINKEDID}`, pbx: 'berlin', callStartedAt },
        lastSeq: said.length,
        lastEventAt: said.at(-1)?.spokenAt ?? callStartedAt,
        spokenAt: Object.fromEntries(said.map(({ channel, spokenAt }) => [channel, spokenAt])),
        ...(memory && { memory }),
      };
    }

    /** Both sides have spoken, in 800 ms and 1,600 ms of audio. */
    async function speak() {
      describeLeg({ uuid: AGENT, linkedid: LINKEDID, channel: 'agent', agent });
      describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller', campaign: 'SAVE' });
      const legs = { agent: open(AGENT), caller: open(CALLER) };
      await play([
        { leg: legs.agent, audio: codedSpeech(['hello'], format) },
        { leg: legs.caller, audio: codedSpeech(['cancel my account'], format) },
      ]);
      return legs;
    }

    const keepSilent = (legs: readonly ReturnType<typeof open>[], durationMs: number) =>
      play(legs.map((leg) => ({ leg, audio: silence(durationMs, format) })));

    function goOn(left: LeftCall, awayMs: number, engine = openCodedEngine()) {
      events.length = 0;
      clock.advance(awayMs);
      calls = startCalls([left], engine);
      const uuids = { agent: randomUUID(), caller: randomUUID() };
      for (const channel of ['agent', 'caller'] as const)
        describeLeg({ uuid: uuids[channel], linkedid: LINKEDID, channel });
      return { agent: open(uuids.agent), caller: open(uuids.caller) };
    }

    it('goes on with the next seq, what was known of the call, and the gap of each side', async () => {
      const spoken = await speak();
      await keepSilent(Object.values(spoken), 4_000);
      await calls.drain();
      const legs = goOn(leftOf(events[0] as UnsentEvent), 700);
      await play([
        { leg: legs.caller, audio: codedSpeech(['thank you', 'please'], format) },
        { leg: legs.agent, audio: silence(20, format) },
      ]);
      expect(types()).toEqual(['UtteranceTranscribed', 'UtteranceTranscribed']);
      expect(utterances().map(({ seq, gapBeforeMs }) => [seq, gapBeforeMs])).toEqual([
        [3, 700],
        [4, 0],
      ]);
      expect(utterances()[0]?.scope).toEqual({ agentId: '6001', campaign: 'SAVE' });
      // The agent said nothing between two restarts: both gaps are still to be said.
      await keepSilent([legs.agent], 5_000);
      await calls.drain();
      const again = goOn({ ...leftOf(events[0] as UnsentEvent), lastSeq: 4 }, 300);
      await play([{ leg: again.agent, audio: codedSpeech(['hello'], format) }]);
      expect(utterances()).toMatchObject([{ seq: 5, channel: 'agent', gapBeforeMs: 1_000 }]);
    });

    it('says as a gap what was heard and not published when the relay was killed', async () => {
      const legs = await speak();
      clock.advance(2_000);
      // The caller is in the middle of a sentence, the agent is silent.
      await play([
        { leg: legs.caller, audio: codedSpeech(['my line is down'], format).subarray(0, 8_000) },
        { leg: legs.agent, audio: silence(500, format) },
      ]);
      const left = leftOf(events[0] as UnsentEvent);
      const killedAt = clock.now();
      const after = goOn(left, 1_000);
      await play([
        { leg: after.agent, audio: codedSpeech(['hello'], format) },
        { leg: after.caller, audio: codedSpeech(['hello'], format) },
      ]);
      const gaps = Object.fromEntries(utterances().map(({ channel, gapBeforeMs }) => [channel, gapBeforeMs]));
      const heldMs = killedAt - (left.spokenAt?.caller ?? 0);
      expect(gaps).toEqual({ agent: 1_000, caller: 1_000 + heldMs });
    });

    it.each([
      ['drains', () => calls.drain()],
      ['is killed', () => Promise.resolve()],
    ])('says as a gap what was on its way when the relay %s, and until audio comes again', async (_, stop) => {
      const lateness = fc.record({
        onItsWayMs: fc.integer({ min: 0, max: 1_900 }),
        awayMs: fc.integer({ min: 0, max: 3_000 }),
        untilAudioMs: fc.integer({ min: 0, max: 1_900 }),
      });
      await fc.assert(
        fc.asyncProperty(lateness, async ({ onItsWayMs, awayMs, untilAudioMs }) => {
          events.length = 0;
          calls = startCalls();
          const legs = await speak();
          await keepSilent(Object.values(legs), 1_000);
          const heardUntilAt = clock.now();
          // The machine is busy: nothing that was said since is read.
          clock.advance(onItsWayMs);
          await stop();
          const after = goOn(leftOf(events[0] as UnsentEvent), awayMs);
          clock.advance(untilAudioMs);
          const heardAgainAt = clock.now();
          await play([{ leg: after.caller, audio: codedSpeech(['thank you'], format) }]);
          expect(utterances().map(({ gapBeforeMs }) => gapBeforeMs)).toEqual([heardAgainAt - heardUntilAt]);
        }),
        { numRuns: 8 },
      );
    });

    it('takes a side without audio for silent, and not for unheard', async () => {
      await speak();
      clock.advance(60_000);
      await calls.drain();
      const after = goOn(leftOf(events[0] as UnsentEvent), 700);
      clock.advance(60_000);
      await play([{ leg: after.caller, audio: codedSpeech(['hello'], format) }]);
      // What may have been on its way at either end of the 700 ms.
      expect(utterances()).toMatchObject([{ gapBeforeMs: 2_000 + 700 + 2_000 }]);
    });

    it('reports the call as one whose relay restarts until its legs are back', async () => {
      await speak();
      await calls.drain();
      const left = leftOf(events[0] as UnsentEvent);
      clock.advance(2_000);
      calls = startCalls([left]);
      expect(calls.ticks()).toMatchObject([{ callId: left.callId, lastSeq: 2, legs: [], isRestarting: true }]);
      describeLeg({ uuid: CALLER, linkedid: LINKEDID, channel: 'caller' });
      open(CALLER);
      expect(calls.ticks()[0]?.isRestarting).toBeUndefined();
      calls = startCalls([left]);
      clock.advance(15_000);
      expect(events.at(-1)).toMatchObject({ type: 'CallEnded', reason: 'relay-restarted', lastSeq: 2 });
    });
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
