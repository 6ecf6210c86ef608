import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import { SimulatedAsterisk } from '../edge-relay/sim/asterisk.ts';
import { queueCall } from '../edge-relay/sim/queue-call.ts';
import { bundleRelay } from '../edge-relay/packaging/bundle.ts';
import { type FakeEventBridge, startFakeEventBridge } from '../edge-relay/publish/event-bridge.fake.ts';
import { DEEPGRAM_TEST_KEY, startFakeDeepgram } from '../edge-relay/stt/deepgram/deepgram.fake.ts';
import { until } from '../edge-relay/until.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { randomFrom } from '../functions/ingest/example-traffic.fake.ts';
import { compare, type Comparison, isCovered, JITTER_MS } from './restarts/compare.ts';
import { startRelayProcess } from './restarts/relay-process.ts';
import { NUMBERED_CODE, numberOf, speakFor, type Speech } from './restarts/spoken.ts';

/** Between the start of a relay and the signal that ends it. */
const LEAST_MS = 500;
const MOST_MS = 5_000;
/** Of the relays, those that have tapped all calls again before their time begins; others may be ended before that. */
const TAPPED_SHARE = 0.7;
/** Generous: no more is spoken than is played. */
const SPEECH_A_RESTART_MS = 8_000;
/** How long the last words of all calls may take until they are published; those that take longer are lost. */
const LAST_WORDS_MS = 20_000;
/** Bundles lie beside the packages that they load. */
const BUILD_FOLDER = join(import.meta.dirname, '..', 'build');

interface Side {
  readonly callId: string;
  readonly channel: 'agent' | 'caller';
  readonly speech: Speech;
  readonly beganAt: number;
}

export default {
  about:
    'Restarts during calls, by SIGTERM and SIGKILL at random: words lost, words doubled, holes (--restarts N, --seed N)',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        restarts: { type: 'string', default: '100' },
        calls: { type: 'string', default: '3' },
        takeovers: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
      },
    });
    const folder = mkdtempSync(join(tmpdir(), 'earshot-restarts-'));
    const random = randomFrom(Number(values.seed));
    const [bus, deepgram] = await Promise.all([startFakeEventBridge(), startFakeDeepgram(NUMBERED_CODE)]);
    const asterisk = await SimulatedAsterisk.listen({ user: 'earshot', secret: 'bench' });
    await bundleRelay(BUILD_FOLDER);
    const environment = {
      AWS_ENDPOINT_URL: bus.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      EARSHOT_RELAY_ID: 'bench-1',
      EARSHOT_PBX: 'bench',
      EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
      EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
      EARSHOT_AUDIOSOCKET_PORT: String(await freePort()),
      EARSHOT_HTTP_PORT: '0',
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(asterisk.port),
      EARSHOT_AMI_USER: 'earshot',
      EARSHOT_AMI_SECRET: 'bench',
      EARSHOT_ENGINE: 'deepgram',
      EARSHOT_DEEPGRAM_URL: deepgram.url,
      DEEPGRAM_API_KEY: DEEPGRAM_TEST_KEY,
    };
    const start = (...options: string[]) =>
      startRelayProcess(join(BUILD_FOLDER, 'earshot-relay.mjs'), environment, ...options);
    let relay = start();
    try {
      await relay.listening;
      const restarts = Number(values.restarts);
      const calls = await placeCalls(
        asterisk,
        Number(values.calls),
        (restarts + Number(values.takeovers)) * SPEECH_A_RESTART_MS,
        random,
      );
      const lateness = monitorEventLoopDelay({ resolution: 10 });
      lateness.enable();
      const stopsAt: number[] = [];
      const startMs: number[] = [];
      const drainMs: number[] = [];
      const tapMs: number[] = [];
      const handoverMs: number[] = [];
      for (let count = 1; count <= restarts; count++) {
        await delay(LEAST_MS + random() * (MOST_MS - LEAST_MS));
        const signal = random() < 0.5 ? 'SIGTERM' : 'SIGKILL';
        const stoppedAt = performance.now();
        stopsAt.push(Date.now());
        relay.child.kill(signal);
        await relay.ended;
        if (signal === 'SIGTERM') drainMs.push(performance.now() - stoppedAt);
        const startedAt = performance.now();
        relay = start();
        startMs.push(await relay.listening);
        if (random() < TAPPED_SHARE) {
          await until(() => asterisk.taps.length >= 2 * calls.length);
          tapMs.push(performance.now() - startedAt);
          if (signal === 'SIGTERM') handoverMs.push(performance.now() - stoppedAt);
        }
        if (count % 10 === 0) console.log(`${count} of ${restarts} restarts`);
      }
      await until(() => asterisk.taps.length === 2 * calls.length);
      const takeoverMs: number[] = [];
      for (let count = 1; count <= Number(values.takeovers); count++) {
        await delay(LEAST_MS + random() * (MOST_MS - LEAST_MS));
        const before = relay;
        relay = start('--take-over');
        await until(() => asterisk.taps.length < 2 * calls.length, { intervalMs: 1 });
        const unheardAt = performance.now();
        stopsAt.push(Date.now());
        await until(() => asterisk.taps.length >= 2 * calls.length, { intervalMs: 1 });
        takeoverMs.push(performance.now() - unheardAt);
        await before.ended;
      }
      lateness.disable();
      const sides = calls.flatMap((call) => call.sides);
      const endedAt = Date.now();
      await until(() => sides.every((side) => isPublishedUpTo(side, endedAt, bus)), { timeoutMs: LAST_WORDS_MS }).catch(
        () => undefined,
      );
      for (const { hangUp } of calls) hangUp();
      await until(() => bus.taken.filter(({ type }) => type === 'CallEnded').length >= calls.length);
      return {
        figures: {
          ...figuresOf(sides, bus, endedAt, stopsAt, { startMs, drainMs, tapMs, handoverMs, takeoverMs }),
          /** How late the process was that plays the calls and the engine. */
          playerLateMsP99: Math.round(lateness.percentile(99) / 1e6),
          playerLateMsMost: Math.round(lateness.max / 1e6),
        },
        peers: {},
      };
    } finally {
      relay.child.kill('SIGTERM');
      await relay.ended;
      await asterisk.close();
      await Promise.all([bus.close(), deepgram.close()]);
      rmSync(folder, { recursive: true });
    }
  },
} satisfies Benchmark;

