import { connect, type Socket } from 'node:net';
import { events, message, type ScriptedChannel } from '../capture/ami/event-script.ts';
import type { AmiMessage } from '../capture/ami/protocol.ts';
import { FRAME_MS } from '../audiosocket/audio-frames.ts';
import { FrameDecoder } from '../audiosocket/decoder.ts';
import { writeFrame } from '../audiosocket/frame.ts';

/** What happens when a telephone is called. */
export type TelephoneAnswer = 'answers' | 'busy' | 'rings-out' | 'declines' | 'unreachable';

/** `Reason` of OriginateResponse, the last control frame of the called channel. */
const REASONS: Readonly<Record<TelephoneAnswer, string>> = {
  answers: '4',
  busy: '5',
  'rings-out': '3',
  declines: '1',
  unreachable: '0',
};

/** The application AudioSocket hangs up a call on which it sees nothing for so long. */
const SILENT_MS = 2_000;
const SILENCE = writeFrame({ kind: 'audio', sampleRate: 8_000, audio: Buffer.alloc(320) });

/** Somebody who listens to a channel, or speaks on it. */
export interface JoinedSupervisor {
  readonly telephone: string;
  readonly asteriskChannel: string;
  /** Letters as ChanSpy has them. */
  readonly options: string;
}

/** What somebody heard who picked up a telephone. */
export interface ReceivedAnnouncement {
  readonly telephone: string;
  readonly uuid: string;
  /** 16-bit samples at 8 kHz. */
  audio: Buffer;
  isOver: boolean;
}

export interface TelephonesDependencies {
  readonly emit: (...messages: AmiMessage[]) => void;
  readonly newUniqueid: () => string;
  /** A channel that is in a call. */
  readonly channelNamed: (name: string) => ScriptedChannel | undefined;
}

/** The telephones of a simulated Asterisk, and what it runs for those who pick up: `ChanSpy` or `AudioSocket`. */
export class SimulatedTelephones {
  readonly supervisors: JoinedSupervisor[] = [];
  readonly announcements: ReceivedAnnouncement[] = [];
  readonly #dependencies: TelephonesDependencies;
  readonly #answers = new Map<string, TelephoneAnswer>();
  readonly #leaving = new Map<string, (() => void)[]>();
  readonly #sockets = new Set<Socket>();
  #count = 0;

  constructor(dependencies: TelephonesDependencies) {
    this.#dependencies = dependencies;
  }

  /** `telephone` as it is dialled, such as `PJSIP/6100`; at one that nobody set somebody picks up. */
  set(telephone: string, answer: TelephoneAnswer): void {
    this.#answers.set(telephone, answer);
  }

  /** Does what an `Originate` asks for. */
  call(action: AmiMessage): void {
    const telephone = action.get('Channel') ?? '';
    const answer = this.#answers.get(telephone) ?? 'answers';
    const uniqueid = action.get('ChannelId') ?? this.#dependencies.newUniqueid();
    const [, callerName = '', number = ''] = /^"(.*)" <(.*)>$/.exec(action.get('CallerID') ?? '') ?? [];
    const channel: ScriptedChannel = {
      name: `${telephone}-${(0x9000 + ++this.#count).toString(16).padStart(8, '0')}`,
      uniqueid,
      linkedid: uniqueid,
      context: 'default',
      number,
      callerName,
    };
    const isUp = answer === 'answers';
    if (answer !== 'unreachable') this.#dependencies.emit(events.newchannel(channel));
    this.#dependencies.emit(
      message({
        Event: 'OriginateResponse',
        ActionID: action.get('ActionID') ?? '',
        Response: isUp ? 'Success' : 'Failure',
        Channel: isUp ? channel.name : telephone,
        Application: action.get('Application') ?? '',
        Data: action.get('Data') ?? '',
        Reason: REASONS[answer],
        Uniqueid: isUp ? uniqueid : '<unknown>',
        CallerIDNum: number,
        CallerIDName: callerName,
      }),
    );
    const [first = '', second = ''] = (action.get('Data') ?? '').split(',');
    if (!isUp) this.#dependencies.emit(events.hangup(channel));
    else if (action.get('Application') === 'ChanSpy') this.#spy(telephone, channel, first, second);
    else if (action.get('Application') === 'AudioSocket') this.#receive(telephone, channel, first, second);
    else this.#dependencies.emit(events.hangup(channel));
  }

  /** A channel has hung up: who listened to it with `E` has nothing to do there any more. */
  hungUp(asteriskChannel: string): void {
    const leave = this.#leaving.get(asteriskChannel) ?? [];
    this.#leaving.delete(asteriskChannel);
    for (const one of leave) one();
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #spy(telephone: string, spyer: ScriptedChannel, asteriskChannel: string, options: string): void {
    const spyee = this.#dependencies.channelNamed(asteriskChannel);
    if (!spyee) {
      this.#dependencies.emit(events.hangup(spyer));
      return;
    }
    const supervisor = { telephone, asteriskChannel, options };
    this.supervisors.push(supervisor);
    this.#dependencies.emit(events.chanSpyStart(spyer.name, spyee));
    const leave = () => {
      this.supervisors.splice(this.supervisors.indexOf(supervisor), 1);
      this.#dependencies.emit(events.chanSpyStop(spyer.name, spyee), events.hangup(spyer));
    };
    if (options.includes('E'))
      this.#leaving.set(asteriskChannel, [...(this.#leaving.get(asteriskChannel) ?? []), leave]);
  }

  /** Sends the telephone's silence, and keeps what comes back until the other end is done. */
  #receive(telephone: string, channel: ScriptedChannel, uuid: string, address: string): void {
    const colon = address.lastIndexOf(':');
    const received: ReceivedAnnouncement = { telephone, uuid, audio: Buffer.alloc(0), isOver: false };
    this.announcements.push(received);
    const socket = connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)), noDelay: true });
    this.#sockets.add(socket);
    let lastFrameAt = performance.now();
    const decoder = new FrameDecoder((frame) => {
      lastFrameAt = performance.now();
      if (frame.kind === 'audio') received.audio = Buffer.concat([received.audio, frame.audio]);
      else if (frame.kind === 'hangup') socket.end();
    });
    const timer = setInterval(() => {
      if (performance.now() - lastFrameAt > SILENT_MS) socket.end();
      else if (socket.writable && !socket.connecting) socket.write(SILENCE);
    }, FRAME_MS);
    socket.once('connect', () => socket.write(writeFrame({ kind: 'uuid', uuid })));
    socket.on('data', (chunk) => {
      decoder.push(chunk);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearInterval(timer);
      this.#sockets.delete(socket);
      received.isOver = true;
      this.#dependencies.emit(events.hangup(channel));
    });
  }
}
