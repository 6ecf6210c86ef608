import { WINDOWS_1252_HIGH } from '../../windows-1252.ts';

/** Turns the bytes of a line into text. */
export type DecodeText = (bytes: Buffer) => string;

const WINDOWS_1252 = 'windows-1252';
/** Line ends and colons are no single bytes in these. */
const NOT_ASCII = /^(utf-16|iso-2022|replacement)/;

const NOT_7_BIT = /[^\0-\x7f]/;

/** Whether a name is one of a charset (as the WHATWG lists them) in which lines are those of ASCII. */
export function isCharset(name: string): boolean {
  try {
    return !NOT_ASCII.test(new TextDecoder(name).encoding);
  } catch {
    return false;
  }
}

/**
 * A decoder for what Asterisk sends. It hands names on as whoever entered them encoded them. Every byte becomes a
 * character: what the charset does not have is read as Windows-1252, which has all.
 * @param charset a name for which {@link isCharset} holds
 */
export function textDecoder(charset = 'utf-8'): DecodeText {
  const decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true });
  if (decoder.encoding === WINDOWS_1252) return decodeWindows1252;
  const decode = (bytes: Buffer) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  };
  return (bytes) => {
    const text = decode(bytes);
    if (text !== undefined) return text;
    const whole = decoder.encoding === 'utf-8' ? decode(withoutCutCharacter(bytes)) : undefined;
    // In Windows-1252, too, a text may end with what looks like the beginning of a character.
    return whole !== undefined && NOT_7_BIT.test(whole) ? whole : decodeWindows1252(bytes);
  };
}

/** Asterisk cuts a name that is too long for it in the middle of a character. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  const begin = bytes.findLastIndex((byte) => byte < 0x80 || byte >= 0xc0);
  return bytes.subarray(0, Math.max(0, begin));
}

function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252_HIGH[char.charCodeAt(0) - 0x80] ?? char);
}
