import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RelayCommand } from '#core/contracts/control.ts';
import { relayConnectionKey } from '#core/table-layout.ts';
import { countMessage } from './message-count.ts';
import { isConflict, type Table } from './table.ts';
import type { Delivery, WebSocketApi } from './web-socket.ts';

/** API Gateway closes a WebSocket after two hours; the row of one whose disconnect was missed expires soon after. */
const CONNECTION_TTL_S = 3 * 3600;

/** The connection of each relay, in DynamoDB; of several, the one that was opened last. */
export class RelayConnections {
  readonly #table: Table;
  readonly #now: () => number;

  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** @param connectedAt when the connection was opened; a newer stored one is not replaced */
  async connect(relayId: string, connectionId: string, connectedAt: number): Promise<void> {
    const expiresAt = Math.floor(this.#now() / 1000) + CONNECTION_TTL_S;
    await unlessConflict(
      this.#table.client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: { ...relayConnectionKey(relayId), connectionId, connectedAt, expiresAt },
          ConditionExpression: 'attribute_not_exists(PK) OR connectedAt <= :connectedAt',
          ExpressionAttributeValues: { ':connectedAt': connectedAt },
        }),
      ),
    );
  }

  /** Removes a connection, unless the relay has opened another one since. */
  async disconnect(relayId: string, connectionId: string): Promise<void> {
    await unlessConflict(
      this.#table.client.send(
        new DeleteCommand({
          TableName: this.#table.name,
          Key: relayConnectionKey(relayId),
          ConditionExpression: 'connectionId = :connectionId',
          ExpressionAttributeValues: { ':connectionId': connectionId },
        }),
      ),
    );
  }

  /** A relay's connection (strongly consistent); undefined if it has none. */
  async of(relayId: string): Promise<string | undefined> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: relayConnectionKey(relayId), ConsistentRead: true }),
    );
    return Item && String(Item.connectionId);
  }

  /** Counts a message of a relay and returns how many it sent in the current interval; 0 if it has no connection. */
  async countMessage(relayId: string, intervalMs: number): Promise<number> {
    const row = await countMessage(this.#table, relayConnectionKey(relayId), Math.floor(this.#now() / intervalMs));
    return Number(row?.messages ?? 0);
  }
}

/** What {@link sendToRelay} depends on. */
export interface SendToRelayDependencies {
  readonly relayConnections: Pick<RelayConnections, 'of' | 'disconnect'>;
  readonly webSocket: Pick<WebSocketApi, 'post'>;
}

/** Sends a command to a relay over its connection; `gone` if it has none. */
export async function sendToRelay(
  relayId: string,
  command: RelayCommand,
  { relayConnections, webSocket }: SendToRelayDependencies,
): Promise<Delivery> {
  const connectionId = await relayConnections.of(relayId);
  if (connectionId === undefined) return 'gone';
  const delivery = await webSocket.post(connectionId, JSON.stringify(command));
  if (delivery === 'gone') await relayConnections.disconnect(relayId, connectionId);
  return delivery;
}

async function unlessConflict(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}
