import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A value as the bytes of one attribute. DynamoDB bills writes by the kilobyte, attribute names included; values that
 * are written often and never queried by their parts are stored this way.
 */
export function packed(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/** Bytes that a packed attribute may have: the rest of its row is small. */
const PACKED_LIMIT_BYTES = 60 * 1024;

/**
 * Packs a value with as many of its parts in full as a row has room for.
 * @param parts how many it has
 * @param withParts the value with only the first `full` of them in full; without any it must fit
 */
export function packedWithin(parts: number, withParts: (full: number) => unknown): Uint8Array {
  for (let full = parts; ; full = Math.floor(full / 2)) {
    const bytes = packed(withParts(full));
    if (bytes.length <= PACKED_LIMIT_BYTES || full === 0) return bytes;
  }
}

/**
 * @param attribute bytes, or base64 as in the table's stream
 * @throws Error if it was not packed by {@link packed}
 */
export function unpacked(attribute: unknown): unknown {
  const bytes = typeof attribute === 'string' ? Buffer.from(attribute, 'base64') : (attribute as Uint8Array);
  return JSON.parse(inflateRawSync(bytes).toString());
}
