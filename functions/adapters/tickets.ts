import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { meSchema } from '#core/contracts/http/me.ts';
import { relayTicketRequestSchema } from '#core/contracts/http/tickets.ts';
import { ticketKey } from '#core/table-layout.ts';
import { isConflict, type Table } from './table.ts';

/** Who holds a ticket: a person, who may subscribe, or a relay, which may send relay messages. */
export const holderSchema = z.union([
  z.object({ me: meSchema }),
  z.object({ relayId: relayTicketRequestSchema.shape.relayId }),
]);
export type Holder = z.infer<typeof holderSchema>;

/** An unused ticket is deleted this long after it expired. */
const TTL_S = 60;

/** Tickets that open one WebSocket each, in DynamoDB. */
export class Tickets {
  readonly #table: Table;
  readonly #now: () => number;

  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** Stores a ticket, valid until `validUntil` (epoch ms). */
  async issue(ticket: string, holder: Holder, validUntil: number): Promise<void> {
    const expiresAt = Math.floor(validUntil / 1000) + TTL_S;
    await this.#table.client.send(
      new PutCommand({ TableName: this.#table.name, Item: { ...ticketKey(ticket), ...holder, validUntil, expiresAt } }),
    );
  }

  /** Uses a ticket up and returns its holder; undefined if it is unknown, expired or used. */
  async consume(ticket: string): Promise<Holder | undefined> {
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
      return Attributes && holderSchema.parse(Attributes);
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  }
}
