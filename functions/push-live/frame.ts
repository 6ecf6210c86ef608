import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packedFrameSchema, serverMessageSchema, type ServerMessage } from '#core/views.ts';

/** API Gateway bills a message by each 32 KB begun. */
export const MESSAGE_LIMIT_BYTES = 32 * 1024;

/** Less gains too little to have every page inflate it. */
const PACKED_FROM_BYTES = 1024;

/** A message as it goes to a page. */
export function frameOf(message: ServerMessage): string {
  const plain = JSON.stringify(message);
  if (Buffer.byteLength(plain) < PACKED_FROM_BYTES) return plain;
  return JSON.stringify({ type: 'packed', deflated: deflateRawSync(plain).toString('base64') });
}

/**
 * Rows in one frame, or in more where one would pass what is billed as one message.
 * @returns none for no rows
 */
export function framesOf<T>(rows: readonly T[], messageOf: (some: T[]) => ServerMessage): string[] {
  if (rows.length === 0) return [];
  const frame = frameOf(messageOf([...rows]));
  if (rows.length === 1 || Buffer.byteLength(frame) <= MESSAGE_LIMIT_BYTES) return [frame];
  const half = Math.ceil(rows.length / 2);
  return [...framesOf(rows.slice(0, half), messageOf), ...framesOf(rows.slice(half), messageOf)];
}

/**
 * What a page reads of a frame.
 * @throws ZodError or SyntaxError where it does not follow the contract
 */
export function messageIn(frame: string): ServerMessage {
  const json: unknown = JSON.parse(frame);
  const packed = packedFrameSchema.safeParse(json);
  if (!packed.success) return serverMessageSchema.parse(json);
  const plain = inflateRawSync(Buffer.from(packed.data.deflated, 'base64')).toString();
  return serverMessageSchema.parse(JSON.parse(plain));
}
