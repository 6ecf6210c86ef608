import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { relayEventSchema } from '#core/contracts/events.ts';
import type { UtteranceTranscribed } from '#core/call/events.ts';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { pino } from 'pino';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { writeFrame } from '../audiosocket/frame.ts';
import type { UnsentEvent } from '../call/call.ts';
import { ManualClock } from '../clock.fake.ts';
import { type FakeEventBridge, startFakeEventBridge } from './event-bridge.fake.ts';
import { Publisher } from './publisher.ts';
import { Spool } from './spool.ts';
import { until } from '../until.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
/** Of the moments at which the relay is killed: counted in events, and another seed is as good. */
const SEED = 17;
/** Relays of their own processes take their time on a busy machine. */
const WAIT = { timeoutMs: 100_000, intervalMs: 20 };
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Utterances by call and seq; the same one may come twice, another in its place may not. */
function received(bus: FakeEventBridge) {
  const byKey = new Map<string, UtteranceTranscribed>();
  let repeats = 0;
  for (const event of bus.taken) {
    if (event.type !== 'UtteranceTranscribed') continue;
    expect(relayEventSchema.safeParse(event).error).toBeUndefined();
    const key = `${event.callId} ${event.seq}`;
    const before = byKey.get(key);
    if (before) {
      repeats++;
      expect({ ...event, publishedAt: 0 }).toEqual({ ...before, publishedAt: 0 });
    }
    byKey.set(key, event);
  }
  return { byKey, repeats };
}

