import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pino } from 'pino';
import { bytesOf } from '../audio/samples.ts';
import { PLAIN_SHAPE, wavAudio, wavEnd, type WavShape, wavStart } from '../audio/wav.fake.ts';
import { addressList, LOOPBACK } from '../audiosocket/address-list.ts';
import { writeFrame } from '../audiosocket/frame.ts';
import { AudioSocketServer } from '../audiosocket/server.ts';
import { systemClock } from '../clock.ts';
import { SimulatedAsterisk } from '../sim/asterisk.ts';
import { framesOf } from '../audiosocket/audio-frames.ts';
import { queueCall } from '../sim/queue-call.ts';
import { AmiTap } from './ami/tap.ts';
import { Recordings } from './recordings/recordings.ts';
import type { CaptureSource, LegReceiver, OpenLeg } from '../leg-contract.ts';
import { until } from '../until.ts';

const log = pino({ level: 'silent' });
/** One second that no silence looks like. */
const speech = Int16Array.from({ length: 8_000 }, (_, i) => 1 + (i % 30_000));

/** What a source reported of its legs. */
class Received {
  readonly legs = new Map<string, { source: string; samples: number[]; rates: Set<number>; ends: number }>();
  isWanted = true;
  refused = 0;

  readonly openLeg: OpenLeg = ({ uuid, source }): LegReceiver | undefined => {
    if (!this.isWanted) {
      this.refused++;
      return undefined;
    }
    const leg = { source, samples: [] as number[], rates: new Set<number>(), ends: 0 };
    this.legs.set(uuid, leg);
    return {
      audio: (audio, sampleRate) => {
        leg.rates.add(sampleRate);
        for (let at = 0; at < audio.length; at += 2) leg.samples.push(audio.readInt16LE(at));
      },
      end: () => leg.ends++,
    };
  };

  get leg() {
    return [...this.legs.values()][0];
  }
}

/** One side of a call, as a way of capturing brings it. */
interface Speaker {
  speak: (samples: Int16Array) => void | Promise<void>;
  hangUp: () => void | Promise<void>;
}

interface Rig {
  readonly source: CaptureSource;
  /** 8 kHz where it is left out. */
  readonly sampleRate?: number;
  /** The shortest piece it can bring, in samples; a frame of 20 ms where it is left out. */
  readonly shortestPiece?: number;
  /** Begins one leg that speaks. */
  call: () => Promise<Speaker>;
  close: () => Promise<void>;
}

async function listen(openLeg: OpenLeg): Promise<AudioSocketServer> {
  const options = { host: '127.0.0.1', port: 0, idleMs: 60_000, maxConnections: 10 };
  return AudioSocketServer.listen({ ...options, allowed: addressList(LOOPBACK) }, { openLeg, clock: systemClock, log });
}

