import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { events, message, type ScriptedChannel } from '../capture/ami/event-script.ts';
import { type AmiHeaders, type AmiMessage, MessageParser, writeMessage } from '../capture/ami/protocol.ts';
import { writeFrame } from '../audiosocket/frame.ts';
import { SimulatedTelephones } from './telephones.ts';
import { frameAt, FRAME_MS } from '../audiosocket/audio-frames.ts';

export interface SimulatedAsteriskOptions {
  readonly host?: string;
  readonly port?: number;
  readonly user: string;
  readonly secret: string;
}

/** What is said on a channel, and since when. */
interface Voice {
  readonly sampleRate: number;
  readonly samples: Int16Array;
  readonly startedAt: number;
}

type EventClass = 'call' | 'agent' | 'user';

/** A queue, with those who wait in it. */
export interface SimulatedQueue {
  readonly name: string;
  readonly completed: number;
  readonly abandoned: number;
  readonly waiting: readonly { readonly uniqueid: string; readonly seconds: number }[];
}

/** A tap that has come up. */
export interface PlacedTap {
  readonly uuid: string;
  readonly asteriskChannel: string;
  readonly socket: Socket;
}

/**
 * The part of an Asterisk that the relay sees: its manager interface with the rights that the relay needs, and the taps
 * it opens. It sends the events it is given, and on `Originate` connects to the relay as Asterisk does and sends what is
 * said on the tapped channel.
 */
export class SimulatedAsterisk {
  /** What it was asked to do, in order. */
  readonly actions: AmiMessage[] = [];
  readonly taps: PlacedTap[] = [];
  /** Taps cannot connect to the relay. */
  isRelayUnreachable = false;
  /** The manager user has no right to have channels opened. */
  isOriginateDenied = false;
  /** The classes of events that the manager user receives. */
  reads: readonly EventClass[] = ['call', 'agent', 'user'];
  /** Its queues, as they count their calls. */
  queues: readonly SimulatedQueue[] = [];
  readonly telephones: SimulatedTelephones;
  readonly #options: SimulatedAsteriskOptions;
  readonly #server: Server;
  readonly #sessions = new Set<Session>();
  readonly #bridged = new Map<string, { bridge: AmiMessage; channels: Map<string, AmiMessage> }>();
  readonly #voices = new Map<string, Voice>();
  #lastId = 0;

