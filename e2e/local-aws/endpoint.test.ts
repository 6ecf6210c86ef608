import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';
import { WebSocket } from 'ws';
import { openViewer, signIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { runningSystem } from '../system.ts';

/** What Earshot relies on wherever it is deployed; run it against any endpoint that claims to be AWS. */
const running = runningSystem();
const { config, system } = running;
const client = { endpoint: system.endpointUrl, region: config.aws.region, credentials: config.aws };

/** The status with which a handshake is refused, or 101. */
async function handshake(url: string): Promise<number> {
  const socket = new WebSocket(url);
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

describe('the WebSocket door', () => {
  it('refuses who has no ticket', async () => {
    expect(await handshake(system.outputs.WebSocketUrl)).toBe(401);
  });

  it('refuses an invented ticket', async () => {
    expect(await handshake(`${system.outputs.WebSocketUrl}?ticket=made-up`)).toBe(403);
  });

  it('takes a ticket once', async () => {
    const api = await signIn(running);
    const { ticket, url } = await api.ticket();
    expect(await handshake(`${url}?ticket=${ticket}`)).toBe(101);
    expect(await handshake(`${url}?ticket=${ticket}`)).toBe(403);
  });

  it('answers an unknown topic with an error in a text frame', async () => {
    const viewer = await openViewer(await signIn(running));
    viewer.subscribe('call:');
    const { message } = await eventually(
      () => viewer.received.find((received) => received.message.type === 'error'),
      10_000,
    );
    expect(message).toMatchObject({ type: 'error' });
    await viewer.close();
  });

  it('says 410 of a connection that is gone', async () => {
    const { pathname } = new URL(system.outputs.WebSocketUrl);
    const callback = new ApiGatewayManagementApiClient({ ...client, endpoint: `${system.endpointUrl}${pathname}` });
    const post = callback.send(new PostToConnectionCommand({ ConnectionId: 'gone', Data: '{}' }));
    await expect(post).rejects.toMatchObject({ name: 'GoneException', $metadata: { httpStatusCode: 410 } });
    callback.destroy();
  });
});

describe('the HTTP door', () => {
  it.each(['calls', 'calls/any'])('refuses GET /%s without a token', async (path) => {
    const response = await fetch(`${system.outputs.ApiUrl.replace(/\/$/, '')}/${path}`);
    expect(response.status).toBe(401);
  });

  it('lets the page ask from its own origin', async () => {
    const response = await fetch(`${system.outputs.ApiUrl.replace(/\/$/, '')}/calls`, {
      method: 'OPTIONS',
      headers: {
        origin: system.siteUrl,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization');
    expect(['*', system.siteUrl]).toContain(response.headers.get('access-control-allow-origin'));
  });
});

describe('a route that IAM guards', () => {
  const { config: aws } = new DynamoDBClient(client);
  const url = new URL(`${system.outputs.ApiUrl.replace(/\/$/, '')}/relay-tickets/conformance`);

  async function ask(body: string, headers: Record<string, string>): Promise<number> {
    const response = await fetch(url, { method: 'POST', body, headers });
    return response.status;
  }

  async function signed(body: string, more: Partial<SignatureV4Init> = {}, signingDate = new Date()) {
    const signer = new SignatureV4({
      service: 'execute-api',
      region: aws.region,
      credentials: aws.credentials,
      sha256: aws.sha256,
      ...more,
    });
    const { protocol, host, hostname, pathname } = url;
    const { headers } = await signer.sign(
      {
        method: 'POST',
        protocol,
        hostname,
        path: pathname,
        query: {},
        headers: { host, 'content-type': 'application/json' },
        body,
      },
      { signingDate },
    );
    return headers;
  }

  const request = JSON.stringify({ relayId: 'conformance' });
  const stranger = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'unknown' };
  const forger = { ...config.aws, secretAccessKey: 'guessed' };

  it('lets in who signs, and hands on who that is', async () => {
    expect(await ask(request, await signed(request))).toBe(201);
  });

  it('refuses everybody else', async () => {
    const json = { 'content-type': 'application/json' };
    const refused = {
      nobody: json,
      'a token': { ...json, authorization: 'Bearer nonsense' },
      'a stranger': await signed(request, { credentials: stranger }),
      'a forger': await signed(request, { credentials: forger }),
      'another service': await signed(request, { service: 'events' }),
      'what was signed long ago': await signed(request, {}, new Date(Date.now() - 3_600_000)),
      'what was signed for other words': await signed('{"relayId":"another"}'),
    };
    for (const [who, headers] of Object.entries(refused)) {
      expect({ who, status: await ask(request, headers) }).toEqual({ who, status: 403 });
    }
  });
});

describe('the table', () => {
  it('forgets what is past its time', async () => {
    const dynamodb = new DynamoDBClient(client);
    const { TimeToLiveDescription } = await dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName: system.outputs.TableName }),
    );
    expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED' });
    dynamodb.destroy();
  });
});
