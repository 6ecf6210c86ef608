import { type DecodeText, textDecoder } from './charset.ts';

/** A message's headers by name. Of a header that stands there several times, the first; of a console's output, all lines. */
export type AmiMessage = ReadonlyMap<string, string>;

/** A header to send; those without a value are left out. */
export type AmiHeaders = Readonly<Record<string, string | undefined>>;

/** The peer does not speak the manager interface, or what was to be sent cannot be said in it. */
export class AmiProtocolError extends Error {
  override readonly name = 'AmiProtocolError';
}

/** The longest message of use; Asterisk's own are under 4 KB. */
export const MAX_MESSAGE_CHARS = 262_144;

/** A line of what the console answered to an action `Command`. */
const OUTPUT = 'Output';

/**
 * Cuts a manager connection's stream into messages: `Name: value` lines up to an empty one. The banner that Asterisk
 * begins with is no header and belongs to no message.
 */
export class MessageParser {
  readonly #onMessage: (message: AmiMessage) => void;
  readonly #decode: DecodeText;
  /** A character a byte, as in all that is not decoded yet. */
  #rest = '';
  #headers = new Map<string, string>();
  #chars = 0;

  constructor(onMessage: (message: AmiMessage) => void, decode = textDecoder()) {
    this.#onMessage = onMessage;
    this.#decode = decode;
  }

  /** @throws {AmiProtocolError} when a message grows without end; the parser is then of no further use. */
  push(chunk: Buffer): void {
    const lines = (this.#rest + chunk.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(this.#decode(Buffer.from(line.replace(/\r$/, ''), 'latin1')));
    if (this.#chars + this.#rest.length > MAX_MESSAGE_CHARS) throw new AmiProtocolError('a message without an end');
  }

  #take(line: string): void {
    this.#chars += line.length;
    if (line === '') {
      if (this.#headers.size > 0) this.#onMessage(this.#headers);
      this.#headers = new Map();
      this.#chars = 0;
      return;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) return;
    const name = line.slice(0, colon);
    // The protocol has one space after the colon; a value's own spaces are part of it.
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    const before = this.#headers.get(name);
    if (before === undefined) this.#headers.set(name, value);
    else if (name === OUTPUT) this.#headers.set(name, `${before}\n${value}`);
  }
}

/** Writes one message. @throws {AmiProtocolError} for a header that would end its line and begin another. */
export function writeMessage(headers: AmiHeaders): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (/[\r\n:]/.test(name) || /[\r\n]/.test(value)) throw new AmiProtocolError(`header ${name} holds a line break`);
    return `${name}: ${value}\r\n`;
  });
  return `${lines.join('')}\r\n`;
}
