import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { paceKey } from '#core/table-layout.ts';
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
    // Where many want a moment, the next one is taken by one request; where it is quiet, by two.
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

  /** The moment after ours; undefined where the condition does not hold. */
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
