import { type AddressInfo, type BlockList, createServer, type Server, type Socket } from 'node:net';
import type { Logger } from 'pino';
import type { CaptureSource, LegReceiver, OpenLeg } from '../leg-contract.ts';
import { type Clock, every } from '../clock.ts';
import { FRAME_MS } from './audio-frames.ts';
import { FrameDecoder } from './decoder.ts';
import { type Frame, FrameError, writeFrame } from './frame.ts';

export interface AudioSocketOptions {
  readonly host: string;
  readonly port: number;
  /** A socket that listens already, instead of host and port: its file descriptor. */
  readonly inherited?: number | undefined;
  /** A connection that sends nothing for so long is closed. A held call sends nothing, so keep it long. */
  readonly idleMs: number;
  /** Legs at the same time. */
  readonly maxConnections: number;
  /** Connections at the same time that have not named their leg. By default half as many as legs, 512 at least. */
  readonly maxUnnamed?: number;
  /** Who may connect: AudioSocket itself knows no password. */
  readonly allowed: BlockList;
  /** From so many connections on, each is read every 100 ms instead of at every frame. */
  readonly readInSlotsFrom?: number;
}

/** What the server has seen since it started. */
export interface AudioSocketCounts {
  connections: number;
  frames: number;
  unknownFrames: number;
  malformed: number;
  idle: number;
  refused: number;
  /** Connections from addresses that are not allowed. */
  strangers: number;
  /** Connections that had to make room for others. */
  displaced: number;
  /** Connections on which something was spoken to a person. */
  announcements: number;
}

export interface AudioSocketDependencies {
  readonly openLeg: OpenLeg;
  /** The announcement for a connection on which a person was called; undefined for all others, which are legs. */
  readonly announcementFor?: (uuid: string) => readonly Buffer[] | undefined;
  /** Whether somebody has announced the leg. */
  readonly isKnown?: (uuid: string) => boolean;
  /** The address of the Asterisk that the relay is logged in to. It may connect, and its legs are wanted. */
  readonly asteriskAddress?: () => string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** From the connection on, a leg has so long to name itself, however its bytes come; so has each frame to be whole. */
const FRAME_WAIT_MS = 5_000;
/** Asterisk names the leg at once; this many may connect before any of them is read. */
const MIN_UNNAMED = 512;
/** How long a peer is said to have been turned away. */
const RECENT_MS = 60_000;
/** What a peer does not read is not added to. */
const MAX_UNREAD_BYTES = 65_536;
/** Each connection has its slot of 20 ms in which it is written to, every 500 ms, … */
const BEAT_SLOTS = 25;
/** … and with many connections, its slot in which it is read, every 100 ms. */
const READ_SLOTS = 5;
/** A third of a core; below, there is nothing to save that is worth words that come up to 100 ms later. */
const READ_IN_SLOTS_FROM = 500;
const HANGUP = writeFrame({ kind: 'hangup' });
const SILENCE = writeFrame({ kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320) });

/**
 * Listens for Asterisk. Each connection is one leg, and a fault on one ends that one alone.
 *
 * The dialplan application hangs up a call that sees no frame for two seconds, a reset, or any odd frame; it goes on
 * with the dialplan at a hangup frame and FIN. So silence is sent as long as a connection is open, and it is closed so.
 */
export class AudioSocketServer implements CaptureSource {
  readonly name = 'audiosocket';
  readonly counts: AudioSocketCounts = {
    connections: 0,
    frames: 0,
    unknownFrames: 0,
    malformed: 0,
    idle: 0,
    refused: 0,
    strangers: 0,
    displaced: 0,
    announcements: 0,
  };
  readonly #connections = new Set<Connection>();
  readonly #server: Server;
  readonly #stopTimer: () => void;
  readonly #options: AudioSocketOptions;
  readonly #dependencies: AudioSocketDependencies;
  #refusedAt = -Infinity;
  #displacedAt = -Infinity;

