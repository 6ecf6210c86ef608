import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { levelSchema } from '#core/alert.ts';
import { countSchema } from '#core/fields.ts';
import type { NoticeLimit } from '#core/notice-limit.ts';
import { expiryOf, heldNoticesKey, heldNoticesPartition, TIME_TO_LIVE } from '#core/table-layout.ts';
import { readableRows } from './rows.ts';
import { queryAll, type Table } from './table.ts';

/** How many notices of one rule and level were held back in the span of one summary, by the limit that did it. */
const heldNoticesSchema = z.object({
  level: levelSchema,
  ruleId: z.string(),
  ruleName: z.string(),
  byRule: countSchema.default(0),
  byCall: countSchema.default(0),
  byFloor: countSchema.default(0),
});
export type HeldNotices = z.infer<typeof heldNoticesSchema>;

const counters = { rule: 'byRule', call: 'byCall', floor: 'byFloor' } as const satisfies Record<
  NoticeLimit,
  keyof HeldNotices
>;

/** Notices that were held back, counted in DynamoDB until their summary is sent, and for a day. */
export class HeldNoticeTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Counts one notice for the summary that is due at an instant (epoch ms). Any number of writers may do so at once. */
  async add(
    dueAt: number,
    { level, ruleId, ruleName }: Pick<HeldNotices, 'level' | 'ruleId' | 'ruleName'>,
    heldBy: NoticeLimit,
  ): Promise<void> {
    await this.#table.client.send(
      new UpdateCommand({
        TableName: this.#table.name,
        Key: heldNoticesKey({ dueAt, level, ruleId }),
        UpdateExpression: 'SET #level = :level, ruleId = :ruleId, ruleName = :ruleName, #expiry = :expiry ADD #by :one',
        ExpressionAttributeNames: { '#level': 'level', '#expiry': TIME_TO_LIVE, '#by': counters[heldBy] },
        ExpressionAttributeValues: {
          ':level': level,
          ':ruleId': ruleId,
          ':ruleName': ruleName,
          ':expiry': expiryOf(dueAt, 1),
          ':one': 1,
        },
      }),
    );
  }

  /** What the summary counts that is due at an instant (strongly consistent). */
  async of(dueAt: number): Promise<HeldNotices[]> {
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': heldNoticesPartition(dueAt) },
      ConsistentRead: true,
    });
    return readableRows(items, (item) => heldNoticesSchema.parse(item));
  }
}
