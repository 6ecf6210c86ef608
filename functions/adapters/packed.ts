import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A value as the bytes of one attribute. DynamoDB bills writes by the kilobyte, attribute names included; values that
 * are written often and never queried by their parts are stored this way.
 */
export function packed(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/**
 * @param attribute bytes, or base64 as in the table's stream
 * @throws Error if it was not packed by {@link packed}
 */
export function unpacked(attribute: unknown): unknown {
  const bytes = typeof attribute === 'string' ? Buffer.from(attribute, 'base64') : (attribute as Uint8Array);
  return JSON.parse(inflateRawSync(bytes).toString());
}
