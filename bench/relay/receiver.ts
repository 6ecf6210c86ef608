import { createServer, type AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { addressList, LOOPBACK } from '../../edge-relay/audiosocket/address-list.ts';
import { AudioSocketServer } from '../../edge-relay/audiosocket/server.ts';
import { Calls } from '../../edge-relay/call/calls.ts';
import { Ticker } from '../../edge-relay/call/ticker.ts';
import { systemClock } from '../../edge-relay/clock.ts';
import { parseSettings } from '../../edge-relay/config.ts';
import { Redactor } from '#core/redaction/redactor.ts';
import type { SttEngine } from '../../edge-relay/stt/engine.ts';
import { EngineStatus } from '../../edge-relay/stt/engine-status.ts';
import { uuidOfLeg } from './legs.ts';

/**
 * One receiver under load: `relay` is the relay's whole path from the wire to the engine with an engine that receives
 * nothing and a publisher that counts; `sink` reads and counts bytes. Answers `load` and `memory` on standard input.
 */
const { values } = parseArgs({ options: { kind: { type: 'string' }, legs: { type: 'string' } } });
const FRAME_BYTES = 323;
const SETTLES_EVERY_MS = 1_000;

interface Receiver {
  readonly port: number;
  readonly frames: () => number;
  /** Frames that reached the engine. */
  readonly heardFrames: () => number;
}

async function startSink(): Promise<Receiver> {
  let bytes = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (chunk) => (bytes += chunk.length));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const frames = () => Math.floor(bytes / FRAME_BYTES);
  return { port: (server.address() as AddressInfo).port, frames, heardFrames: frames };
}

async function startRelayPath(legs: number): Promise<Receiver> {
  let heardBytes = 0;
  const deaf: SttEngine = {
    name: 'deaf',
    replayRate: 10,
    maxChannels: 2,
    open: ({ channelCount }, _context, listener) => {
      let bytes = 0;
      let settledMs = 0;
      return Promise.resolve({
        bufferedBytes: 0,
        send: (audio) => {
          heardBytes += audio.length;
          bytes += audio.length;
          const endMs = bytes / (16 * channelCount);
          if (endMs < settledMs + SETTLES_EVERY_MS) return;
          // As every engine does, it says how far it is; else the session would have to keep all for a replay.
          settledMs = endMs;
          for (let channelIndex = 0; channelIndex < channelCount; channelIndex++)
            listener.final({ channelIndex, text: '', words: [], startMs: endMs, endMs });
        },
        finish: () => undefined,
        abort: () => undefined,
      });
    },
    close: () => Promise.resolve(),
  };
  const clock = systemClock;
  const log = pino({ level: 'warn' }, pino.destination(2));
  let published = 0;
  const calls: Calls = new Calls({
    relayId: 'bench',
    pbx: 'bench',
    speech: { engines: [deaf], status: new EngineStatus(), clock, log },
    redactor: new Redactor(),
    sendPartial: () => false,
    clock,
    log,
    publish: () => published++,
    onCallStarted: () => {
      ticker.soon();
    },
  });
  const ticker = new Ticker({
    relayId: 'bench',
    pbx: 'bench',
    version: '0.0.0',
    periodMs: 5_000,
    clock,
    calls: () => calls.ticks(),
    trunkQuestions: () => [],
    queues: () => undefined,
    problems: () => [],
    spooledEvents: () => 0,
    publish: () => published++,
  });
  calls.start();
  ticker.start();
  for (let leg = 0; leg < legs; leg++)
    calls.describe({
      uuid: uuidOfLeg(leg),
      linkedid: `call-${Math.floor(leg / 2)}`,
      channel: leg % 2 === 0 ? 'agent' : 'caller',
    });
  const settings = parseSettings({ EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS: '100000' });
  const server = await AudioSocketServer.listen(
    {
      host: '127.0.0.1',
      port: 0,
      idleMs: settings.EARSHOT_AUDIOSOCKET_IDLE_MS,
      maxConnections: settings.EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS,
      allowed: addressList(LOOPBACK),
    },
    { openLeg: calls.openLeg, clock, log },
  );
  return { port: server.port, frames: () => server.counts.frames, heardFrames: () => Math.floor(heardBytes / 320) };
}

const receiver = values.kind === 'sink' ? await startSink() : await startRelayPath(Number(values.legs));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const before = process.memoryUsage();
let [cpu, frames] = [process.cpuUsage(), 0];
console.log(JSON.stringify({ port: receiver.port }));
process.on('SIGTERM', () => process.exit());
process.on('SIGTERM', () => process.exit());
/** What was done since the last time this was asked. */
function load() {
  const used = process.cpuUsage(cpu);
  const total = receiver.frames();
  const report = {
    frames: total,
    heardFrames: receiver.heardFrames(),
    intervalFrames: total - frames,
    cpuUs: used.user + used.system,
    p99DelayMs: delay.percentile(99) / 1e6,
  };
  delay.reset();
  [cpu, frames] = [process.cpuUsage(), total];
  return report;
}

/** The collection holds everything up: nothing is measured in the second after it. */
function memory() {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { grownBytes: rss - before.rss, heapBytes: heapUsed + external };
}

createInterface({ input: process.stdin }).on('line', (asked) => {
  console.log(JSON.stringify(asked === 'memory' ? memory() : load()));
});
