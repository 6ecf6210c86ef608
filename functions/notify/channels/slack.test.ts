import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exampleNotice as notice } from '../notice.fake.ts';
import { SlackError, slackNotifier } from './slack.ts';

const received: { url: string | undefined; body: string }[] = [];
let status = 200;
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('Slack', () => {
  const slack = slackNotifier(() => Promise.resolve(`${url}/hook`));

  it('gets the blocks', async () => {
    await slack.send(notice);
    const { url: path, body } = received.at(-1) ?? {};
    expect(path).toBe('/hook');
    expect(JSON.parse(body ?? '')).toMatchObject({
      text: '● WARNING: 7',
      blocks: [{ type: 'header' }, {}, {}, {}, {}],
    });
  });

  it.each([
    [404, false],
    [429, true],
    [503, true],
  ])('that answers %i can be tried again: %s', async (answer, retryable) => {
    status = answer;
    await expect(slack.send(notice)).rejects.toMatchObject({ name: SlackError.name, retryable });
    status = 200;
  });
});
