import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { paceKey } from '#core/table-layout.ts';
import { isConflict, type Table } from './table.ts';

/** Spaces concurrent senders out in time: each reserves the next free slot of a shared pace. */
export class Pace {
  readonly #table: Table;
  readonly #name: string;
  readonly #intervalMs: number;
  readonly #now: () => number;

  constructor(table: Table, name: string, intervalMs: number, now: () => number = Date.now) {
    this.#table = table;
    this.#name = name;
    this.#intervalMs = intervalMs;
    this.#now = now;
  }

  /** Reserves a slot (epoch ms): no other is nearer than the interval. */
  async reserve(): Promise<number> {
    const now = this.#now();
    // One request under contention, two when idle.
    const next =
      (await this.#update('SET nextAt = nextAt + :interval', 'nextAt > :now', {
        ':interval': this.#intervalMs,
        ':now': now,
      })) ??
      (await this.#update('SET nextAt = :next', 'attribute_not_exists(nextAt) OR nextAt <= :now', {
        ':next': now + this.#intervalMs,
        ':now': now,
      }));
    return next === undefined ? this.reserve() : next - this.#intervalMs;
  }

  /** The slot after the reserved one; undefined if the condition does not hold. */
  async #update(update: string, condition: string, values: Record<string, number>): Promise<number | undefined> {
    try {
      const { Attributes } = await this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: paceKey(this.#name),
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.['nextAt']);
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  }
}
