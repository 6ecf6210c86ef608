import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { callerOf, earlierCallSchema, type EarlierCall } from '#core/call/earlier-call.ts';
import { callerCallKey, callerPartition, callKey, expiryOf, TIME_TO_LIVE } from '#core/table-layout.ts';
import { readableRows } from './rows.ts';
import { isConditionFailed, type Table } from './table.ts';

/** The past calls of each caller, in DynamoDB. */
export class CallerTable {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /** Stores a past call with its caller, over what was stored of it; nothing where the call was deleted or nobody is known. */
  async put(call: EarlierCall): Promise<void> {
    const caller = callerOf(call.caller?.number);
    if (caller === undefined) return;
    const TableName = this.#table.name;
    const Item = {
      ...callerCallKey(caller, call),
      ...earlierCallSchema.parse(call),
      [TIME_TO_LIVE]: expiryOf(call.startedAt, this.#retentionDays),
    };
    const isStored = { ConditionExpression: 'attribute_exists(PK)' };
    try {
      await this.#table.client.send(
        new TransactWriteCommand({
          TransactItems: [
            { ConditionCheck: { TableName, Key: callKey(call.callId), ...isStored } },
            { Put: { TableName, Item } },
          ],
        }),
      );
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
    }
  }

  /** A caller's calls that started before an instant (epoch ms), the newest first. */
  async before(number: string, startedAt: number, limit: number): Promise<EarlierCall[]> {
    const caller = callerOf(number);
    if (caller === undefined) return [];
    const { SK } = callerCallKey(caller, { callId: '', startedAt });
    const { Items = [] } = await this.#table.client.send(
      new QueryCommand({
        TableName: this.#table.name,
        KeyConditionExpression: 'PK = :pk AND SK < :before',
        ExpressionAttributeValues: { ':pk': callerPartition(caller), ':before': SK },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    // A call whose start was corrected has a row for each.
    const newest = new Map(
      readableRows(Items, (item) => earlierCallSchema.parse(item)).map((call) => [call.callId, call]),
    );
    return [...newest.values()];
  }
}
