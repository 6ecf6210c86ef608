import { Comprehend } from '@aws-sdk/client-comprehend';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { twoClassModel } from './onnx-session.fake.ts';

const GOOD = ['thank', 'thanks', 'wonderful', 'great', 'love', 'perfect', 'excellent', 'helpful', 'happy', 'good'];
const BAD = ['awful', 'terrible', 'useless', 'hate', 'worst', 'disgusting', 'rude', 'angry', 'bad', 'horrible'];
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** The folder of a tiny two-class model: each good word adds 2 to the positive logit, each bad one to the negative. */
export async function makeModelFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-model-'));
  const weights = [...SPECIAL, ...GOOD, ...BAD].map((piece) => {
    return [BAD.includes(piece) ? 2 : 0, GOOD.includes(piece) ? 2 : 0] as const;
  });
  await writeFile(join(folder, 'model.onnx'), twoClassModel(weights));
  await writeFile(join(folder, 'vocab.txt'), [...SPECIAL, ...GOOD, ...BAD, ''].join('\n'));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ id2label: { 0: 'NEGATIVE', 1: 'POSITIVE' } }));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** A server that speaks Comprehend's protocol, and the requests it received. */
export interface FakeComprehend {
  readonly client: Comprehend;
  readonly requests: { target: string | undefined; type: string | undefined; body: unknown }[];
  /** The next responses, first to last; without any it scores by the same good and bad words. */
  readonly answers: { status: number; body: unknown }[];
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startComprehend(): Promise<FakeComprehend> {
  const requests: FakeComprehend['requests'] = [];
  const answers: FakeComprehend['answers'] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { headers } = request;
      requests.push({ target: headers['x-amz-target']?.toString(), type: headers['content-type'], body });
      const answer = answers.shift() ?? { status: 200, body: judge((body as { Text: string }).Text) };
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new Comprehend({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 2,
  });
  const close = async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { client, requests, answers, close };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function judge(text: string): unknown {
  const count = (words: readonly string[]) =>
    text
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => words.includes(word)).length;
  const [good, bad] = [count(GOOD), count(BAD)];
  const total = good + bad + 1;
  const SentimentScore = { Positive: good / total, Negative: bad / total, Neutral: 1 / total, Mixed: 0 };
  const Sentiment = good > bad ? 'POSITIVE' : bad > good ? 'NEGATIVE' : 'NEUTRAL';
  return { Sentiment, SentimentScore };
}
