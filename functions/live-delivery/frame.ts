import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packedFrameSchema, serverMessageSchema, type ServerMessage } from '#core/contracts/live.ts';

/** API Gateway bills messages in units of 32 KB. */
export const MESSAGE_LIMIT_BYTES = 32 * 1024;

/** Packing smaller messages saves too little for the inflating on every page. */
const PACKED_FROM_BYTES = 1024;

/** Encodes messages for a page as one frame. */
export function frameOf(messages: readonly ServerMessage[]): string {
  const [first, ...others] = messages;
  const single = others.length === 0 ? JSON.stringify(first) : undefined;
  if (single !== undefined && Buffer.byteLength(single) < PACKED_FROM_BYTES) return single;
  return JSON.stringify({ type: 'packed', deflated: deflateRawSync(JSON.stringify(messages)).toString('base64') });
}

/**
 * Rows in one frame, or in several if one would exceed {@link MESSAGE_LIMIT_BYTES}.
 * @returns no frames for no rows
 */
export function framesOf<T>(rows: readonly T[], messagesOf: (some: readonly T[]) => ServerMessage[]): string[] {
  if (rows.length === 0) return [];
  const frame = frameOf(messagesOf(rows));
  if (rows.length === 1 || Buffer.byteLength(frame) <= MESSAGE_LIMIT_BYTES) return [frame];
  const half = Math.ceil(rows.length / 2);
  return [...framesOf(rows.slice(0, half), messagesOf), ...framesOf(rows.slice(half), messagesOf)];
}

/**
 * Decodes a frame as a page does.
 * @throws ZodError or SyntaxError if it does not follow the contract
 */
export function messagesIn(frame: string): ServerMessage[] {
  const json: unknown = JSON.parse(frame);
  const packed = packedFrameSchema.safeParse(json);
  if (!packed.success) return [serverMessageSchema.parse(json)];
  const plain = inflateRawSync(Buffer.from(packed.data.deflated, 'base64')).toString();
  return serverMessageSchema.array().parse(JSON.parse(plain));
}
