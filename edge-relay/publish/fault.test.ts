import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { UtteranceTranscribed } from '#core/events.ts';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { pino } from 'pino';
import { writeFrame } from '../audiosocket/frame.ts';
import type { UnsentEvent } from '../call/call.ts';
import { ManualClock } from '../manual-clock.ts';
import { type EventBridgePeer, startEventBridgePeer } from './event-bridge-peer.ts';
import { Publisher } from './publisher.ts';
import { Spool } from './spool.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Utterances by call and seq; the same one may come twice, another in its place may not. */
function received(bus: EventBridgePeer) {
  const byKey = new Map<string, UtteranceTranscribed>();
  let repeats = 0;
  for (const event of bus.taken) {
    if (event.type !== 'UtteranceTranscribed') continue;
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
  let bus: EventBridgePeer;
  let folder: string;
  beforeEach(async () => {
    bus = await startEventBridgePeer();
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
    const spool = new Spool(join(folder, 'spool'));
    const client = new EventBridgeClient({ region: 'eu-central-1', endpoint: bus.url, credentials, maxAttempts: 1 });
    const publisher = new Publisher({ client, busName: 'earshot', spool, clock, log: pino({ level: 'silent' }) });
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
    const test = { isOver: false };
    // Faults of every kind, for as long as the test runs.
    const faults = (async () => {
      const kinds = ['unavailable', 'taken-then-reset', 'reset', { failEntries: [0] }] as const;
      for (let i = 0; !test.isOver; i++) {
        if (bus.faults.length === 0) bus.faults.push(kinds[i % kinds.length] ?? 'reset');
        await delay(300);
      }
    })();
    for (let run = 0; run <= KILLS; run++) {
      const relay = await startRelay(bus, folder, script);
      const sockets = await Promise.all(Array.from({ length: 2 * CALLS }, (_, leg) => openLeg(relay, run, leg)));
      // Twenty times as fast as it would be spoken.
      const talking = setInterval(() => {
        for (const socket of sockets) if (socket.writable) for (let i = 0; i < 20; i++) socket.write(SILENCE);
      }, 20);
      if (run < KILLS) {
        await delay(400 + ((run * 397) % 1_100));
        relay.process.kill('SIGKILL');
        await once(relay.process, 'exit');
        clearInterval(talking);
      } else {
        await delay(1_000);
        clearInterval(talking);
        const ended = () => new Set(bus.taken.flatMap((event) => (event.type === 'CallEnded' ? event.callId : [])));
        for (const socket of sockets) socket.end();
        while (ended().size < CALLS) await delay(20);
        test.isOver = true;
        await faults;
        bus.faults.length = 0;
        relay.process.kill('SIGTERM');
        expect(await once(relay.process, 'exit')).toEqual([0, null]);
      }
      for (const socket of sockets) socket.destroy();
    }
    const { byKey, repeats } = received(bus);
    const expected = bus.taken.reduce((last, event) => {
      if (event.type === 'CallEnded') last.set(event.callId, event.lastSeq);
      return last;
    }, new Map<string, number>());
    const said = [...expected.values()].reduce((sum, lastSeq) => sum + lastSeq, 0);
    process.stdout.write(`${KILLS} kills: ${byKey.size} of ${said} utterances, ${repeats} of them more than once\n`);
    expect(expected.size).toBe(CALLS);
    expect(said).toBeGreaterThan(10 * CALLS);
    for (const [callId, lastSeq] of expected)
      for (let seq = 1; seq <= lastSeq; seq++) expect(byKey.has(`${callId} ${seq}`)).toBe(true);
    expect(byKey.size).toBe(said);
  }, 240_000);
});

const SILENCE = writeFrame({ kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320) });

function lines(who: string) {
  return Array.from({ length: 600 }, (_, i) => ({ startMs: i * 400, endMs: i * 400 + 300, text: `${who} says ${i}` }));
}

function utterance(callId: string, seq: number, spokenAt: number): UnsentEvent {
  const head = { version: 1 as const, relayId: 'berlin-1', callId, pbx: 'berlin', callStartedAt: spokenAt - 1_000 };
  const said = { channel: 'caller' as const, startMs: 0, endMs: 1_000, text: 'hello', engine: 'script' };
  return { type: 'UtteranceTranscribed', ...head, ...said, seq, spokenAt, transcribedAt: spokenAt };
}

/** The first time each came: a repeat after a lost answer may come behind later ones. */
function expectInOrder(bus: EventBridgePeer, callId: string): void {
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

async function startRelay(bus: EventBridgePeer, folder: string, script: string): Promise<RunningRelay> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, '../main.ts'), 'run'], {
    env: {
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
      const told = JSON.parse(line) as { msg: string; audioSocketPort: number; httpPort: number };
      if (told.msg === 'relay is listening') resolve({ ...told, process: child });
    });
    child.once('exit', () => {
      reject(new Error('the relay did not start'));
    });
  });
}

/** Two legs a call; after a restart the tap finds the same calls and gives their legs new UUIDs. */
async function openLeg({ audioSocketPort, httpPort }: RunningRelay, run: number, leg: number): Promise<Socket> {
  const uuid = `00000000-0000-4000-8000-${String(run * 1_000 + leg).padStart(12, '0')}`;
  const channel = leg % 2 === 0 ? 'agent' : 'caller';
  const body = JSON.stringify({ uuid, linkedid: `1795399200.${Math.floor(leg / 2)}`, channel });
  await fetch(`http://127.0.0.1:${httpPort}/legs`, { method: 'POST', body });
  const socket = connect(audioSocketPort, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  socket.write(writeFrame({ kind: 'uuid', uuid }));
  return socket;
}