describe('nothing is lost', () => {
  let bus: FakeEventBridge;
  let folder: string;
  beforeEach(async () => {
    bus = await startFakeEventBridge();
    folder = mkdtempSync(join(tmpdir(), 'earshot-fault-'));
  });
  afterEach(async () => {
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  it('while the cloud is away for an hour of 50 calls', async () => {
    const CALLS = 50;
    const EVERY_MS = 6_000;
    const clock = new ManualClock();
    const spool = await Spool.start(join(folder, 'spool'), { now: Date.now, log: pino({ level: 'silent' }) });
    const client = new EventBridgeClient({ region: 'eu-central-1', endpoint: bus.url, credentials, maxAttempts: 1 });
    const publisher = new Publisher({
      client,
      busName: 'earshot',
      source: 'earshot.relay/berlin-1/berlin',
      spool,
      clock,
      log: pino({ level: 'silent' }),
    });
    publisher.start();
    bus.outage = 'unavailable';
    let said = 0;
    for (let seq = 1; seq <= 3_600_000 / EVERY_MS; seq++) {
      for (let call = 0; call < CALLS; call++) {
        publisher.publish(utterance(`call-${call}`, seq, clock.now()));
        said++;
      }
      clock.advance(EVERY_MS);
      await settle();
    }
    while (spool.count < said || spool.unwrittenCount > 0) await settle();
    expect(received(bus).byKey.size).toBe(0);
    bus.outage = undefined;
    bus.faults.push('taken-then-reset', { failEntries: [0, 3] }, 'reset', 'taken-then-reset');
    while (spool.count > 0) {
      clock.advance(1_000);
      await settle();
    }
    const { byKey, repeats } = received(bus);
    process.stdout.write(`an hour without the cloud: ${byKey.size} of ${said} utterances, ${repeats} of them twice\n`);
    expect(byKey.size).toBe(said);
    for (let call = 0; call < CALLS; call++) expectInOrder(bus, `call-${call}`);
    client.destroy();
    await spool.close();
  }, 120_000);

  it('when the relay is killed again and again in the middle of its calls', async () => {
    const KILLS = 5;
    const CALLS = 6;
    const script = join(folder, 'script.json');
    writeFileSync(script, JSON.stringify({ agent: lines('agent'), caller: lines('caller') }));
    const random = xoroshiro128plus(SEED);
    const publishes = (more: number) => {
      const enough = bus.taken.length + more;
      return until(() => bus.taken.length >= enough, WAIT);
    };
    const kinds = ['unavailable', 'taken-then-reset', 'reset', { failEntries: [0] }] as const;
    bus.faultOf = (request) => (request % 20 === 0 ? kinds[(request / 20) % kinds.length] : undefined);
    for (let run = 0; run <= KILLS; run++) {
      const relay = await startRelay(bus, folder, script);
      const calls = await startTalking(relay, run, CALLS);
      if (run < KILLS) {
        await publishes(uniformInt(random, 1, 200));
        // Somebody sets the machine's clock an hour back, in every other life of the relay.
        if (run % 2 === 0) relay.process.kill('SIGUSR2');
        await publishes(uniformInt(random, 1, 60));
        relay.process.kill('SIGKILL');
        await once(relay.process, 'exit');
        calls.hush();
      } else {
        await publishes(100);
        await calls.end(bus);
        bus.faultOf = undefined;
        relay.process.kill('SIGTERM');
        expect(await once(relay.process, 'exit')).toEqual([0, null]);
      }
    }
    const { published, byKey, repeats } = expectAll(bus, CALLS);
    process.stdout.write(
      `${KILLS} kills: ${byKey.size} of ${published} utterances, ${repeats} of them more than once\n`,
    );
    expect(published).toBeGreaterThan(10 * CALLS);
  }, 240_000);

  it('when others fill the disk while the cloud is away, and the relay is killed after that', async () => {
    const CALLS = 4;
    const script = join(folder, 'script.json');
    writeFileSync(script, JSON.stringify({ agent: lines('agent'), caller: lines('caller') }));
    const disk = mkdtempSync(join(tmpdir(), 'earshot-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], { stdio: 'pipe' });
    } catch (error) {
      process.stdout.write(`a full disk was not tried: this user may not mount one (${(error as Error).message})\n`);
      rmSync(disk, { recursive: true });
      return;
    }
    try {
      bus.outage = 'unavailable';
      const first = await startRelay(bus, disk, script, { EARSHOT_SPOOL_RESERVE_MB: '1' });
      const calls = await startTalking(first, 0, CALLS);
      await until(async () => (await metric(first, 'spooled_events')) > 20, WAIT);
      const other = join(disk, 'somebody-elses-file');
      writeFileSync(other, Buffer.alloc(freeBytes(disk) - 500_000));
      await until(async () => (await metric(first, 'unwritten_events')) > 20, WAIT);
      const [waiting, unwritten] = [await metric(first, 'spooled_events'), await metric(first, 'unwritten_events')];
      expect((await fetch(`http://127.0.0.1:${first.httpPort}/readyz`)).status).toBe(503);
      rmSync(other);
      await until(async () => (await metric(first, 'unwritten_events')) === 0, WAIT);
      calls.hush();
      first.process.kill('SIGKILL');
      await once(first.process, 'exit');
      expect(received(bus).byKey.size).toBe(0);

      const second = await startRelay(bus, disk, script);
      const again = await startTalking(second, 1, CALLS);
      bus.outage = undefined;
      await until(async () => (await metric(second, 'live_legs')) === 2 * CALLS, WAIT);
      await again.end(bus);
      second.process.kill('SIGTERM');
      expect(await once(second.process, 'exit')).toEqual([0, null]);
      const { published, byKey } = expectAll(bus, CALLS);
      process.stdout.write(
        `a full disk: ${byKey.size} of ${published} utterances; ${waiting} waited, ${unwritten} of them in memory\n`,
      );
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true });
    }
  }, 240_000);
});

/** Every utterance that the relay says it published, of each of its calls, is there once. */
function expectAll(bus: FakeEventBridge, callCount: number) {
  const { byKey, repeats } = received(bus);
  const lastSeqs = new Map(
    bus.taken.flatMap((event) => (event.type === 'CallEnded' ? [[event.callId, event.lastSeq] as const] : [])),
  );
  const published = [...lastSeqs.values()].reduce((sum, lastSeq) => sum + lastSeq, 0);
  expect(lastSeqs.size).toBe(callCount);
  for (const [callId, lastSeq] of lastSeqs)
    for (let seq = 1; seq <= lastSeq; seq++)
      expect([callId, seq, byKey.has(`${callId} ${seq}`)]).toEqual([callId, seq, true]);
  expect(byKey.size).toBe(published);
  return { published, byKey, repeats };
}

const SILENCE = writeFrame({ kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320) });

/** Each says something else, and no digits: with them an utterance waits for the rest of a number. */
function lines(who: string) {
  const word = (index: number) => index.toString(2).replaceAll('0', 'ba').replaceAll('1', 'lo');
  return Array.from({ length: 600 }, (_, index) => ({
    startMs: index * 400,
    endMs: index * 400 + 300,
    text: `${who} says ${word(index)}`,
  }));
}

