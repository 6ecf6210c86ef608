import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { z } from 'zod';
import { systemSchema } from '#core/contracts/http/system.ts';
import { expiryOf, findingsKey, TIME_TO_LIVE } from '#core/table-layout.ts';
import type { Table } from './table.ts';

const findingsSchema = systemSchema.shape.pipeline.unwrap();
/** The findings of a self-check of the pipeline. */
export type PipelineFindings = z.infer<typeof findingsSchema>;

/** The findings of the pipeline's last self-check, in DynamoDB. */
export class PipelineTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async put(findings: PipelineFindings): Promise<void> {
    await this.#table.client.send(
      new PutCommand({
        TableName: this.#table.name,
        Item: { ...findingsKey, ...findings, [TIME_TO_LIVE]: expiryOf(findings.checkedAt, 1) },
      }),
    );
  }

  async load(): Promise<PipelineFindings | undefined> {
    const { Item } = await this.#table.client.send(new GetCommand({ TableName: this.#table.name, Key: findingsKey }));
    return Item && findingsSchema.parse(Item);
  }
}
