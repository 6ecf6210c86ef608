import { clientMessageSchema, type ClientMessage, type ServerMessage } from '#core/views.ts';

/** The page says no more than this at once. */
export const CLIENT_MESSAGE_LIMIT_BYTES = 4096;

/** A frame as a message, or the error to answer it with. */
export function parseClientMessage(
  frame: string,
): { message: ClientMessage } | { error: Extract<ServerMessage, { type: 'error' }> } {
  if (Buffer.byteLength(frame) > CLIENT_MESSAGE_LIMIT_BYTES) {
    return refusal('too-large', `A message has at most ${CLIENT_MESSAGE_LIMIT_BYTES} bytes.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return refusal('malformed', 'A message is one JSON object.');
  }
  const parsed = clientMessageSchema.safeParse(json);
  if (parsed.success) return { message: parsed.data };
  const [issue] = parsed.error.issues;
  return refusal('malformed', `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not understood'}`);
}

function refusal(code: string, message: string) {
  return { error: { type: 'error' as const, code, message } };
}
