import type { Channel } from '#core/ids.ts';

/** 16-bit signed linear audio, little endian, channels interleaved. */
export interface AudioFormat {
  readonly sampleRate: 8_000 | 16_000;
  readonly channelCount: 1 | 2;
}

/** What an engine may use about the speech that it is opened for. */
export interface SpeechContext {
  /** Who speaks on each channel of the stream. */
  readonly channels: readonly Channel[];
  /** A BCP 47 tag such as `en-GB`, where the call's language is known; else the engine's own setting. */
  readonly language?: string | undefined;
  /** Whether somebody wants to see the words while they are spoken: where they cost much, an engine asks. */
  readonly isWatched?: () => boolean;
}

export interface SttWord {
  readonly text: string;
  /** Milliseconds since the first sample sent. */
  readonly startMs: number;
  readonly endMs: number;
  readonly confidence?: number;
}

/** A partial or a final. Times are milliseconds since the first sample sent on the connection. */
export interface SttResult {
  readonly channelIndex: number;
  readonly text: string;
  readonly words: readonly SttWord[];
  readonly startMs: number;
  /** All audio of the channel before this is covered by this result and those before it. */
  readonly endMs: number;
  /** The BCP 47 tag that the engine found out; absent where it was told what to expect. */
  readonly language?: string;
  readonly confidence?: number;
}

/** What a connection emits. Nothing comes after `closed`. */
export interface SttListener {
  partial: (result: SttResult) => void;
  final: (result: SttResult) => void;
  endpoint: (channelIndex: number) => void;
  /** The engine gave up on a span of audio, which no further try would make text of; the connection goes on. */
  lost: (span: LostSpan) => void;
  /** The connection is over: in good order after `finish`, and with the error otherwise. */
  closed: (error?: SttError) => void;
}

/** Audio that stays without text, in milliseconds since the first sample sent, and why. */
export interface LostSpan {
  readonly channelIndex: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: string;
}

export interface SttConnection {
  /** Never throws; a connection that cannot accept audio any more has emitted or will emit `closed`. */
  send: (audio: Buffer) => void;
  /** Bytes sent that have not left yet. */
  readonly bufferedBytes: number;
  /** Asks for the final of what is under way, where the engine can be asked. */
  readonly finalize?: () => void;
  /** No more audio: the engine emits its last results, then `closed`. */
  finish: () => void;
  /** Closes at once; nothing more is emitted. */
  abort: () => void;
}

/** A vendor of speech to text. */
export interface SttEngine {
  readonly name: string;
  /** How much faster than it was spoken the engine may be sent audio after a drop. */
  readonly replayRate: number;
  /** Channels that one connection transcribes separately. */
  readonly maxChannels: 1 | 2;
  /** While it is sent audio, silence too, it answers at least this often; one that does not is lost. */
  readonly answersWithinMs?: number;
  /** What its server cannot do, and what is done without because of it, in the server's own words. */
  readonly limits?: () => readonly string[];
  /** @throws {SttError} when no connection can be opened. */
  open: (format: AudioFormat, context: SpeechContext, listener: SttListener) => Promise<SttConnection>;
  /** Releases what the engine holds beyond its connections. */
  close: () => Promise<void>;
}

/** What went wrong with an engine, and whether another try may succeed. */
export class SttError extends Error {
  override readonly name = 'SttError';
  readonly retryable: boolean;

  constructor(message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
  }
}

/** Bytes of one millisecond of audio, all channels. */
export function bytesPerMs({ sampleRate, channelCount }: AudioFormat): number {
  return (sampleRate / 1_000) * 2 * channelCount;
}
