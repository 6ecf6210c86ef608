import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { monitorSchema, type Monitor, type RingOutcome } from '#core/monitor.ts';
import { expiryOf, monitorKey, TIME_TO_LIVE } from '#core/table-layout.ts';
import { readableRows } from './rows.ts';
import { queryAll, updateIf, type Table } from './table.ts';

/** Requests to join a call, stored with it in DynamoDB, whose stream pushes them to the call's viewers. */
export class Monitors {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  async put(monitor: Monitor): Promise<void> {
    const expiresAt = expiryOf(monitor.requestedAt, this.#retentionDays);
    await this.#table.client.send(
      new PutCommand({
        TableName: this.#table.name,
        Item: { ...monitorKey(monitor), ...monitorSchema.parse(monitor), [TIME_TO_LIVE]: expiresAt },
      }),
    );
  }

  /** The requests of a call (strongly consistent), in no particular order. */
  async ofCall(callId: string): Promise<Monitor[]> {
    const { PK, SK } = monitorKey({ callId, requestId: '' });
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :monitors)',
      ExpressionAttributeValues: { ':pk': PK, ':monitors': SK },
      ConsistentRead: true,
    });
    return readableRows(items, (item) => monitorSchema.parse(item));
  }

  /**
   * Stores the outcome of a request; the first one wins.
   * @returns the updated request; undefined if no such request is waiting for its outcome
   */
  async settle(
    { callId, requestId }: Pick<Monitor, 'callId' | 'requestId'>,
    outcome: RingOutcome,
    outcomeAt: number,
  ): Promise<Monitor | undefined> {
    const settled = await updateIf(
      this.#table,
      monitorKey({ callId, requestId }),
      'SET outcome = :outcome, outcomeAt = :outcomeAt',
      'outcome = :requested',
      { ':outcome': outcome, ':outcomeAt': outcomeAt, ':requested': 'requested' satisfies RingOutcome },
    );
    return settled && monitorSchema.parse(settled);
  }
}
