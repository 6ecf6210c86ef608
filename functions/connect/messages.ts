import type { z } from 'zod';
import { parseJson } from '#core/json.ts';
import { relayMessageSchema, type RelayMessage } from '#core/contracts/control.ts';
import { clientMessageSchema, type ClientMessage, type ServerMessage } from '#core/contracts/live.ts';

/** Above the longest message of the page. */
export const CLIENT_MESSAGE_LIMIT_BYTES = 4096;
/** Above the longest message of a relay: a long partial, or the ids of all the calls that one message may list. */
export const RELAY_MESSAGE_LIMIT_BYTES = 8192;

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** Parses a frame of a page, or returns the error to reply with. */
export function parseClientMessage(frame: string): { message: ClientMessage } | { error: ErrorMessage } {
  return parse(frame, clientMessageSchema, CLIENT_MESSAGE_LIMIT_BYTES);
}

/** Parses a frame of a relay, or returns what is wrong with it. */
export function parseRelayMessage(frame: string): { message: RelayMessage } | { error: ErrorMessage } {
  return parse(frame, relayMessageSchema, RELAY_MESSAGE_LIMIT_BYTES);
}

function parse<T>(frame: string, schema: z.ZodType<T>, limitBytes: number): { message: T } | { error: ErrorMessage } {
  if (Buffer.byteLength(frame) > limitBytes) {
    return { error: refusal('too-large', `A message has at most ${limitBytes} bytes.`) };
  }
  let json: unknown;
  try {
    json = parseJson(frame);
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

/** An error for the page: a code for the program, and a sentence for a person. */
export function refusal(code: string, message: string): ErrorMessage {
  return { type: 'error', code, message };
}
