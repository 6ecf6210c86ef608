import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayRequestAuthorizerEvent,
} from 'aws-lambda';
import { z } from 'zod';
import type { ClientMessage, ServerMessage } from '#core/views.ts';
import { openTable } from '../adapters/table.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { parseClientMessage } from './messages.ts';

const ANSWER_TIMEOUT_MS = 2000;

const viewers = new Viewers(openTable(readEnv('TABLE_NAME').TABLE_NAME));

/** API Gateway hands on what the authorizer found as strings. */
const personSchema = z.object({ sub: z.string(), groups: z.string().transform((list) => list.split(' ')) });

type WebSocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { authorizer?: unknown }
>;

/** Lets a connection in for a ticket, which works once. */
export async function authorize(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const person = await viewers.consumeTicket(event.queryStringParameters?.['ticket'] ?? '');
  if (!person) log.info('ticket refused');
  return {
    principalId: person?.sub ?? 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: person ? 'Allow' : 'Deny', Resource: event.methodArn }],
    },
    ...(person && { context: { sub: person.sub, groups: person.groups.join(' ') } }),
  };
}

/** The life of a connection: opened, each message, closed. */
export async function handler(event: WebSocketEvent): Promise<APIGatewayProxyResultV2> {
  const { connectionId, eventType, authorizer } = event.requestContext;
  switch (eventType) {
    case 'CONNECT':
      await viewers.connect(connectionId, personSchema.parse(authorizer));
      break;
    case 'DISCONNECT':
      await viewers.disconnect(connectionId);
      break;
    case 'MESSAGE':
      await reply(connectionId, await answerTo(connectionId, event.body ?? ''));
      break;
  }
  log.info('connection served', { connectionId, eventType });
  return { statusCode: 200 };
}

async function answerTo(connectionId: string, frame: string): Promise<ServerMessage> {
  const parsed = parseClientMessage(frame);
  return 'error' in parsed ? parsed.error : obey(connectionId, parsed.message);
}

async function obey(connectionId: string, message: ClientMessage): Promise<ServerMessage> {
  switch (message.action) {
    case 'subscribe':
      return (await viewers.subscribe(connectionId, message.topic))
        ? { type: 'subscribed', topic: message.topic }
        : { type: 'error', code: 'not-connected', message: 'This connection is no longer known: reconnect.' };
    case 'unsubscribe':
      await viewers.unsubscribe(connectionId, message.topic);
      return { type: 'unsubscribed', topic: message.topic };
    case 'ping':
      return { type: 'pong' };
  }
}

let webSocket: WebSocketApi | undefined;

async function reply(connectionId: string, message: ServerMessage): Promise<void> {
  // The authorizer shares this file and has no callback address.
  webSocket ??= new WebSocketApi(readEnv('CALLBACK_URL').CALLBACK_URL, ANSWER_TIMEOUT_MS);
  const delivery = await webSocket.post(connectionId, JSON.stringify(message));
  if (delivery !== 'sent') log.warn('answer not delivered', { connectionId, delivery });
}
