import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { SignatureV4 } from '@smithy/signature-v4';
import { createServer, type Http2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { bedrockModel } from './bedrock.ts';
import { NO_SENTENCES, USAGE, type ModelServer, type Reply } from './model-server.fake.ts';

const MODEL = 'eu.example.model-v1:0';
const REGION = 'eu-central-1';
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

const requestSchema = z.object({
  system: z.array(z.object({ text: z.string() })).length(1),
  messages: z
    .array(z.object({ role: z.literal('user'), content: z.array(z.object({ text: z.string() })).length(1) }))
    .length(1),
  inferenceConfig: z.object({ maxTokens: z.int().positive(), temperature: z.literal(0) }),
});

const EXCEPTIONS: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
};

/** Speaks Bedrock's ConverseStream: HTTP/2, requests that must be signed, answers as frames of an event stream. */
export async function startFakeBedrock(): Promise<ModelServer> {
  const replies: Reply[] = [];
  const asked: { system: string; user: string }[] = [];
  const sessions = new Set<Http2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => undefined);
  });
  const client = new BedrockRuntimeClient({
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    endpoint: async () => {
      const { port } = server.address() as AddressInfo;
      return Promise.resolve({ protocol: 'http:', hostname: '127.0.0.1', port, path: '/' });
    },
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      void isSigned(headers, Buffer.concat(chunks).toString(), client.config.sha256).then((signed) => {
        if (!signed) {
          refuse(stream, 403, 'InvalidSignatureException');
          return;
        }
        const { system, messages } = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
        asked.push({ system: system[0]?.text ?? '', user: messages[0]?.content[0]?.text ?? '' });
        reply(stream, replies.shift() ?? { kind: 'answer', text: NO_SENTENCES });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    model: bedrockModel(MODEL, client),
    replies,
    asked,
    close: async () => {
      client.destroy();
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Signs the request anew from what came over the wire. */
async function isSigned(
  headers: IncomingHttpHeaders,
  body: string,
  sha256: BedrockRuntimeClient['config']['sha256'],
): Promise<boolean> {
  const given = headers.authorization ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(given)?.[1]?.split(';') ?? [];
  const wire: Readonly<Record<string, unknown>> = { ...headers, host: headers[':authority'] };
  const time = String(headers['x-amz-date']).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const signer = new SignatureV4({ service: 'bedrock', region: REGION, credentials: CREDENTIALS, sha256 });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: String(headers[':path']),
      query: {},
      headers: Object.fromEntries(names.map((name) => [name, String(wire[name])])),
      body,
    },
    { signingDate: new Date(time) },
  );
  return (
    headers[':path'] === `/model/${encodeURIComponent(MODEL)}/converse-stream` &&
    signed.headers['authorization'] === given
  );
}

function refuse(stream: ServerHttp2Stream, status: number, type: string): void {
  stream.respond({ ':status': status, 'content-type': 'application/json', 'x-amzn-errortype': type });
  stream.end(JSON.stringify({ message: 'refused' }));
}

function reply(stream: ServerHttp2Stream, given: Reply): void {
  if (given.kind === 'silent') return;
  if (given.kind === 'status') {
    refuse(stream, given.status, EXCEPTIONS[given.status] ?? 'InternalServerException');
    return;
  }
  stream.respond({ ':status': 200, 'content-type': 'application/vnd.amazon.eventstream' });
  if (given.kind === 'garbage') {
    stream.end(Buffer.from('this is no frame'));
    return;
  }
  stream.write(frame('messageStart', { role: 'assistant' }));
  // In pieces that are no words, as models send them.
  for (const piece of given.text.match(/[^]{1,7}/gu) ?? []) {
    stream.write(frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } }));
  }
  if (given.kind === 'cut') {
    stream.write(frame('internalServerException', { message: 'gone' }, 'exception'));
    stream.end();
    return;
  }
  stream.write(frame('contentBlockStop', { contentBlockIndex: 0 }));
  stream.write(frame('messageStop', { stopReason: given.kind === 'too-long' ? 'max_tokens' : 'end_turn' }));
  stream.end(
    frame('metadata', {
      usage: { ...USAGE, totalTokens: USAGE.inputTokens + USAGE.outputTokens },
      metrics: { latencyMs: 5 },
    }),
  );
}

function frame(type: string, body: object, messageType: 'event' | 'exception' = 'event'): Uint8Array {
  const text = (value: string) => ({ type: 'string' as const, value });
  return codec.encode({
    headers: {
      ':message-type': text(messageType),
      [messageType === 'event' ? ':event-type' : ':exception-type']: text(type),
      ':content-type': text('application/json'),
    },
    body: Buffer.from(JSON.stringify(body)),
  });
}
