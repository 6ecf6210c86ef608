import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { meSchema, type Me } from '#core/contracts/http/me.ts';
import { accessSchema, type KnownAccess } from '#core/people.ts';
import type { Topic } from '#core/contracts/live.ts';
import { connectionKey, sortKeyPrefixes, subscriptionKey, TIME_TO_LIVE, topicPartition } from '#core/table-layout.ts';
import { countMessage } from './message-count.ts';
import { queryAll, updateIf, type Table } from './table.ts';

/** A person, and when their access was known to be so; in a row of an older version never. */
const knownMeSchema = z.object({ me: meSchema, asOf: z.number().default(0) });
type KnownMe = z.infer<typeof knownMeSchema>;

/** A connection that is subscribed to a topic, whose it is, and the access that they had then. */
export interface Viewer extends KnownAccess {
  readonly connectionId: string;
  /** Undefined in a row of an older version. */
  readonly sub: string | undefined;
}

const viewerSchema = z.object({ sub: z.string(), asOf: z.number(), access: accessSchema });

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

  /** @param asOf when the access of `me` was known to be so, epoch ms */
  async connect(connectionId: string, me: Me, asOf: number): Promise<void> {
    await this.#put({ ...connectionKey(connectionId), me, asOf, [TIME_TO_LIVE]: this.#ttl(CONNECTION_TTL_S) });
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
  async countMessage(connectionId: string, intervalMs: number): Promise<(KnownMe & { messages: number }) | undefined> {
    const attributes = await countMessage(
      this.#table,
      connectionKey(connectionId),
      Math.floor(this.#now() / intervalMs),
    );
    return attributes && { ...knownMeSchema.parse(attributes), messages: Number(attributes.messages) };
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
    const { me, asOf } = knownMeSchema.parse(attributes);
    await this.#put({
      ...subscriptionKey(topic, connectionId),
      ...({ sub: me.person.sub, asOf, access: accessSchema.parse(me) } satisfies z.infer<typeof viewerSchema>),
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
      ProjectionExpression: 'SK, #sub, asOf, #access',
      ExpressionAttributeNames: { '#sub': 'sub', '#access': 'access' },
      ConsistentRead: true,
    });
    return items.map((item) => ({
      connectionId: String(item.SK).slice(sortKeyPrefixes.connection.length),
      ...(viewerSchema.safeParse(item).data ?? { sub: undefined, asOf: 0, access: undefined }),
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