  private constructor(options: SimulatedAsteriskOptions) {
    this.#options = options;
    this.telephones = new SimulatedTelephones({
      emit: (...told) => {
        this.emit(...told);
      },
      newUniqueid: () => this.#newUniqueid(),
      channelNamed: (name) => this.#channelNamed(name),
    });
    this.#server = createServer({ noDelay: true }, (socket) => {
      const session = new Session(socket);
      this.#sessions.add(session);
      session.start((action) => {
        this.#take(session, action);
      });
      socket.on('close', () => this.#sessions.delete(session));
    });
  }

  static async listen(options: SimulatedAsteriskOptions): Promise<SimulatedAsterisk> {
    const asterisk = new SimulatedAsterisk(options);
    await new Promise<void>((resolve, reject) => {
      asterisk.#server.once('error', reject).listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
    });
    return asterisk;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Relays that are logged in. */
  get sessionCount(): number {
    return [...this.#sessions].filter((session) => session.isLoggedIn).length;
  }

  /** Sends to everyone who is logged in, and to nobody else, as Asterisk does. */
  emit(...told: readonly AmiMessage[]): void {
    for (const event of told) {
      this.#remember(event);
      const eventClass = classOf(event);
      if (!this.reads.includes(eventClass)) continue;
      const headers = { ...Object.fromEntries(event), Privilege: `${eventClass},all` };
      for (const session of this.#sessions) if (session.isLoggedIn) session.send(headers);
    }
  }

  /** What is said on a channel from now on. */
  speak(channelName: string, sampleRate: number, samples: Int16Array): void {
    this.#voices.set(channelName, { sampleRate, samples, startedAt: performance.now() });
  }

  /** Ends the taps of a channel, as when it hangs up. */
  endTaps(channelName: string): void {
    for (const tap of this.taps) if (tap.asteriskChannel === channelName) tap.socket.end();
  }

  /** Drops every manager connection, as a restart of the manager does. */
  dropSessions(): void {
    for (const session of this.#sessions) session.socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.dropSessions();
    for (const { socket } of this.taps) socket.destroy();
    this.telephones.close();
    await closed;
  }

  #take(session: Session, action: AmiMessage): void {
    const id = action.get('ActionID');
    const name = action.get('Action') ?? '';
    const answer = (response: string, text: string, more: AmiHeaders = {}) => {
      session.send({ Response: response, ActionID: id, ...more, Message: text });
    };
    if (name === 'Login') {
      const { user, secret } = this.#options;
      session.isLoggedIn = action.get('Username') === user && action.get('Secret') === secret;
      if (session.isLoggedIn) answer('Success', 'Authentication accepted');
      else answer('Error', 'Authentication failed');
      return;
    }
    if (!session.isLoggedIn) {
      answer('Error', 'Permission denied');
      return;
    }
    this.actions.push(action);
    const actions: Readonly<Record<string, () => void>> = {
      Ping: () => {
        answer('Success', '', { Ping: 'Pong' });
      },
      Logoff: () => {
        answer('Goodbye', 'Thanks for all the fish.');
        session.socket.end();
      },
      // What this user may send; of those, the ones that stand here.
      ListCommands: () => {
        const allowed = Object.keys(actions).filter((action) => action !== 'Originate' || !this.isOriginateDenied);
        answer('Success', '', Object.fromEntries(allowed.map((action) => [action, '(Priv: <none>)'])));
      },
      BridgeList: () => {
        answer('Success', 'Bridge listing will follow', { EventList: 'start' });
        for (const { bridge } of this.#bridged.values())
          session.send({ Event: 'BridgeListItem', ActionID: id, ...bridgeHeaders(bridge) });
        session.send({ Event: 'BridgeListComplete', ActionID: id, EventList: 'Complete' });
      },
      BridgeInfo: () => {
        const found = this.#bridged.get(action.get('BridgeUniqueid') ?? '');
        if (!found) {
          answer('Error', 'Specified BridgeUniqueid not found');
          return;
        }
        answer('Success', 'Bridge channel listing will follow', { EventList: 'start' });
        for (const channel of found.channels.values())
          session.send({ Event: 'BridgeInfoChannel', ActionID: id, ...channelHeaders(channel) });
        const end = { Event: 'BridgeInfoComplete', ActionID: id, EventList: 'Complete' };
        session.send({ ...end, ...bridgeHeaders(found.bridge) });
      },
      QueueStatus: () => {
        answer('Success', 'Queue status will follow', { EventList: 'start' });
        for (const { name: Queue, completed, abandoned, waiting } of this.queues) {
          const counts = { Calls: `${waiting.length}`, Completed: `${completed}`, Abandoned: `${abandoned}` };
          session.send({ Event: 'QueueParams', ActionID: id, Queue, ...counts });
          for (const { uniqueid: Uniqueid, seconds } of waiting)
            session.send({ Event: 'QueueEntry', ActionID: id, Queue, Uniqueid, Wait: `${seconds}` });
        }
        session.send({ Event: 'QueueStatusComplete', ActionID: id, EventList: 'Complete' });
      },
      Originate: () => {
        if (this.isOriginateDenied) {
          answer('Error', 'Permission denied');
          return;
        }
        answer('Success', 'Originate successfully queued');
        this.#originate(action);
      },
    };
    const act = actions[name];
    if (act) act();
    else answer('Error', 'Permission denied');
  }

  #remember(event: AmiMessage): void {
    const bridgeId = event.get('BridgeUniqueid') ?? '';
    const uniqueid = event.get('Uniqueid') ?? '';
    if (event.get('Event') === 'BridgeEnter') {
      const known = this.#bridged.get(bridgeId) ?? { bridge: event, channels: new Map<string, AmiMessage>() };
      known.channels.set(uniqueid, event);
      this.#bridged.set(bridgeId, known);
    }
    if (event.get('Event') === 'BridgeLeave') {
      const known = this.#bridged.get(bridgeId);
      known?.channels.delete(uniqueid);
      if (known?.channels.size === 0) this.#bridged.delete(bridgeId);
    }
    if (event.get('Event') !== 'Hangup') return;
    this.endTaps(event.get('Channel') ?? '');
    this.telephones.hungUp(event.get('Channel') ?? '');
  }

  /** A tap, or a call to somebody's telephone. */
  #originate(action: AmiMessage): void {
    const id = action.get('ActionID') ?? '';
    const dialled = action.get('Channel') ?? '';
    const target = /^AudioSocket\/([^/]+):(\d+)\/([0-9a-f-]{36})\/c\(slin\)$/.exec(dialled);
    const application = action.get('Application');
    const spied = application === 'ChanSpy' ? /^(.+),uqEol$/.exec(action.get('Data') ?? '')?.[1] : undefined;
    const told = application === 'UserEvent' ? action.get('Data') : undefined;
    if (!target || (spied === undefined && told === undefined)) {
      this.telephones.call(action);
      return;
    }
    const respond = (response: 'Success' | 'Failure', reason: string, channel: string) => {
      this.emit(
        message({ Event: 'OriginateResponse', ActionID: id, Response: response, Channel: channel, Reason: reason }),
      );
    };
    if (this.isRelayUnreachable) {
      respond('Failure', '8', dialled);
      return;
    }
    const [, host = '', port = '', uuid = ''] = target;
    const spyer = this.#spyer(`AudioSocket/${host}:${port}-${uuid}`);
    const socket = connect({ host, port: Number(port), noDelay: true });
    socket.resume();
    socket.on('error', () => undefined);
    socket.once('connect', () => {
      socket.write(writeFrame({ kind: 'uuid', uuid }));
      this.emit(events.newchannel(spyer));
      respond('Success', '4', spyer.name);
      if (spied === undefined) this.#runUserEvent(spyer, told ?? '', socket);
      else this.#spy(spyer, { uuid, asteriskChannel: spied, socket });
    });
    socket.once('close', (hadError) => {
      if (hadError && !this.taps.some((tap) => tap.uuid === uuid)) respond('Failure', '8', dialled);
    });
  }

  /** The dialplan's application of that name; the channel has nothing more to do. */
  #runUserEvent(channel: ScriptedChannel, data: string, socket: Socket): void {
    const [name = '', ...fields] = data.split(',');
    const headers = fields.map((field): [string, string] => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), field.slice(colon + 1)];
    });
    this.emit(
      message({ Event: 'UserEvent', Channel: channel.name, UserEvent: name, ...Object.fromEntries(headers) }),
      events.hangup(channel),
    );
    socket.end();
  }

  #newUniqueid(): string {
    return `${Math.floor(Date.now() / 1_000)}.${90_000 + ++this.#lastId}`;
  }

  /** A channel that is bridged with another. */
  #channelNamed(name: string): ScriptedChannel | undefined {
    const event = [...this.#bridged.values()]
      .flatMap(({ channels }) => [...channels.values()])
      .find((channel) => channel.get('Channel') === name);
    if (!event) return undefined;
    const [uniqueid = '', linkedid = ''] = [event.get('Uniqueid'), event.get('Linkedid')];
    return { name, uniqueid, linkedid, context: '', number: '' };
  }

  #spyer(name: string): ScriptedChannel {
    const uniqueid = this.#newUniqueid();
    return { name, uniqueid, linkedid: uniqueid, context: 'default', number: '<unknown>' };
  }

  #spy(spyer: ScriptedChannel, tap: PlacedTap): void {
    this.taps.push(tap);
    const spied = this.#channelNamed(tap.asteriskChannel);
    const nobody = { name: tap.asteriskChannel, uniqueid: '', linkedid: '', context: '', number: '' };
    const spyee: ScriptedChannel = spied ?? nobody;
    // A channel that is not there any more is not waited for: the tap ends at once.
    if (!spied) tap.socket.end();
    else this.emit(events.chanSpyStart(spyer.name, spyee));
    const stop = this.#play(tap);
    tap.socket.once('end', () => tap.socket.end());
    tap.socket.once('close', () => {
      stop();
      this.taps.splice(this.taps.indexOf(tap), 1);
      this.emit(events.chanSpyStop(spyer.name, spyee), events.hangup(spyer));
    });
  }

  /** Sends what is said on the tapped channel as it is said; while nothing is, silence, as from a telephone. */
  #play({ asteriskChannel, socket }: PlacedTap): () => void {
    const silence = writeFrame({ kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320) });
    let heard: Voice | undefined;
    let sent = 0;
    const beganAt = performance.now();
    let silent = 0;
    const timer = setInterval(() => {
      if (!socket.writable) return;
      const voice = this.#voices.get(asteriskChannel);
      if (voice !== heard) {
        heard = voice;
        // A tap that was there before receives all of it.
        sent = voice && voice.startedAt < beganAt ? Math.floor((performance.now() - voice.startedAt) / FRAME_MS) : 0;
      }
      if (!heard) for (; silent < (performance.now() - beganAt) / FRAME_MS; silent++) socket.write(silence);
      else for (; sent < (performance.now() - heard.startedAt) / FRAME_MS; sent++) socket.write(frameAt(heard, sent));
    }, FRAME_MS);
    return () => {
      clearInterval(timer);
    };
  }
}

class Session {
  readonly socket: Socket;
  isLoggedIn = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  start(onAction: (action: AmiMessage) => void): void {
    const parser = new MessageParser(onAction);
    this.socket.on('data', (chunk) => {
      parser.push(chunk);
    });
    this.socket.on('error', () => undefined);
    this.socket.write('Asterisk Call Manager/11.0.0\r\n');
  }

  send(headers: AmiHeaders): void {
    if (this.socket.writable) this.socket.write(writeMessage(headers));
  }
}

function classOf(event: AmiMessage): EventClass {
  const name = event.get('Event') ?? '';
  if (name === 'UserEvent') return 'user';
  return /^(Queue|Agent)/.test(name) ? 'agent' : 'call';
}

const bridgeHeaders = (event: AmiMessage) =>
  Object.fromEntries([...event].filter(([name]) => name.startsWith('Bridge')));
const channelHeaders = (event: AmiMessage) =>
  Object.fromEntries([...event].filter(([name]) => name !== 'Event' && !name.startsWith('Bridge')));
