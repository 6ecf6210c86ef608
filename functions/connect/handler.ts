import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayRequestAuthorizerEvent,
} from 'aws-lambda';
import { z } from 'zod';
import { meSchema } from '#core/api.ts';
import { CallTable } from '../adapters/call-table.ts';
import { openTable } from '../adapters/table.ts';
import { Viewers } from '../adapters/viewers.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { answerTo, type Answer, type Peers } from './answer.ts';

const ANSWER_TIMEOUT_MS = 2000;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS');
const table = openTable(env.TABLE_NAME);
const viewers = new Viewers(table);
const peers: Peers = { viewers, calls: new CallTable(table, env.RETENTION_DAYS) };

/** API Gateway hands on what the authorizer found as strings. */
const contextSchema = z.object({ me: z.string().transform((json) => meSchema.parse(JSON.parse(json))) });

type WebSocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { authorizer?: unknown }
>;

/** Lets a connection in for a ticket, which works once. */
export async function authorize(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const me = await viewers.consumeTicket(event.queryStringParameters?.['ticket'] ?? '');
  if (!me) log.info('ticket refused');
  return {
    principalId: me?.person.sub ?? 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: me ? 'Allow' : 'Deny', Resource: event.methodArn }],
    },
    ...(me && { context: { me: JSON.stringify(me) } }),
  };
}

/** The life of a connection: opened, each message, closed. */
export async function handler(event: WebSocketEvent): Promise<APIGatewayProxyResultV2> {
  const { connectionId, eventType, authorizer } = event.requestContext;
  switch (eventType) {
    case 'CONNECT':
      await viewers.connect(connectionId, contextSchema.parse(authorizer).me);
      break;
    case 'DISCONNECT':
      await viewers.disconnect(connectionId);
      break;
    case 'MESSAGE': {
      const answer = await answerTo(connectionId, event.body ?? '', peers);
      if (answer) await give(connectionId, answer);
      break;
    }
  }
  log.info('connection served', { connectionId, eventType });
  return { statusCode: 200 };
}

let webSocket: WebSocketApi | undefined;

async function give(connectionId: string, { message, closes }: Answer): Promise<void> {
  // The authorizer shares this file and has no callback address.
  webSocket ??= new WebSocketApi(readEnv('CALLBACK_URL').CALLBACK_URL, ANSWER_TIMEOUT_MS);
  const delivery = await webSocket.post(connectionId, JSON.stringify(message));
  if (delivery !== 'sent') log.warn('answer not delivered', { connectionId, delivery });
  if (closes) {
    log.warn('flooding connection closed', { connectionId });
    await webSocket.close(connectionId);
  }
}
