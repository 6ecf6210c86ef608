import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { pino } from 'pino';
import type { LegReceiver, OpenLeg } from '../leg-contract.ts';
import { ManualClock } from '../clock.fake.ts';
import { type Frame, writeFrame } from './frame.ts';
import { FrameDecoder } from './decoder.ts';
import { addressList, LOOPBACK } from './address-list.ts';
import { AudioSocketServer } from './server.ts';
import { until } from '../until.ts';

const UUID = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
const OTHER_UUID = '00000000-0000-4000-8000-000000000001';
const IDLE_MS = 60_000;

/** A leg as the server reports it. */
class RecordedLeg implements LegReceiver {
  bytes = 0;
  ended = 0;
  audio(audio: Buffer): void {
    this.bytes += audio.length;
  }
  end(): void {
    this.ended++;
  }
}

/** Asterisk's end of a connection. */
class Peer {
  readonly frames: Frame[] = [];
  isEnded = false;
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    const decoder = new FrameDecoder((frame) => this.frames.push(frame));
    socket.on('data', (chunk) => {
      decoder.push(chunk);
    });
    socket.on('end', () => (this.isEnded = true));
    socket.on('error', () => undefined);
  }

  static async connect(port: number): Promise<Peer> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    await once(socket, 'connect');
    return new Peer(socket);
  }

  send(frame: Frame): void {
    this.socket.write(writeFrame(frame));
  }
}