function utterance(callId: string, seq: number, spokenAt: number): UnsentEvent {
  const head = { version: 1 as const, relayId: 'berlin-1', callId, pbx: 'berlin', callStartedAt: spokenAt - 1_000 };
  const said = { channel: 'caller' as const, startMs: 0, endMs: 1_000, text: 'hello', engine: 'script' };
  return { type: 'UtteranceTranscribed', ...head, ...said, seq, spokenAt, transcribedAt: spokenAt };
}

/** The first time each came: a repeat after a lost answer may come behind later ones. */
function expectInOrder(bus: FakeEventBridge, callId: string): void {
  const seqs = bus.taken.flatMap((event) =>
    event.type === 'UtteranceTranscribed' && event.callId === callId ? event.seq : [],
  );
  const first = [...new Set(seqs)];
  expect(first).toEqual(first.toSorted((a, b) => a - b));
}

interface RunningRelay {
  readonly process: ChildProcess;
  readonly audioSocketPort: number;
  readonly httpPort: number;
}

/** On SIGUSR2 the machine's clock seems an hour late to the process. */
const CLOCK_SET_BACK = `data:text/javascript,${encodeURIComponent(`
  process.on('SIGUSR2', () => {
    const Before = Date;
    globalThis.Date = class extends Before {
      constructor(...args) { super(...(args.length ? args : [Date.now()])); }
      static now() { return Before.now() - 3600000; }
    };
  });`)}`;

async function startRelay(
  bus: FakeEventBridge,
  folder: string,
  script: string,
  settings: Record<string, string> = {},
): Promise<RunningRelay> {
  const args = ['--import', 'tsx', '--import', CLOCK_SET_BACK, join(__dirname, '../main.ts'), 'run'];
  const child = spawn(process.execPath, args, {
    env: {
      ...settings,
      EARSHOT_RELAY_ID: 'berlin-1',
      EARSHOT_PBX: 'berlin',
      EARSHOT_ENGINE: 'script',
      EARSHOT_SCRIPT_FILE: script,
      EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
      EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
      EARSHOT_AUDIOSOCKET_PORT: '0',
      EARSHOT_HTTP_PORT: '0',
      AWS_ENDPOINT_URL: bus.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    // It reads on to the end: a relay whose log nobody takes would stand still.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const logged = JSON.parse(line) as { msg: string; audioSocketPort: number; httpPort: number };
      if (logged.msg === 'relay is listening') resolve({ ...logged, process: child });
    });
    child.once('exit', () => {
      reject(new Error('the relay did not start'));
    });
  });
}

interface Talking {
  /** Says no more. */
  hush: () => void;
  /** Hangs up, and waits until the bus knows that every call has ended. */
  end: (bus: FakeEventBridge) => Promise<void>;
}

/** Opens the calls' legs and talks on them, twenty times as fast as it would be spoken. */
async function startTalking(relay: RunningRelay, run: number, calls: number): Promise<Talking> {
  const sockets = await Promise.all(Array.from({ length: 2 * calls }, (_, leg) => openLeg(relay, run, leg)));
  const talking = setInterval(() => {
    for (const socket of sockets) if (socket.writable) for (let i = 0; i < 20; i++) socket.write(SILENCE);
  }, 20);
  const hush = () => {
    clearInterval(talking);
    for (const socket of sockets) socket.destroy();
  };
  return {
    hush,
    end: async (bus) => {
      clearInterval(talking);
      for (const socket of sockets) socket.end();
      const ended = () => new Set(bus.taken.flatMap((event) => (event.type === 'CallEnded' ? event.callId : [])));
      await until(() => ended().size === calls, WAIT);
      hush();
    },
  };
}

async function metric({ httpPort }: RunningRelay, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text();
  return Number(new RegExp(`^earshot_${name} (.*)$`, 'm').exec(text)?.[1]);
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Two legs a call; after a restart the tap finds the same calls and gives their legs new UUIDs. */
async function openLeg({ audioSocketPort, httpPort }: RunningRelay, run: number, leg: number): Promise<Socket> {
  const uuid = `00000000-0000-4000-8000-${String(run * 1_000 + leg).padStart(12, '0')}`;
  const channel = leg % 2 === 0 ? 'agent' : 'caller';
  const body = JSON.stringify({ uuid, linkedid: `1795399200.${Math.floor(leg / 2)}`, channel });
  await fetch(`http://127.0.0.1:${httpPort}/legs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const socket = connect(audioSocketPort, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  socket.write(writeFrame({ kind: 'uuid', uuid }));
  return socket;
}
