import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isConflict, type Table } from './table.ts';

/** Who must keep apart in time, though they run side by side, each take the next free moment of one pace. */
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

  /** The moment that is now ours (epoch ms): nobody else's is nearer than the interval. */
  async reserve(): Promise<number> {
    const now = this.#now();
    const fresh = { ':now': now, ':next': now + this.#intervalMs };
    if (await this.#update('SET nextAt = :next', 'attribute_not_exists(nextAt) OR nextAt <= :now', fresh)) return now;
    const nextAt = await this.#update('SET nextAt = nextAt + :interval', 'attribute_exists(nextAt)', {
      ':interval': this.#intervalMs,
    });
    return (nextAt ?? now + this.#intervalMs) - this.#intervalMs;
  }

  /** The moment after ours; undefined where the condition does not hold. */
  async #update(update: string, condition: string, values: Record<string, number>): Promise<number | undefined> {
    try {
      const { Attributes } = await this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: { PK: `PACE#${this.#name}`, SK: 'PACE' },
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
