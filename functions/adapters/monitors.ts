import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { monitorSchema, type Monitor, type RingOutcome } from '#core/monitor.ts';
import { expiryOf, monitorKey, TIME_TO_LIVE } from '#core/table-layout.ts';
import { queryAll, updateIf, type Table } from './table.ts';

/** Requests to be on a call, kept with the call in DynamoDB; who watches the call is told of them by its stream. */
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
        Item: { ...monitorKey(monitor), ...monitor, [TIME_TO_LIVE]: expiresAt },
      }),
    );
  }

  /** The requests of a call (strongly consistent), in no order. */
  async ofCall(callId: string): Promise<Monitor[]> {
    const { PK, SK } = monitorKey({ callId, requestId: '' });
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :monitors)',
      ExpressionAttributeValues: { ':pk': PK, ':monitors': SK },
      ConsistentRead: true,
    });
    return items.map((item) => monitorSchema.parse(item));
  }

  /**
   * Keeps what became of a request; the first outcome stays.
   * @returns the request as it is then; undefined where no such request waits for its outcome
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
