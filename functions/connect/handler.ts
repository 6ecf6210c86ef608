import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayRequestAuthorizerEvent,
} from 'aws-lambda';
import { z } from 'zod';
import type { Me } from '#core/contracts/http/me.ts';
import { CallTable } from '../adapters/call-table.ts';
import { Monitors } from '../adapters/monitors.ts';
import { RelayConnections } from '../adapters/relay-connections.ts';
import { openTable } from '../adapters/table.ts';
import { holderSchema, Tickets, type Holder } from '../adapters/tickets.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { replyTo, type Reply } from './reply.ts';
import { receiveFromRelay, watchCall } from './relay.ts';

const REPLY_TIMEOUT_MS = 2000;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS');
const table = openTable(env.TABLE_NAME);
const tickets = new Tickets(table);
const stored = {
  viewers: new Viewers(table),
  relayConnections: new RelayConnections(table),
  monitors: new Monitors(table, env.RETENTION_DAYS),
  calls: new CallTable(table, env.RETENTION_DAYS),
  now: Date.now,
};

/** The authorizer's context, which API Gateway adds to every event of the connection, as strings. */
const contextSchema = z.object({ holder: z.string().transform((json) => holderSchema.parse(JSON.parse(json))) });

type WebSocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { authorizer?: unknown }
>;

/** Authorizes a connection by its ticket, which works once. */
export async function authorize(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const holder = await tickets.consume(event.queryStringParameters?.['ticket'] ?? '');
  if (!holder) log.info('ticket refused');
  return {
    principalId: holder ? nameOf(holder) : 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: holder ? 'Allow' : 'Deny', Resource: event.methodArn }],
    },
    ...(holder && { context: { holder: JSON.stringify(holder) } }),
  };
}

function nameOf(holder: Holder): string {
  return 'me' in holder ? holder.me.person.sub : holder.relayId;
}

/** Handles the events of a connection: opened, each message, closed. */
export async function handler(event: WebSocketEvent): Promise<APIGatewayProxyResultV2> {
  const { connectionId, eventType, authorizer } = event.requestContext;
  const { holder } = contextSchema.parse(authorizer);
  if ('me' in holder) await servePerson(event, holder.me);
  else await serveRelay(event, holder.relayId);
  log.debug('connection served', { connectionId, eventType });
  return { statusCode: 200 };
}

async function servePerson({ requestContext, body = '' }: WebSocketEvent, me: Me): Promise<void> {
  const { connectionId, eventType } = requestContext;
  switch (eventType) {
    case 'CONNECT':
      await stored.viewers.connect(connectionId, me);
      break;
    case 'DISCONNECT':
      await stored.viewers.disconnect(connectionId);
      break;
    case 'MESSAGE': {
      const reply = await replyTo(connectionId, body, stored);
      if (reply) await send(connectionId, reply);
      if (reply?.opened !== undefined) await watchCall(reply.opened, { ...stored, webSocket: webSocket() });
      break;
    }
  }
}

async function serveRelay({ requestContext, body = '' }: WebSocketEvent, relayId: string): Promise<void> {
  const { connectionId, connectedAt, eventType } = requestContext;
  switch (eventType) {
    case 'CONNECT':
      await stored.relayConnections.connect(relayId, connectionId, connectedAt);
      log.info('relay connected', { relayId, connectionId });
      break;
    case 'DISCONNECT':
      await stored.relayConnections.disconnect(relayId, connectionId);
      log.info('relay disconnected', { relayId, connectionId });
      break;
    case 'MESSAGE':
      await receiveFromRelay({ relayId, connectionId }, body, { ...stored, webSocket: webSocket() });
      break;
  }
}

let opened: WebSocketApi | undefined;

/** Opened on first use: the authorizer shares this file and has no callback address. */
function webSocket(): WebSocketApi {
  opened ??= new WebSocketApi(readEnv('CALLBACK_URL').CALLBACK_URL, REPLY_TIMEOUT_MS);
  return opened;
}

async function send(connectionId: string, { message, closes }: Reply): Promise<void> {
  const delivery = await webSocket().post(connectionId, JSON.stringify(message));
  if (delivery !== 'sent') log.warn('reply not delivered', { connectionId, delivery });
  if (closes) {
    log.warn('flooding connection closed', { connectionId });
    await webSocket().close(connectionId);
  }
}
