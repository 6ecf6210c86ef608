import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayRequestAuthorizerEvent,
} from 'aws-lambda';
import { z } from 'zod';
import { CallTable } from '../adapters/call-table.ts';
import { Monitors } from '../adapters/monitors.ts';
import { RelayConnections } from '../adapters/relay-connections.ts';
import { openTable } from '../adapters/table.ts';
import { relayIdSchema } from '#core/contracts/relay-identity.ts';
import { Tickets, ticketTextSchema, type Holder } from '../adapters/tickets.ts';
import { openPeople } from '../adapters/user-pool.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { replyTo, type Reply } from './reply.ts';
import { receiveFromRelay, watchCall } from './relay.ts';

const REPLY_TIMEOUT_MS = 2000;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'USER_POOL_ID');
const table = openTable(env.TABLE_NAME);
const tickets = new Tickets(table);
const stored = {
  viewers: new Viewers(table),
  people: openPeople(table, env.USER_POOL_ID),
  relayConnections: new RelayConnections(table),
  monitors: new Monitors(table, env.RETENTION_DAYS),
  calls: new CallTable(table, env.RETENTION_DAYS),
  now: Date.now,
};

/**
 * The authorizer's context, which API Gateway adds to every event of the connection, as strings: the relay, or the used
 * ticket of a person. It has room for 8 KB, which the names of what a person may see can exceed: they stay in the table.
 */
const contextSchema = z.union([z.object({ relayId: relayIdSchema }), z.object({ ticket: ticketTextSchema })]);
type Context = z.infer<typeof contextSchema>;

type WebSocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { authorizer?: unknown }
>;

/** Authorizes a connection by its ticket, which works once. */
export async function authorize(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const ticket = ticketTextSchema.safeParse(event.queryStringParameters?.['ticket']).data;
  const holder = ticket === undefined ? undefined : await tickets.consume(ticket);
  if (!holder) log.info('ticket refused');
  return {
    principalId: holder ? nameOf(holder) : 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: holder ? 'Allow' : 'Deny', Resource: event.methodArn }],
    },
    ...(holder && ticket !== undefined && { context: contextOf(holder, ticket) }),
  };
}

function contextOf(holder: Holder, ticket: string): Context {
  return 'relayId' in holder ? { relayId: holder.relayId } : { ticket };
}

function nameOf(holder: Holder): string {
  return 'me' in holder ? holder.me.person.sub : holder.relayId;
}

/** Handles the events of a connection: opened, each message, closed. */
export async function handler(event: WebSocketEvent): Promise<APIGatewayProxyResultV2> {
  const { connectionId, eventType, authorizer } = event.requestContext;
  const context = contextSchema.parse(authorizer);
  const isServed =
    'relayId' in context ? await serveRelay(event, context.relayId) : await servePerson(event, context.ticket);
  log.debug('connection served', { connectionId, eventType });
  return { statusCode: isServed ? 200 : 403 };
}

/** @returns whether the connection may be */
async function servePerson({ requestContext, body = '' }: WebSocketEvent, ticket: string): Promise<boolean> {
  const { connectionId, eventType } = requestContext;
  switch (eventType) {
    case 'CONNECT': {
      const holder = await tickets.remove(ticket);
      if (!holder || !('me' in holder)) return false;
      await stored.viewers.connect(connectionId, holder.me, holder.asOf);
      break;
    }
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
  return true;
}

async function serveRelay({ requestContext, body = '' }: WebSocketEvent, relayId: string): Promise<boolean> {
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
  return true;
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
    log.warn('connection closed', { connectionId, reason: message.type === 'error' ? message.code : message.type });
    await webSocket().close(connectionId);
  }
}