  private constructor(
    server: Server,
    stopTimer: () => void,
    options: AudioSocketOptions,
    dependencies: AudioSocketDependencies,
  ) {
    this.#server = server;
    this.#stopTimer = stopTimer;
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** @throws {Error} EADDRINUSE, EACCES, … when it cannot listen. */
  static async listen(options: AudioSocketOptions, dependencies: AudioSocketDependencies): Promise<AudioSocketServer> {
    const { clock } = dependencies;
    // At 0 a socket is read once, and not again before `readMore`: each read of the kernel costs more than a frame.
    const server = createServer({ noDelay: true, allowHalfOpen: true, highWaterMark: 0 });
    let slot = 0;
    // Spread over time: a write to every connection at once would hold up all of them.
    const stopTimer = every(clock, FRAME_MS, () => {
      slot = (slot + 1) % BEAT_SLOTS;
      for (const connection of self.#connections) {
        if (connection.slot % READ_SLOTS === slot % READ_SLOTS) connection.readMore();
        if (connection.slot === slot) connection.beat(clock.now(), options.idleMs);
      }
    });
    const self = new AudioSocketServer(server, stopTimer, options, dependencies);
    const readsAtOnce = () => self.#connections.size < (options.readInSlotsFrom ?? READ_IN_SLOTS_FROM);
    server.on('connection', (socket) => {
      const isFromAsterisk = self.#isFromAsterisk(socket);
      if (!isFromAsterisk && !isAllowed(socket, options.allowed)) {
        self.counts.strangers++;
        dependencies.log.warn(
          { peer: socket.remoteAddress },
          'AudioSocket peer is not allowed, its connection is closed',
        );
        socket.destroy();
        return;
      }
      self.counts.connections++;
      const connection: Connection = new Connection(socket, self.counts.connections % BEAT_SLOTS, {
        ...dependencies,
        isFromAsterisk,
        hasPlace: (uuid) => self.#hasPlace(connection, uuid),
        counts: self.counts,
        readsAtOnce,
      });
      self.#connections.add(connection);
      self.#limitUnnamed();
      socket.on('close', () => self.#connections.delete(connection));
    });
    await new Promise<void>((resolve, reject) => {
      const { inherited, host, port } = options;
      server.once('error', reject).listen(inherited === undefined ? { host, port } : { fd: inherited }, resolve);
    }).catch((error: unknown) => {
      stopTimer();
      throw error;
    });
    return self;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Why legs cannot be received; undefined while they can. */
  get problem(): string | undefined {
    const isRecent = this.#dependencies.clock.now() - this.#refusedAt < RECENT_MS;
    return isRecent || this.#legs().length >= this.#options.maxConnections
      ? `All ${this.#options.maxConnections} places for audio are taken: further legs are refused`
      : undefined;
  }

  /** What is wrong though legs are received. */
  get impairment(): string | undefined {
    return this.#dependencies.clock.now() - this.#displacedAt < RECENT_MS
      ? 'More connections were opened for audio than there are places: those that nobody announced were closed'
      : undefined;
  }

  #legs(): Connection[] {
    return [...this.#connections].filter(({ isLeg }) => isLeg);
  }

  #isFromAsterisk({ remoteAddress = '' }: Socket): boolean {
    const address = this.#dependencies.asteriskAddress?.();
    return address !== undefined && withoutPrefix(remoteAddress) === withoutPrefix(address);
  }

  /** Who has not named a leg makes room for who comes after, Asterisk last: it does so at once. */
  #limitUnnamed(): void {
    const { maxConnections, maxUnnamed = Math.max(MIN_UNNAMED, maxConnections / 2) } = this.#options;
    const unnamed = [...this.#connections].filter(({ uuid }) => uuid === undefined);
    if (unnamed.length > maxUnnamed)
      this.#displace(unnamed.find(({ isFromAsterisk }) => !isFromAsterisk) ?? unnamed[0]);
  }

  /** A leg that somebody announced has the place of one that nobody did, of the newest of them, if there is no other. */
  #hasPlace(connection: Connection, uuid: string): boolean {
    const legs = this.#legs();
    if (legs.length < this.#options.maxConnections) return true;
    const isWanted = connection.isFromAsterisk || this.#dependencies.isKnown?.(uuid) === true;
    const other = isWanted ? legs.findLast((leg) => !leg.isWanted) : undefined;
    if (other) this.#displace(other);
    else this.#refusedAt = this.#dependencies.clock.now();
    return other !== undefined;
  }

  #displace(connection: Connection | undefined): void {
    this.counts.displaced++;
    const now = this.#dependencies.clock.now();
    if (now - this.#displacedAt >= RECENT_MS)
      this.#dependencies.log.warn('AudioSocket has no place left, connections that nobody announced are closed');
    this.#displacedAt = now;
    connection?.destroy();
  }

  /** Closes the connection of one leg, for the PBX may not stop sending by itself. */
  readonly closeLeg = (uuid: string): void => {
    for (const connection of this.#connections) if (connection.uuid === uuid) connection.close();
  };

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    for (const connection of this.#connections) connection.close();
    await closed;
    this.#stopTimer();
  }
}

function isAllowed({ remoteAddress = '', remoteFamily }: Socket, allowed: BlockList): boolean {
  return allowed.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4');
}

/** An IPv4 address as such, however the socket is bound. */
function withoutPrefix(address: string): string {
  return address.replace(/^::ffff:/, '');
}

interface ConnectionDependencies extends AudioSocketDependencies {
  readonly isFromAsterisk: boolean;
  readonly hasPlace: (uuid: string) => boolean;
  readonly counts: AudioSocketCounts;
  readonly readsAtOnce: () => boolean;
}

class Connection {
  readonly slot: number;
  readonly #socket: Socket;
  readonly #log: Logger;
  readonly #counts: AudioSocketCounts;
  readonly #dependencies: ConnectionDependencies;
  readonly #decoder = new FrameDecoder((frame) => {
    this.#take(frame);
  });
  #leg: LegReceiver | undefined;
  #stopSpeaking: (() => void) | undefined;
  #uuid: string | undefined;
  readonly #openedMs: number;
  #frames = 0;
  /** When the last whole frame came. */
  #lastFrameMs: number;
  /** Since when a frame has been coming that is not whole yet. */
  #partialSinceMs: number | undefined;
  #closingMs = 0;
  #isClosing = false;

  constructor(socket: Socket, slot: number, dependencies: ConnectionDependencies) {
    this.#socket = socket;
    this.slot = slot;
    this.#dependencies = dependencies;
    this.#counts = dependencies.counts;
    this.#log = dependencies.log.child({ peer: socket.remoteAddress });
    this.#openedMs = dependencies.clock.now();
    this.#lastFrameMs = this.#openedMs;
    socket.on('readable', () => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      this.#read(chunk);
      if (dependencies.readsAtOnce()) this.readMore();
    });
    // FIN and RST are both how Asterisk ends a call.
    socket.on('end', () => {
      this.close();
    });
    socket.on('error', () => {
      this.close();
    });
    socket.on('close', () => {
      this.#leg?.end();
    });
  }

