import type { AgentList } from '#core/contracts/events.ts';
import { AGENTS_PARTITION } from '#core/table-layout.ts';
import { agentListItem, agentListOf } from './items.ts';
import { newestParts, putNewest } from './newest-reports.ts';
import type { Table } from './table.ts';

/** Each relay's last list of logged-in agents, in DynamoDB; kept for a day. */
export class AgentListTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Stores a list unless a newer one of the same part is stored. */
  async put(list: AgentList): Promise<void> {
    await putNewest(this.#table, agentListItem(list), 'listedAt');
  }

  /** The newest list of every relay, all its parts. */
  async all(): Promise<AgentList[]> {
    return newestParts(this.#table, AGENTS_PARTITION, agentListOf, ({ listedAt }) => listedAt);
  }
}
