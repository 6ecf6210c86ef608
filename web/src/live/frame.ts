import { packedFrameSchema, serverMessageSchema, type ServerMessage } from '#core/contracts/live.ts';

/** The messages in a WebSocket's frame; undefined where it does not follow the contract. */
export async function messagesIn(data: unknown): Promise<ServerMessage[] | undefined> {
  try {
    const json: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    const packed = packedFrameSchema.safeParse(json);
    const messages = packed.success ? await inflated(packed.data.deflated) : [json];
    return serverMessageSchema.array().parse(messages);
  } catch {
    return undefined;
  }
}

async function inflated(base64: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(plain).json();
}
