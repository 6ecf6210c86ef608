import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Topic } from '#core/views.ts';
import { isConflict, queryAll, type Table } from './table.ts';

/** Who opened a connection. */
export interface Person {
  readonly sub: string;
  readonly groups: string[];
}

/** API Gateway closes a WebSocket after two hours; rows of one that died unseen go soon after. */
const CONNECTION_TTL_S = 3 * 3600;

const connectionKey = (connectionId: string) => ({ PK: `CONN#${connectionId}`, SK: 'CONN' });
const topicKey = (topic: Topic, connectionId: string) => ({ PK: `TOPIC#${topic}`, SK: `CONN#${connectionId}` });
const ticketKey = (ticket: string) => ({ PK: `TICKET#${ticket}`, SK: 'TICKET' });

/** Tickets, connections and what each connection watches, in DynamoDB. */
export class Viewers {
  readonly #table: Table;
  readonly #now: () => number;

  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** Keeps a ticket that opens one connection until `expiresAt` (epoch ms). */
  async issueTicket(ticket: string, person: Person, expiresAt: number): Promise<void> {
    await this.#put({ ...ticketKey(ticket), ...person, validUntil: expiresAt, expiresAt: this.#ttl(60) });
  }

  /** Who a ticket was for; undefined when it is unknown, too old or used. It works once. */
  async consumeTicket(ticket: string): Promise<Person | undefined> {
    try {
      const { Attributes } = await this.#table.client.send(
        new DeleteCommand({
          TableName: this.#table.name,
          Key: ticketKey(ticket),
          ConditionExpression: 'validUntil > :now',
          ExpressionAttributeValues: { ':now': this.#now() },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return Attributes && { sub: String(Attributes.sub), groups: Attributes.groups as string[] };
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  }

  async connect(connectionId: string, person: Person): Promise<void> {
    await this.#put({ ...connectionKey(connectionId), ...person, expiresAt: this.#ttl(CONNECTION_TTL_S) });
  }

  /** Forgets a connection and all it watched; `topic` is one its own row may not name. */
  async disconnect(connectionId: string, topic?: Topic): Promise<void> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: connectionKey(connectionId), ConsistentRead: true }),
    );
    const topics = new Set([...((Item?.topics ?? []) as Iterable<Topic>), ...(topic ? [topic] : [])]);
    const keys = [...topics].map((watched) => topicKey(watched, connectionId));
    await Promise.all([...keys, connectionKey(connectionId)].map((key) => this.#delete(key)));
  }

  /** Whether it is subscribed now; false when the connection is no longer known. */
  async subscribe(connectionId: string, topic: Topic): Promise<boolean> {
    const known = await this.#amend(connectionId, 'ADD', topic);
    if (known) await this.#put({ ...topicKey(topic, connectionId), expiresAt: this.#ttl(CONNECTION_TTL_S) });
    return known;
  }

  async unsubscribe(connectionId: string, topic: Topic): Promise<void> {
    await this.#delete(topicKey(topic, connectionId));
    await this.#amend(connectionId, 'DELETE', topic);
  }

  /** The connections that watch a topic (strongly consistent: who was told "subscribed" misses nothing). */
  async of(topic: Topic): Promise<string[]> {
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': `TOPIC#${topic}` },
      ProjectionExpression: 'SK',
      ConsistentRead: true,
    });
    return items.map(({ SK }) => String(SK).slice('CONN#'.length));
  }

  async #amend(connectionId: string, verb: 'ADD' | 'DELETE', topic: Topic): Promise<boolean> {
    try {
      await this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: connectionKey(connectionId),
          UpdateExpression: `${verb} topics :topic`,
          ConditionExpression: 'attribute_exists(PK)',
          ExpressionAttributeValues: { ':topic': new Set([topic]) },
        }),
      );
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }

  async #put(item: Record<string, unknown>): Promise<void> {
    await this.#table.client.send(new PutCommand({ TableName: this.#table.name, Item: item }));
  }

  async #delete(key: Record<string, string>): Promise<void> {
    await this.#table.client.send(new DeleteCommand({ TableName: this.#table.name, Key: key }));
  }

  #ttl(seconds: number): number {
    return Math.floor(this.#now() / 1000) + seconds;
  }
}