/** Calls that are spoken on without a pause, both sides at once. */
async function placeCalls(asterisk: SimulatedAsterisk, count: number, durationMs: number, random: () => number) {
  await until(() => asterisk.sessionCount > 0);
  const calls = Array.from({ length: count }, (_, index) => {
    const linkedid = `${Math.floor(Date.now() / 1_000)}.${10 * (index + 1)}`;
    const call = queueCall(asterisk, {
      linkedid,
      queue: 'support',
      agent: { id: `600${index}`, name: 'Agent' },
      caller: { number: `+4420794601${index}` },
    });
    call.ring();
    call.answer();
    return { ...call, callId: `bench-${linkedid}` };
  });
  await until(() => asterisk.taps.length === 2 * count);
  // All of it first: who speaks must not wait for what another will say.
  const speeches = Array.from({ length: 2 * count }, () => speakFor(durationMs, random));
  return calls.map(({ callId, agentChannel, callerChannel, hangUp }, index) => {
    const speak = (channel: Side['channel'], asteriskChannel: string): Side => {
      const speech = speeches[2 * index + (channel === 'agent' ? 0 : 1)] as Speech;
      asterisk.speak(asteriskChannel, 8_000, speech.samples);
      return { callId, channel, speech, beganAt: Date.now() };
    };
    return { hangUp, sides: [speak('agent', agentChannel), speak('caller', callerChannel)] };
  });
}

