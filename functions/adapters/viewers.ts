import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { meSchema, type Me } from '#core/contracts/http/me.ts';
import { restrictionSchema, type Restriction } from '#core/people.ts';
import type { Topic } from '#core/contracts/live.ts';
import { connectionKey, sortKeyPrefixes, subscriptionKey, TIME_TO_LIVE, topicPartition } from '#core/table-layout.ts';
import { countMessage } from './message-count.ts';
import { queryAll, updateIf, type Table } from './table.ts';

/** A connection that is subscribed to a topic, and which calls it may see: all without a restriction. */
export interface Viewer {
  readonly connectionId: string;
  readonly restriction?: Restriction;
}

/** API Gateway closes a WebSocket after two hours; rows of one whose disconnect was missed expire soon after. */
const CONNECTION_TTL_S = 3 * 3600;

/** Subscriptions of one connection; a page has the overview, alerts and an open call or two. */
export const MAX_TOPICS = 20;

/** The connections of people and their subscriptions, in DynamoDB. */
export class Viewers {
  readonly #table: Table;
  readonly #now: () => number;

  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  async connect(connectionId: string, me: Me): Promise<void> {
    await this.#put({ ...connectionKey(connectionId), me, [TIME_TO_LIVE]: this.#ttl(CONNECTION_TTL_S) });
  }

  /** Removes a connection and its subscriptions, also the one to `topic`, which its own row may lack. */
  async disconnect(connectionId: string, topic?: Topic): Promise<void> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: connectionKey(connectionId), ConsistentRead: true }),
    );
    const topics = new Set([...((Item?.topics ?? []) as Iterable<Topic>), ...(topic ? [topic] : [])]);
    const keys = [...topics].map((watched) => subscriptionKey(watched, connectionId));
    await Promise.all([...keys, connectionKey(connectionId)].map((key) => this.#delete(key)));
  }

  /**
   * Counts a message of a connection.
   * @returns who opened it, and how many messages it sent in the current interval; undefined if it is unknown
   */
  async countMessage(connectionId: string, intervalMs: number): Promise<{ me: Me; messages: number } | undefined> {
    const attributes = await countMessage(
      this.#table,
      connectionKey(connectionId),
      Math.floor(this.#now() / intervalMs),
    );
    return attributes && { me: meSchema.parse(attributes.me), messages: Number(attributes.messages) };
  }

  /** Returns false if the connection is unknown, or has `MAX_TOPICS` subscriptions already. */
  async subscribe(connectionId: string, topic: Topic): Promise<boolean> {
    const attributes = await updateIf(
      this.#table,
      connectionKey(connectionId),
      'ADD topics :topics',
      'attribute_exists(PK) AND (attribute_not_exists(topics) OR contains(topics, :topic) OR size(topics) < :most)',
      { ':topics': new Set([topic]), ':topic': topic, ':most': MAX_TOPICS },
    );
    if (!attributes) return false;
    const { restriction } = meSchema.parse(attributes.me);
    await this.#put({
      ...subscriptionKey(topic, connectionId),
      restriction,
      [TIME_TO_LIVE]: this.#ttl(CONNECTION_TTL_S),
    });
    return true;
  }

  async unsubscribe(connectionId: string, topic: Topic): Promise<void> {
    await this.#delete(subscriptionKey(topic, connectionId));
    const key = connectionKey(connectionId);
    await updateIf(this.#table, key, 'DELETE topics :topics', 'attribute_exists(PK)', { ':topics': new Set([topic]) });
  }

  /** The connections that are subscribed to a topic (strongly consistent: after `subscribed` nothing is missed). */
  async of(topic: Topic): Promise<Viewer[]> {
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': topicPartition(topic) },
      ProjectionExpression: 'SK, restriction',
      ConsistentRead: true,
    });
    return items.map(({ SK, restriction }) => ({
      connectionId: String(SK).slice(sortKeyPrefixes.connection.length),
      ...(restriction !== undefined && { restriction: restrictionSchema.parse(restriction) }),
    }));
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
