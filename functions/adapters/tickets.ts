import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { meSchema } from '#core/contracts/http/me.ts';
import { relayIdSchema } from '#core/contracts/relay-identity.ts';
import { ticketKey } from '#core/table-layout.ts';
import { isConflict, updateIf, type Table } from './table.ts';

/** Who holds a ticket: a person, who may subscribe, or a relay, which may send relay messages. */
export const holderSchema = z.union([
  /** `asOf`: when the access of `me` was known to be so. */
  z.object({ me: meSchema, asOf: z.number().default(0) }),
  z.object({ relayId: relayIdSchema }),
]);
export type Holder = z.infer<typeof holderSchema>;

/** A ticket as it is presented; what is longer was never issued, and would be no key of the table. */
export const ticketTextSchema = z.string().regex(/^[\w-]{1,128}$/);

/** A ticket is deleted this long after it expired. */
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
      new PutCommand({
        TableName: this.#table.name,
        Item: { ...ticketKey(ticket), ...holderSchema.parse(holder), validUntil, expiresAt },
      }),
    );
  }

  /** Uses a ticket up and returns its holder; undefined if it is unknown, expired or used. */
  async consume(ticket: string): Promise<Holder | undefined> {
    const attributes = await updateIf(
      this.#table,
      ticketKey(ticket),
      'SET usedAt = :now',
      'validUntil > :now AND attribute_not_exists(usedAt)',
      { ':now': this.#now() },
    );
    return attributes && holderSchema.parse(attributes);
  }

  /** Deletes a ticket that was used and returns its holder; undefined if it is unknown or was not used. */
  async remove(ticket: string): Promise<Holder | undefined> {
    try {
      const { Attributes } = await this.#table.client.send(
        new DeleteCommand({
          TableName: this.#table.name,
          Key: ticketKey(ticket),
          ConditionExpression: 'attribute_exists(usedAt)',
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
