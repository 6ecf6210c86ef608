import { WINDOWS_1252_HIGH } from '../../windows-1252.ts';

/** In MySQL's `latin1`, which is Windows-1252, the bytes of characters that are not the byte themselves. */
const BYTES = new Map(Array.from(WINDOWS_1252_HIGH, (char, i) => [char, 0x80 + i]));

/**
 * A text as it was meant. ViciDial's pages send UTF-8 over connections that are declared latin1, so that the
 * database holds each byte as a character of its own: "MÃ¼ller". What reads as UTF-8 once more is that.
 */
export function asMeant(text: string): string {
  const bytes = Array.from(text, (char) => BYTES.get(char) ?? char.codePointAt(0) ?? 0);
  if (bytes.every((byte) => byte < 0x80) || bytes.some((byte) => byte > 0xff)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
}
