/** Kinds of AudioSocket frames as Asterisk sends them; the audio kinds differ in their sample rate. */
const HANGUP = 0x00;
const UUID = 0x01;
const DTMF = 0x03;
const AUDIO_8_KHZ = 0x10;
const ERROR = 0xff;

const SAMPLE_RATES: ReadonlyMap<number, number> = new Map([
  [AUDIO_8_KHZ, 8_000],
  [0x11, 12_000],
  [0x12, 16_000],
  [0x13, 24_000],
  [0x14, 32_000],
  [0x15, 44_100],
  [0x16, 48_000],
  [0x17, 96_000],
  [0x18, 192_000],
]);

/** Audio is 16-bit signed linear, little endian, one channel. */
export type Frame =
  | { readonly kind: 'uuid'; readonly uuid: string }
  | { readonly kind: 'audio'; readonly sampleRate: number; readonly audio: Buffer }
  | { readonly kind: 'dtmf'; readonly digit: string }
  | { readonly kind: 'hangup' }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'unknown'; readonly type: number; readonly payload: Buffer };

/** The peer does not speak AudioSocket; its connection cannot be read any further. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Reads one frame's payload. @throws {FrameError} when it does not match its type. */
export function readFrame(type: number, payload: Buffer): Frame {
  const sampleRate = SAMPLE_RATES.get(type);
  if (sampleRate !== undefined) {
    if (payload.length % 2 !== 0) throw new FrameError('audio of half a sample');
    return { kind: 'audio', sampleRate, audio: payload };
  }
  switch (type) {
    case HANGUP:
      return { kind: 'hangup' };
    case UUID:
      if (payload.length !== 16) throw new FrameError('a UUID that is not 16 bytes long');
      return { kind: 'uuid', uuid: formatUuid(payload) };
    case DTMF:
      if (payload.length !== 1) throw new FrameError('a digit that is not one byte long');
      return { kind: 'dtmf', digit: payload.toString('latin1') };
    case ERROR:
      return { kind: 'error', code: payload[0] ?? 0 };
    default:
      return { kind: 'unknown', type, payload };
  }
}

/** Writes one frame. */
export function writeFrame(frame: Frame): Buffer {
  switch (frame.kind) {
    case 'uuid':
      return withHeader(UUID, Buffer.from(frame.uuid.replaceAll('-', ''), 'hex'));
    case 'audio':
      return withHeader(typeOfRate(frame.sampleRate), frame.audio);
    case 'dtmf':
      return withHeader(DTMF, Buffer.from(frame.digit, 'latin1'));
    case 'hangup':
      return withHeader(HANGUP, Buffer.alloc(0));
    case 'error':
      return withHeader(ERROR, Buffer.of(frame.code));
    case 'unknown':
      return withHeader(frame.type, frame.payload);
  }
}

function withHeader(type: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(3);
  header.writeUInt8(type, 0);
  header.writeUInt16BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

function typeOfRate(sampleRate: number): number {
  for (const [type, rate] of SAMPLE_RATES) if (rate === sampleRate) return type;
  throw new FrameError(`AudioSocket has no frames of ${sampleRate} Hz`);
}

function formatUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