async function audioSocketRig(openLeg: OpenLeg): Promise<Rig> {
  const source = await listen(openLeg);
  let count = 0;
  return {
    source,
    call: async () => {
      const socket = connect({ host: '127.0.0.1', port: source.port, noDelay: true });
      socket.on('error', () => undefined).resume();
      await new Promise((resolve) => socket.once('connect', resolve));
      const uuid = `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
      socket.write(writeFrame({ kind: 'uuid', uuid }));
      return {
        speak: (samples) => {
          for (const frame of framesOf({ samples, sampleRate: 8_000 })) socket.write(frame);
        },
        hangUp: () => void socket.end(),
      };
    },
    close: () => source.stop(),
  };
}

async function eagiRig(openLeg: OpenLeg): Promise<Rig> {
  const source = await listen(openLeg);
  const script = join(__dirname, '../../asterisk/earshot-eagi.pl');
  const stops: (() => void)[] = [];
  return {
    source,
    call: () => {
      const child = spawn('perl', [script, `127.0.0.1:${source.port}`], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
      child.stdin.on('error', () => undefined);
      child.stdout.on('data', () => void child.stdin.write('200 result=0\n'));
      child.stdin.write('agi_network: no\n\n');
      const audio = (child.stdio[3] as Writable).on('error', () => undefined);
      stops.push(() => child.kill('SIGKILL'));
      return Promise.resolve({
        speak: (samples) => void audio.write(bytesOf(samples)),
        hangUp: () => void audio.end(),
      });
    },
    close: async () => {
      for (const stop of stops) stop();
      await source.stop();
    },
  };
}

/** A recorder, by how it writes its files. */
interface Recorder {
  readonly shape: WavShape;
  /** The length that its header has while it writes. */
  readonly lengthWhileOpen: (bytes: number) => number;
}

const recorders: Readonly<Record<string, Recorder>> = {
  recordings: { shape: PLAIN_SHAPE, lengthWhileOpen: () => 0 },
  'recordings of a header that is always up to date': { shape: PLAIN_SHAPE, lengthWhileOpen: (bytes) => bytes },
  'recordings of a header with the largest length': { shape: PLAIN_SHAPE, lengthWhileOpen: () => 0x7fff_f000 },
  'recordings among long and odd chunks, in an extensible format': {
    shape: { ...PLAIN_SHAPE, isExtensible: true, before: [5_001], between: [7], after: [33, 4_097], isPadded: false },
    lengthWhileOpen: () => 0xffff_ffff,
  },
  'recordings in samples of 24 bits': { shape: { ...PLAIN_SHAPE, bits: 24 }, lengthWhileOpen: () => 0x8000_0000 },
  'recordings of 11,025 Hz': { shape: { ...PLAIN_SHAPE, sampleRate: 11_025 }, lengthWhileOpen: () => 0 },
};

const recordingsRig =
  ({ shape, lengthWhileOpen }: Recorder) =>
  async (openLeg: OpenLeg): Promise<Rig> => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-sources-'));
    const [monitor, stateFolder] = [join(folder, 'monitor'), join(folder, 'state')];
    mkdirSync(monitor);
    const source = await Recordings.start(
      { folder: monitor, stateFolder, side: 'caller' },
      { openLeg, describe: () => undefined, clock: systemClock, log },
    );
    let count = 0;
    return {
      source,
      sampleRate: shape.sampleRate,
      shortestPiece: 8,
      call: () => {
        const path = join(monitor, `call-${++count}-r.wav`);
        writeFileSync(path, wavStart(shape, lengthWhileOpen(0)));
        let bytes = 0;
        const writeLength = async (length: number) => {
          const file = await openFile(path, 'r+');
          const start = wavStart(shape, length);
          await file.write(start, 0, start.length, 0);
          await file.close();
        };
        return Promise.resolve({
          speak: async (samples) => {
            const audio = wavAudio(shape, samples);
            appendFileSync(path, audio);
            bytes += audio.length;
            await writeLength(lengthWhileOpen(bytes));
          },
          hangUp: async () => {
            appendFileSync(path, wavEnd(shape, bytes));
            await writeLength(bytes);
          },
        });
      },
      close: async () => {
        await source.stop();
        rmSync(folder, { recursive: true });
      },
    };
  };

/** The simulator plays an Asterisk that is tapped by its manager interface; one side of the call is let through. */
async function simulatorRig(openLeg: OpenLeg): Promise<Rig> {
  const login = { user: 'earshot', secret: 'a-secret' };
  const asterisk = await SimulatedAsterisk.listen(login);
  let tapped = 0;
  const server = await listen((leg) => {
    if (tap.isAbandoned(leg.uuid)) return undefined;
    tapped++;
    const receiver = openLeg({ ...leg, source: 'ami' });
    return receiver && withoutSilence(receiver);
  });
  const tap: AmiTap = new AmiTap(
    {
      host: '127.0.0.1',
      port: asterisk.port,
      ...login,
      relayAddress: `127.0.0.1:${server.port}`,
      isPlacing: true,
      standbyMs: 0,
      filters: { channels: ['PJSIP/trunk-'], contexts: [], queues: [] },
      trunks: [],
      trunkAnswers: [],
    },
    { clock: systemClock, log, describe: () => undefined, isHeard: () => false, closeLeg: server.closeLeg },
  );
  tap.start();
  await until(() => asterisk.sessionCount === 1);
  let count = 0;
  return {
    source: {
      name: tap.name,
      stop: async () => {
        await tap.stop();
        await server.stop();
      },
    },
    call: () => {
      const number = ++count;
      const call = queueCall(asterisk, {
        linkedid: `1795399200.${number * 16}`,
        queue: 'save',
        agent: { id: '6001', name: 'Dana Wills' },
        caller: { number: '+442079460123' },
      });
      call.ring();
      call.answer();
      return Promise.resolve({
        speak: async (samples) => {
          await until(() => tapped >= number);
          asterisk.speak(call.callerChannel, 8_000, samples);
        },
        hangUp: () => {
          call.hangUp();
        },
      });
    },
    close: async () => {
      await tap.stop();
      await asterisk.close();
      await server.stop();
    },
  };
}

/** A telephone that nobody speaks into sends silence, which is not what is compared here. */
function withoutSilence(receiver: LegReceiver): LegReceiver {
  return {
    audio: (audio, sampleRate) => {
      if (audio.some((byte) => byte !== 0)) receiver.audio(audio, sampleRate);
    },
    end: receiver.end,
  };
}

const rigs: readonly (readonly [string, (openLeg: OpenLeg) => Promise<Rig>])[] = [
  ['AudioSocket', audioSocketRig],
  ['EAGI', eagiRig],
  ...Object.entries(recorders).map(([name, recorder]) => [name, recordingsRig(recorder)] as const),
  ['the simulator, by AMI', simulatorRig],
];

describe.each(rigs)('a call captured by %s', (_name, openRig) => {
  let received: Received;
  let rig: Rig;

  beforeEach(async () => {
    received = new Received();
    rig = await openRig(received.openLeg);
  });
  afterEach(() => rig.close());

  it('is one leg with every sample once and in order, and one end', async () => {
    const speaker = await rig.call();
    const first = rig.shortestPiece ?? 160;
    await speaker.speak(speech.subarray(0, first));
    await until(() => received.leg?.samples.length === first);
    await speaker.speak(speech.subarray(first));
    await until(() => received.leg?.samples.length === speech.length);
    await speaker.hangUp();
    await until(() => (received.leg?.ends ?? 0) > 0);
    expect(received.legs.size).toBe(1);
    expect(received.leg?.samples).toEqual([...speech]);
    expect([...(received.leg?.rates ?? [])]).toEqual([rig.sampleRate ?? 8_000]);
  }, 15_000);

  it('says which source brought it', async () => {
    const speaker = await rig.call();
    await speaker.speak(speech);
    await until(() => received.legs.size === 1);
    expect(received.leg?.source).toBe(rig.source.name);
  }, 15_000);

  it('is kept apart from another at the same time', async () => {
    const [first, second] = [await rig.call(), await rig.call()];
    await first.speak(speech.subarray(0, 800));
    await second.speak(speech.subarray(800, 1_600));
    await until(() => [...received.legs.values()].filter(({ samples }) => samples.length === 800).length === 2);
    const starts = [...received.legs.values()].map(({ samples }) => samples[0]);
    expect(starts.sort((a = 0, b = 0) => a - b)).toEqual([1, 801]);
  }, 15_000);

  it('does no harm when it is not wanted', async () => {
    received.isWanted = false;
    const speaker = await rig.call();
    await speaker.speak(speech);
    await until(() => received.refused > 0);
    await speaker.hangUp();
    expect(received.legs.size).toBe(0);
  }, 15_000);

  it('is ended when its source stops', async () => {
    const speaker = await rig.call();
    await speaker.speak(speech);
    await until(() => (received.leg?.samples.length ?? 0) > 0);
    await rig.source.stop();
    await until(() => (received.leg?.ends ?? 0) > 0);
  }, 15_000);
});
