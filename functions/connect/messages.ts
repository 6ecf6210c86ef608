import type { z } from 'zod';
import { relayMessageSchema, type RelayMessage } from '#core/contracts/control.ts';
import { clientMessageSchema, type ClientMessage, type ServerMessage } from '#core/contracts/live.ts';

/** The page says no more than this at once. */
export const CLIENT_MESSAGE_LIMIT_BYTES = 4096;
/** Nor does a relay: its longest words, or the names of all the calls that one message may hold. */
export const RELAY_MESSAGE_LIMIT_BYTES = 8192;

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** A frame of a page as a message, or the error to answer it with. */
export function parseClientMessage(frame: string): { message: ClientMessage } | { error: ErrorMessage } {
  return parse(frame, clientMessageSchema, CLIENT_MESSAGE_LIMIT_BYTES);
}

/** A frame of a relay as a message, or what is wrong with it. */
export function parseRelayMessage(frame: string): { message: RelayMessage } | { error: ErrorMessage } {
  return parse(frame, relayMessageSchema, RELAY_MESSAGE_LIMIT_BYTES);
}

function parse<T>(frame: string, schema: z.ZodType<T>, limitBytes: number): { message: T } | { error: ErrorMessage } {
  if (Buffer.byteLength(frame) > limitBytes) {
    return { error: refusal('too-large', `A message has at most ${limitBytes} bytes.`) };
  }
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return { error: refusal('malformed', 'A message is one JSON object.') };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { message: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    error: refusal('malformed', `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not understood'}`),
  };
}

/** An error for the page: a code that it may act upon, and a sentence for a person. */
export function refusal(code: string, message: string): ErrorMessage {
  return { type: 'error', code, message };
}
