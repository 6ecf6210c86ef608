import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RelayReport } from '#core/views.ts';
import { reportItem, reportOf } from './items.ts';
import { isConflict, queryAll, type Table } from './table.ts';

/** The last report of each relay, in DynamoDB; a report of more than 50 calls has several parts. */
export class RelayTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Keeps a report unless a newer one of the same part is kept. */
  async put(report: RelayReport): Promise<void> {
    try {
      await this.#table.client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: reportItem(report),
          ConditionExpression: 'attribute_not_exists(PK) OR tickedAt < :tickedAt',
          ExpressionAttributeValues: { ':tickedAt': report.tickedAt },
        }),
      );
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }

  /** The newest report of every relay; parts that its last report no longer has are left out. */
  async all(): Promise<RelayReport[]> {
    const items = await queryAll(this.#table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': 'RELAYS' },
    });
    const reports = items.map(reportOf);
    return reports.filter(({ relayId, part }) => {
      const newest = reports
        .filter((other) => other.relayId === relayId)
        .reduce((a, b) => (b.tickedAt > a.tickedAt ? b : a));
      return part <= newest.parts;
    });
  }
}
