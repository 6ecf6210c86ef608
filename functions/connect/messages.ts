import { clientMessageSchema, type ClientMessage, type ServerMessage } from '#core/views.ts';

/** The page says no more than this at once. */
export const CLIENT_MESSAGE_LIMIT_BYTES = 4096;

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** A frame as a message, or the error to answer it with. */
export function parseClientMessage(frame: string): { message: ClientMessage } | { error: ErrorMessage } {
  if (Buffer.byteLength(frame) > CLIENT_MESSAGE_LIMIT_BYTES) {
    return { error: refusal('too-large', `A message has at most ${CLIENT_MESSAGE_LIMIT_BYTES} bytes.`) };
  }
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return { error: refusal('malformed', 'A message is one JSON object.') };
  }
  const parsed = clientMessageSchema.safeParse(json);
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
