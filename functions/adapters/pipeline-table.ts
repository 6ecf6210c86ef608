import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { z } from 'zod';
import { systemSchema } from '#core/contracts/http/system.ts';
import { leftOut } from '#core/kept.ts';
import { expiryOf, findingsKey, TIME_TO_LIVE } from '#core/table-layout.ts';
import type { Table } from './table.ts';

const findingsSchema = systemSchema.shape.pipeline.unwrap();
/** The findings of a self-check of the pipeline. */
export type PipelineFindings = z.infer<typeof findingsSchema>;

/** Unreadable calls that the findings name. */
const NAMED_CALLS = 50;

/** The findings of the pipeline's last self-check, in DynamoDB. */
export class PipelineTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async put({ unreadableCalls, ...findings }: PipelineFindings): Promise<void> {
    const moreUnreadableCalls = leftOut(Math.max(0, unreadableCalls.length - NAMED_CALLS));
    const kept = findingsSchema.parse({
      ...findings,
      unreadableCalls: unreadableCalls.slice(0, NAMED_CALLS),
      moreUnreadableCalls,
    });
    await this.#table.client.send(
      new PutCommand({
        TableName: this.#table.name,
        Item: { ...findingsKey, ...kept, [TIME_TO_LIVE]: expiryOf(kept.checkedAt, 1) },
      }),
    );
  }

  async load(): Promise<PipelineFindings | undefined> {
    const { Item } = await this.#table.client.send(new GetCommand({ TableName: this.#table.name, Key: findingsKey }));
    return Item && findingsSchema.parse(Item);
  }
}
