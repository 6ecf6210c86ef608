import type { RelayReport } from '#core/contracts/events.ts';
import { RELAYS_PARTITION } from '#core/table-layout.ts';
import { reportItem, reportOf } from './items.ts';
import { newestParts, putNewest } from './newest-reports.ts';
import type { Table } from './table.ts';

/** The last report of each relay, in DynamoDB; a report of more than 50 calls has several parts. */
export class RelayTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Stores a report unless a newer one of the same part is stored. */
  async put(report: RelayReport): Promise<void> {
    await putNewest(this.#table, reportItem(report), 'tickedAt');
  }

  /** The newest report of every relay, all its parts. */
  async all(): Promise<RelayReport[]> {
    return newestParts(this.#table, RELAYS_PARTITION, reportOf, ({ tickedAt }) => tickedAt);
  }
}