describe('AudioSocketServer', () => {
  const clock = new ManualClock();
  const options = {
    host: '127.0.0.1',
    port: 0,
    idleMs: IDLE_MS,
    maxConnections: 10,
    allowed: addressList(LOOPBACK),
  };
  let legs: Map<string, RecordedLeg>;
  let server: AudioSocketServer;
  let announcement: Buffer[] | undefined;
  const peers: Peer[] = [];

  /** Has time pass meanwhile. */
  const untilInTime = (condition: () => boolean) =>
    until(() => {
      clock.advance(20);
      return condition();
    });

  const openLeg: OpenLeg = ({ uuid }) => {
    if (legs.has(uuid)) return undefined;
    const opened = new RecordedLeg();
    legs.set(uuid, opened);
    return opened;
  };

  const hangUp = () => {
    for (const peer of peers.splice(0)) peer.socket.destroy();
  };

  async function dial(): Promise<Peer> {
    const peer = await Peer.connect(server.port);
    peers.push(peer);
    return peer;
  }

  beforeEach(async () => {
    legs = new Map();
    announcement = undefined;
    server = await AudioSocketServer.listen(options, {
      clock,
      log: pino({ level: 'silent' }),
      announcementFor: (uuid) => (uuid === UUID ? announcement : undefined),
      openLeg,
    });
  });
  afterEach(async () => {
    hangUp();
    await server.stop();
  });

  const audio: Frame = { kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320) };
  const leg = () => legs.get(UUID);

  it('gives the audio of a leg to its receiver, and the end with FIN', async () => {
    const peer = await dial();
    peer.socket.write(Buffer.concat([writeFrame({ kind: 'uuid', uuid: UUID }), writeFrame(audio), writeFrame(audio)]));
    await until(() => leg()?.bytes === 640);
    peer.socket.end();
    await until(() => (leg()?.ended ?? 0) > 0);
    await until(() => peer.isEnded);
    expect(peer.frames.at(-1)).toEqual({ kind: 'hangup' });
  });

  it('takes a reset for a normal end', async () => {
    const peer = await dial();
    peer.send({ kind: 'uuid', uuid: UUID });
    await until(() => leg() !== undefined);
    peer.socket.resetAndDestroy();
    await until(() => (leg()?.ended ?? 0) > 0);
    expect(server.counts.malformed).toBe(0);
  });

  it('answers with silence, so that a dialplan application does not hang up', async () => {
    const peer = await dial();
    peer.send({ kind: 'uuid', uuid: UUID });
    await until(() => leg() !== undefined);
    clock.advance(2_000);
    await until(() => peer.frames.length >= 4);
    expect(peer.frames[0]).toEqual({ kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320) });
  });

  it('skips unknown kinds, digits and errors', async () => {
    const peer = await dial();
    peer.send({ kind: 'uuid', uuid: UUID });
    peer.send({ kind: 'unknown', type: 0x02, payload: Buffer.alloc(7) });
    peer.send({ kind: 'dtmf', digit: '5' });
    peer.send({ kind: 'error', code: 1 });
    peer.send(audio);
    await until(() => leg()?.bytes === 320);
    expect(server.counts.unknownFrames).toBe(1);
  });

  it.each<[string, Buffer]>([
    [
      'a malformed frame',
      Buffer.concat([writeFrame({ kind: 'uuid', uuid: UUID }), Buffer.from('100003aaaaaa', 'hex')]),
    ],
    ['an oversized frame', Buffer.concat([writeFrame({ kind: 'uuid', uuid: UUID }), Buffer.from('10ffff', 'hex')])],
    ['audio before the UUID', writeFrame(audio)],
    ['a web browser', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('closes the connection of %s and no other', async (_what, bytes) => {
    const good = await dial();
    good.send({ kind: 'uuid', uuid: OTHER_UUID });
    const bad = await dial();
    bad.socket.write(bytes);
    await until(() => bad.isEnded);
    expect(server.counts.malformed).toBe(1);
    good.send(audio);
    await until(() => legs.get(OTHER_UUID)?.bytes === 320);
  });

  it('closes a connection that does not name its leg in 5 s', async () => {
    const peer = await dial();
    await until(() => server.counts.connections === 1);
    clock.advance(4_000);
    peer.send({ kind: 'unknown', type: 0x40, payload: Buffer.alloc(0) });
    await until(() => server.counts.unknownFrames === 1);
    expect(peer.isEnded).toBe(false);
    clock.advance(6_000);
    await until(() => peer.isEnded);
    expect(server.counts.idle).toBe(1);
  });

  it('closes a leg that has been silent too long, and not before', async () => {
    const peer = await dial();
    peer.send({ kind: 'uuid', uuid: UUID });
    await until(() => leg() !== undefined);
    clock.advance(IDLE_MS);
    expect(leg()?.ended).toBe(0);
    clock.advance(1_000);
    await until(() => peer.isEnded);
    expect(leg()?.ended).toBeGreaterThan(0);
  });

  it('refuses a leg that is known already', async () => {
    const first = await dial();
    first.send({ kind: 'uuid', uuid: UUID });
    await until(() => leg() !== undefined);
    const second = await dial();
    second.send({ kind: 'uuid', uuid: UUID });
    await until(() => second.isEnded);
    expect(server.counts.refused).toBe(1);
    expect(leg()?.ended).toBe(0);
  });

  describe('with no place left', () => {
    const known = new Set<string>();
    const uuidOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    let full: AudioSocketServer;
    beforeEach(async () => {
      known.clear();
      full = await AudioSocketServer.listen(
        { ...options, maxConnections: 3, maxUnnamed: 4 },
        { clock, log: pino({ level: 'silent' }), openLeg, isKnown: (uuid) => known.has(uuid) },
      );
    });
    afterEach(async () => {
      hangUp();
      await full.stop();
    });
    const connect = async () => {
      const peer = await Peer.connect(full.port);
      peers.push(peer);
      return peer;
    };
    const join = async (n: number) => {
      const peer = await connect();
      peer.send({ kind: 'uuid', uuid: uuidOf(n) });
      return peer;
    };

    it('refuses legs that nobody announced, and says so for a minute', async () => {
      for (const n of [1, 2]) await join(n);
      await until(() => legs.size === 2);
      expect(full.problem).toBeUndefined();
      await join(3);
      await until(() => legs.size === 3);
      const fourth = await join(4);
      await until(() => fourth.isEnded);
      expect(full.counts.refused).toBe(1);
      expect(full.problem).toMatch(/All 3 places/);
    });

    it('gives a leg that was announced the place of the newest that was not', async () => {
      known.add(uuidOf(2));
      for (const n of [1, 2, 3]) {
        await join(n);
        await until(() => legs.size === n);
      }
      known.add(uuidOf(4));
      await join(4);
      await until(() => legs.has(uuidOf(4)));
      expect([1, 2, 3].map((n) => (legs.get(uuidOf(n))?.ended ?? 0) > 0)).toEqual([false, false, true]);
      expect(full.impairment).toMatch(/More connections/);
      clock.advance(60_001);
      expect(full.impairment).toBeUndefined();
    });

    it('has room for a leg whoever holds connections open without naming one', async () => {
      for (let n = 0; n < 40; n++) (await connect()).socket.write(Buffer.of(0x01));
      await join(1);
      await until(() => legs.has(uuidOf(1)));
      expect(full.counts.displaced).toBeGreaterThanOrEqual(36);
    });
  });

  it('gives a leg 5 s to name itself, and a frame 5 s to be whole, however the bytes come', async () => {
    const frames = Buffer.concat([writeFrame({ kind: 'uuid', uuid: UUID }), writeFrame(audio)]);
    const uuidBytes = writeFrame({ kind: 'uuid', uuid: UUID }).length;
    const piece = fc.record({ bytes: fc.integer({ min: 1, max: 30 }), waitMs: fc.integer({ min: 0, max: 4_000 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 14 }), async (pieces) => {
        legs.clear();
        const before = server.counts.connections;
        const peer = await dial();
        await until(() => server.counts.connections === before + 1);
        let [sent, elapsedMs, partialMs] = [0, 0, 0];
        let mayBeClosed = false;
        for (const { bytes, waitMs } of pieces) {
          const end = Math.min(sent + bytes, frames.length);
          const isNamed = end >= uuidBytes;
          if (sent < uuidBytes && isNamed) partialMs = 0;
          peer.socket.write(frames.subarray(sent, end));
          sent = end;
          await until(() => peer.socket.bytesWritten === sent);
          if (isNamed) await until(() => legs.has(UUID) || peer.isEnded);
          for (let turn = 0; turn < 20; turn++) await eventLoopTurn();
          clock.advance(waitMs);
          elapsedMs += waitMs;
          partialMs += waitMs;
          const isMidFrame = sent > uuidBytes && sent < frames.length;
          const mustBeClosed = isNamed ? isMidFrame && partialMs > 8_500 : elapsedMs > 5_500;
          if (mustBeClosed) {
            await until(() => peer.isEnded);
            break;
          }
          // Closed at a deadline, the peer may see it only after its next bytes.
          mayBeClosed ||= isNamed ? isMidFrame && partialMs >= 5_000 : elapsedMs >= 5_000;
          if (!mayBeClosed) expect(peer.isEnded).toBe(false);
          if (peer.isEnded) break;
        }
        peer.socket.destroy();
        clock.advance(6_000);
        await until(() => [...legs.values()].every(({ ended }) => ended > 0));
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  it('takes audio from the Asterisk that the relay is logged in to, and from no private network', async () => {
    const asterisk: { address?: string } = {};
    const fenced = await AudioSocketServer.listen(
      { ...options, host: '::ffff:127.0.0.1', allowed: addressList([]) },
      { clock, log: pino({ level: 'silent' }), openLeg, asteriskAddress: () => asterisk.address },
    );
    const stranger = await Peer.connect(fenced.port);
    stranger.socket.resume();
    await until(() => stranger.socket.destroyed || stranger.isEnded);
    asterisk.address = '127.0.0.1';
    const peer = await Peer.connect(fenced.port);
    peers.push(peer, stranger);
    peer.send({ kind: 'uuid', uuid: UUID });
    await until(() => leg() !== undefined);
    expect(fenced.counts.strangers).toBe(1);
    hangUp();
    await fenced.stop();
  });

  it('takes no audio from an address that is not allowed', async () => {
    const fenced = await AudioSocketServer.listen(
      { ...options, allowed: addressList(['10.0.0.0/8']) },
      { clock, log: pino({ level: 'silent' }), openLeg: () => new RecordedLeg() },
    );
    const stranger = await Peer.connect(fenced.port);
    stranger.socket.resume();
    await until(() => stranger.socket.destroyed || stranger.isEnded);
    expect(fenced.counts).toMatchObject({ strangers: 1, connections: 0 });
    stranger.socket.destroy();
    await fenced.stop();
  });

  it('reads a connection every 100 ms, not at every frame, when it has many', async () => {
    const busy = await AudioSocketServer.listen(
      { ...options, readInSlotsFrom: 2 },
      { clock, log: pino({ level: 'silent' }), openLeg },
    );
    const [peer, other] = [await Peer.connect(busy.port), await Peer.connect(busy.port)];
    peers.push(peer, other);
    await until(() => busy.counts.connections === 2);
    peer.send({ kind: 'uuid', uuid: UUID });
    other.send({ kind: 'uuid', uuid: OTHER_UUID });
    await until(() => legs.size === 2);
    for (let frame = 0; frame < 50; frame++) {
      peer.send(audio);
      await eventLoopTurn();
    }
    // The bytes are in the kernel by now, and the server had 50 turns of the event loop to read them.
    expect(leg()?.bytes).toBe(0);
    await untilInTime(() => leg()?.bytes === 50 * 320);
    // With one connection left, it is read at once again.
    other.socket.end();
    await untilInTime(() => other.isEnded);
    peer.send(audio);
    await untilInTime(() => leg()?.bytes === 51 * 320);
    peer.send(audio);
    await until(() => leg()?.bytes === 52 * 320);
    peer.socket.end();
    await busy.stop();
    expect(leg()?.ended).toBeGreaterThan(0);
  });

  it('ends the one leg that is named', async () => {
    const [first, second] = [await dial(), await dial()];
    first.send({ kind: 'uuid', uuid: UUID });
    second.send({ kind: 'uuid', uuid: OTHER_UUID });
    await until(() => legs.size === 2);
    server.closeLeg(UUID);
    await until(() => first.isEnded);
    expect(first.frames.at(-1)).toEqual({ kind: 'hangup' });
    expect(second.isEnded).toBe(false);
  });

  describe('a connection that somebody was called for', () => {
    const frame = (n: number) => writeFrame({ kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320, n) });
    const played = (peer: Peer) => peer.frames.flatMap((one) => (one.kind === 'audio' ? (one.audio[0] ?? 0) : []));

    it('receives what is to be said, a frame each 20 ms and nothing else, then the end', async () => {
      announcement = Array.from({ length: 300 }, (_, i) => frame(1 + (i % 200)));
      const peer = await dial();
      peer.send({ kind: 'uuid', uuid: UUID });
      peer.send(audio);
      await until(() => server.counts.frames === 2);
      clock.advance(1_000);
      await until(() => played(peer).length === 50);
      // It says nothing itself for longer than a leg may take to name itself.
      clock.advance(4_999);
      await until(() => played(peer).length === 299);
      expect(peer.isEnded).toBe(false);
      clock.advance(20);
      await until(() => peer.isEnded);
      expect(played(peer)).toEqual(announcement.map((_, i) => 1 + (i % 200)));
      expect(peer.frames.at(-1)).toEqual({ kind: 'hangup' });
      expect(legs.size).toBe(0);
      expect(server.counts).toMatchObject({ announcements: 1, malformed: 0, idle: 0 });
    });

    it('is over when they hang up', async () => {
      announcement = Array.from({ length: 300 }, () => frame(1));
      const peer = await dial();
      peer.send({ kind: 'uuid', uuid: UUID });
      await until(() => server.counts.announcements === 1);
      clock.advance(100);
      await until(() => played(peer).length === 5);
      peer.socket.end();
      await until(() => peer.isEnded);
      clock.advance(5_000);
      expect(played(peer)).toHaveLength(5);
    });
  });

  it('ends every leg when it stops, with a hangup frame and FIN', async () => {
    const peer = await dial();
    peer.send({ kind: 'uuid', uuid: UUID });
    await until(() => leg() !== undefined);
    peer.socket.on('end', () => peer.socket.end());
    await server.stop();
    expect(leg()?.ended).toBeGreaterThan(0);
    await until(() => peer.isEnded);
    expect(peer.frames.at(-1)).toEqual({ kind: 'hangup' });
  });
});
