import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { NO_SENTENCES, USAGE, type ModelServer, type Reply } from './model-server.fake.ts';
import { openaiModel } from './openai.ts';

const MODEL = 'example:8b';
const KEY = 'sk-example';

const requestSchema = z.object({
  model: z.literal(MODEL),
  messages: z.tuple([
    z.object({ role: z.literal('system'), content: z.string() }),
    z.object({ role: z.literal('user'), content: z.string() }),
  ]),
  max_tokens: z.int().positive(),
  temperature: z.literal(0),
  response_format: z.object({ type: z.literal('json_object') }),
});

/** Speaks OpenAI's chat completions, and wants a key. */
export async function startFakeOpenai(): Promise<ModelServer> {
  const replies: Reply[] = [];
  const asked: { system: string; user: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/v1/chat/completions' || request.headers.authorization !== `Bearer ${KEY}`) {
        response.writeHead(401).end();
        return;
      }
      const [system, user] = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString())).messages;
      asked.push({ system: system.content, user: user.content });
      reply(response, replies.shift() ?? { kind: 'answer', text: NO_SENTENCES });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    model: openaiModel(MODEL, `http://127.0.0.1:${port}/v1`, () => Promise.resolve(KEY)),
    replies,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(response: ServerResponse, given: Reply): void {
  if (given.kind === 'silent') return;
  if (given.kind === 'status') {
    response.writeHead(given.status).end();
    return;
  }
  if (given.kind === 'garbage') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>');
    return;
  }
  const body = JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: given.text },
        finish_reason: given.kind === 'too-long' ? 'length' : 'stop',
      },
    ],
    usage: {
      prompt_tokens: USAGE.inputTokens,
      completion_tokens: USAGE.outputTokens,
      total_tokens: USAGE.inputTokens + USAGE.outputTokens,
    },
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  if (given.kind === 'cut') response.write(body.slice(0, 20), () => response.destroy());
  else response.end(body);
}
