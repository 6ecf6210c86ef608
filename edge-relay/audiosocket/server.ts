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
  /** A connection that sends nothing for so long is closed. A held call sends nothing, so keep it long. */
  readonly idleMs: number;
  readonly maxConnections: number;
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
  /** Connections on which something was spoken to a person. */
  announcements: number;
}

export interface AudioSocketDependencies {
  readonly openLeg: OpenLeg;
  /** The announcement for a connection on which a person was called; undefined for all others, which are legs. */
  readonly announcementFor?: (uuid: string) => readonly Buffer[] | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

const UUID_WAIT_MS = 5_000;
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
    announcements: 0,
  };
  readonly #connections = new Set<Connection>();
  readonly #server: Server;
  readonly #stopTimer: () => void;

  private constructor(server: Server, stopTimer: () => void) {
    this.#server = server;
    this.#stopTimer = stopTimer;
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
    const self = new AudioSocketServer(server, stopTimer);
    const readsAtOnce = () => self.#connections.size < (options.readInSlotsFrom ?? READ_IN_SLOTS_FROM);
    server.maxConnections = options.maxConnections;
    server.on('drop', () => self.counts.refused++);
    server.on('connection', (socket) => {
      if (!isAllowed(socket, options.allowed)) {
        self.counts.strangers++;
        dependencies.log.warn(
          { peer: socket.remoteAddress },
          'AudioSocket peer is not allowed, its connection is closed',
        );
        socket.destroy();
        return;
      }
      self.counts.connections++;
      const connection = new Connection(socket, self.counts.connections % BEAT_SLOTS, {
        ...dependencies,
        counts: self.counts,
        readsAtOnce,
      });
      self.#connections.add(connection);
      socket.on('close', () => self.#connections.delete(connection));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(options.port, options.host, resolve);
    }).catch((error: unknown) => {
      stopTimer();
      throw error;
    });
    return self;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
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

interface ConnectionDependencies extends AudioSocketDependencies {
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
  #lastReadMs: number;
  #isClosing = false;

  constructor(socket: Socket, slot: number, dependencies: ConnectionDependencies) {
    this.#socket = socket;
    this.slot = slot;
    this.#dependencies = dependencies;
    this.#counts = dependencies.counts;
    this.#log = dependencies.log.child({ peer: socket.remoteAddress });
    this.#lastReadMs = dependencies.clock.now();
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

  /** Has the socket read what has come since, which emits `readable`. */
  readMore(): void {
    this.#socket.read(0);
  }

  beat(nowMs: number, idleMs: number): void {
    const quietMs = nowMs - this.#lastReadMs;
    if (this.#isClosing) {
      if (quietMs > UUID_WAIT_MS) this.#socket.destroy();
    } else if (this.#stopSpeaking) {
      // It stays open until the announcement is over.
    } else if (quietMs > (this.#leg ? idleMs : UUID_WAIT_MS)) {
      this.#counts.idle++;
      this.#log.warn({ hasUuid: this.#leg !== undefined }, 'AudioSocket connection is idle, closing it');
      this.close();
    } else {
      this.#socket.write(SILENCE);
    }
  }

  /**
   * Ends with a hangup frame and FIN; what still comes in is read and dropped, for unread bytes would make it a reset.
   */
  close(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#lastReadMs = this.#dependencies.clock.now();
    this.#stopSpeaking?.();
    this.#leg?.end();
    if (this.#socket.writable) this.#socket.end(HANGUP);
  }

  #read(chunk: Buffer): void {
    if (this.#isClosing) return;
    this.#lastReadMs = this.#dependencies.clock.now();
    try {
      this.#decoder.push(chunk);
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
    this.#leg = this.#dependencies.openLeg({ uuid, source: 'audiosocket' });
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