  get uuid(): string | undefined {
    return this.#uuid;
  }

  get isFromAsterisk(): boolean {
    return this.#dependencies.isFromAsterisk;
  }

  /** It has a place among the legs. */
  get isLeg(): boolean {
    return this.#leg !== undefined && !this.#isClosing;
  }

  /** Somebody has announced it, or it comes from where the relay taps. */
  get isWanted(): boolean {
    return this.isFromAsterisk || (this.#uuid !== undefined && this.#dependencies.isKnown?.(this.#uuid) === true);
  }

  /** Ends it at once, without a word. */
  destroy(): void {
    this.#isClosing = true;
    this.#stopSpeaking?.();
    this.#leg?.end();
    this.#socket.destroy();
  }

  /** Has the socket read what has come since, which emits `readable`. */
  readMore(): void {
    this.#socket.read(0);
  }

  beat(nowMs: number, idleMs: number): void {
    if (this.#isClosing) {
      if (nowMs - this.#closingMs > FRAME_WAIT_MS) this.#socket.destroy();
    } else if (this.#stopSpeaking) {
      // It stays open until the announcement is over.
    } else if (this.#isLate(nowMs, idleMs)) {
      this.#counts.idle++;
      this.#log.warn({ hasUuid: this.#leg !== undefined }, 'AudioSocket connection is idle, closing it');
      this.close();
    } else if (this.#socket.writableLength < MAX_UNREAD_BYTES) {
      this.#socket.write(SILENCE);
    }
  }

  #isLate(nowMs: number, idleMs: number): boolean {
    if (this.#uuid === undefined) return nowMs - this.#openedMs > FRAME_WAIT_MS;
    const isFrameLate = this.#partialSinceMs !== undefined && nowMs - this.#partialSinceMs > FRAME_WAIT_MS;
    return isFrameLate || nowMs - this.#lastFrameMs > idleMs;
  }

  /**
   * Ends with a hangup frame and FIN; what still comes in is read and dropped, for unread bytes would make it a reset.
   */
  close(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#closingMs = this.#dependencies.clock.now();
    this.#stopSpeaking?.();
    this.#leg?.end();
    if (this.#socket.writable) this.#socket.end(HANGUP);
  }

  #read(chunk: Buffer): void {
    if (this.#isClosing) return;
    const now = this.#dependencies.clock.now();
    const framesBefore = this.#frames;
    try {
      this.#decoder.push(chunk);
      if (this.#frames > framesBefore) this.#lastFrameMs = now;
      if (!this.#decoder.isMidFrame) this.#partialSinceMs = undefined;
      else if (this.#frames > framesBefore) this.#partialSinceMs = now;
      else this.#partialSinceMs ??= now;
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#counts.malformed++;
      this.#log.warn({ reason: error.message }, 'AudioSocket peer sent a malformed frame, closing its connection');
      this.close();
    }
  }

  #take(frame: Frame): void {
    if (this.#isClosing) return;
    this.#counts.frames++;
    this.#frames++;
    switch (frame.kind) {
      case 'uuid':
        this.#begin(frame.uuid);
        break;
      case 'audio':
        if (this.#uuid === undefined) throw new FrameError('audio before the UUID');
        this.#leg?.audio(frame.audio, frame.sampleRate);
        break;
      case 'hangup':
        this.close();
        break;
      case 'error':
        this.#log.warn({ code: frame.code }, 'AudioSocket peer reported an error');
        break;
      case 'unknown':
        this.#counts.unknownFrames++;
        break;
      case 'dtmf':
        break;
    }
  }

  #begin(uuid: string): void {
    if (this.#uuid !== undefined) throw new FrameError('a second UUID');
    this.#uuid = uuid;
    const announcement = this.#dependencies.announcementFor?.(uuid);
    if (announcement) {
      this.#speak(announcement);
      return;
    }
    if (this.#dependencies.hasPlace(uuid)) this.#leg = this.#dependencies.openLeg({ uuid, source: 'audiosocket' });
    if (this.#leg) return;
    this.#counts.refused++;
    this.#log.warn({ uuid }, 'AudioSocket leg is not wanted, closing its connection');
    this.close();
  }

  /** Sends the frames when they are due, by the clock, and closes. */
  #speak(frames: readonly Buffer[]): void {
    this.#counts.announcements++;
    const { clock } = this.#dependencies;
    const startedAt = clock.now();
    let sent = 0;
    this.#stopSpeaking = every(clock, FRAME_MS, () => {
      for (const due = (clock.now() - startedAt) / FRAME_MS; sent < due && sent < frames.length; sent++)
        this.#socket.write(frames[sent] as Buffer);
      if (sent === frames.length) this.close();
    });
  }
}