function figuresOf(
  sides: readonly Side[],
  bus: FakeEventBridge,
  endedAt: number,
  stopsAt: readonly number[],
  times: Record<'startMs' | 'drainMs' | 'tapMs' | 'handoverMs' | 'takeoverMs', readonly number[]>,
): Figures {
  const { lines, conflicts } = publishedOf(bus);
  const compared = sides.map((side): Comparison => {
    const { callId, channel, beganAt } = side;
    const published = lines
      .filter((line) => line.callId === callId && line.channel === channel)
      .map(({ text, callStartedAt, startMs, gapBeforeMs = 0 }) => {
        return { text, gapBeforeMs, startMs: callStartedAt + startMs - beganAt };
      });
    const stoppedMs = stopsAt.map((at) => at - beganAt);
    return compare(side.speech.words, { lines: published, stoppedMs, untilMs: endedAt - beganAt });
  });
  const sum = (of: (one: Comparison) => number) => compared.reduce((total, one) => total + of(one), 0);
  const missing = compared.flatMap((one) => one.missing);
  const lost = missing.filter((run) => !isCovered(run));
  for (const run of lost) console.log(`lost: ${JSON.stringify(run)}`);
  const lateMs = compared.flatMap((one) => one.lateMs.map(Math.abs));
  const wordsOf = (runs: typeof missing) => runs.reduce((total, { words }) => total + words, 0);
  const holes = lines.flatMap(({ gapBeforeMs = 0 }) => (gapBeforeMs > 0 ? [gapBeforeMs] : []));
  const ofOthers = lines.filter(({ callId }) => !sides.some((side) => side.callId === callId)).length;
  return {
    restarts: times.startMs.length,
    wordsSpoken: sides.reduce((total, side) => total + spokenUpTo(side, endedAt).length, 0),
    wordsLost: wordsOf(lost),
    wordsDoubled: sum(({ doubled }) => doubled),
    /** Of the lost ones, those that no restart was near to. */
    wordsCut: wordsOf(lost.filter(({ holes }) => holes === 0)),
    wordsInGaps: wordsOf(missing) - wordsOf(lost),
    /** Words that nobody spoke; how much a gap is short of its words; gaps longer than from the word before to the one after. */
    wordsUnspoken: sum(({ unspoken }) => unspoken),
    gapShortMsMost: Math.max(0, ...missing.filter(isCovered).map(({ gapMs, leastMs }) => leastMs - gapMs)),
    gapsTooLong: missing.filter(({ gapMs, mostMs }) => gapMs > mostMs + JITTER_MS).length,
    /** How far the published time of a line is from when it was spoken. */
    lineLateMsP95: percentile(lateMs, 0.95),
    lineLateMsMost: percentile(lateMs, 1),
    /** Utterances that had the number of another, and those of calls that nobody placed. */
    conflictingUtterances: conflicts,
    strayUtterances: ofOthers,
    holeMsP50: percentile(holes, 0.5),
    holeMsP95: percentile(holes, 0.95),
    /** From SIGTERM to the process's end; from its start until it listens, and until it has tapped all calls. */
    drainMsP50: percentile(times.drainMs, 0.5),
    startMsP50: percentile(times.startMs, 0.5),
    startMsP95: percentile(times.startMs, 0.95),
    tappedMsP50: percentile(times.tapMs, 0.5),
    tappedMsP95: percentile(times.tapMs, 0.95),
    /** From SIGTERM until the next relay has tapped all calls. */
    handoverMsP50: percentile(times.handoverMs, 0.5),
    handoverMsP95: percentile(times.handoverMs, 0.95),
    /** The time in which no leg was received while one relay took over from another. */
    takeovers: times.takeoverMs.length,
    takeoverHoleMsP50: percentile(times.takeoverMs, 0.5),
    takeoverHoleMsP95: percentile(times.takeoverMs, 0.95),
  };
}

/** The words of a side that had been spoken at a moment. */
function spokenUpTo({ speech, beganAt }: Side, at: number) {
  return speech.words.filter(({ endMs }) => beganAt + endMs <= at);
}

/** Whether the last word that had been spoken at a moment, or a later one, is published. */
function isPublishedUpTo(side: Side, at: number, bus: FakeEventBridge): boolean {
  const last = spokenUpTo(side, at).length - 1;
  const { callId, channel } = side;
  return bus.taken.some(
    (event) =>
      event.type === 'UtteranceTranscribed' &&
      event.callId === callId &&
      event.channel === channel &&
      event.text.split(' ').some((word) => numberOf(word) >= last),
  );
}

/** What the cloud makes of the events: of a seq the first counts, the same again is a repeat. */
function publishedOf(bus: FakeEventBridge): { lines: UtteranceTranscribed[]; conflicts: number } {
  const lines = new Map<string, UtteranceTranscribed>();
  let conflicts = 0;
  for (const event of bus.taken) {
    if (event.type !== 'UtteranceTranscribed') continue;
    const key = `${event.callId} ${event.seq}`;
    const first = lines.get(key);
    if (!first) lines.set(key, event);
    else if (first.spokenAt !== event.spokenAt || first.text !== event.text) conflicts++;
  }
  return { lines: [...lines.values()].sort((a, b) => a.seq - b.seq), conflicts };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
