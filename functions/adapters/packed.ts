import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A value as the bytes of one attribute. DynamoDB bills a write by each kilobyte begun, names and all: what is written
 * all the time and never asked for by its parts is kept this way.
 */
export function packed(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/**
 * @param attribute bytes, or what the table's stream makes of them: base64
 * @throws Error where it was not packed here
 */
export function unpacked(attribute: unknown): unknown {
  const bytes = typeof attribute === 'string' ? Buffer.from(attribute, 'base64') : (attribute as Uint8Array);
  return JSON.parse(inflateRawSync(bytes).toString());
}
