import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { itemBytes } from '../../functions/adapters/item-bytes.ts';
import { agentListOf, entityOf, type Item } from '../../functions/adapters/items.ts';
import { parseRule } from '#core/rules/parse.ts';
import { sortKeyPrefixes } from '#core/table-layout.ts';
import type { Table } from '../../functions/adapters/table.ts';

/** Rows of a table that no reader reads, and the largest of all rows. */
interface RowFindings {
  readonly rows: number;
  readonly unreadable: string[];
  readonly largest: { bytes: number; key: string };
}

/** Reads and weighs every row of a table. */
export async function inspectRows(table: Table): Promise<RowFindings> {
  const unreadable: string[] = [];
  let rows = 0;
  let largest = { bytes: 0, key: '' };
  for await (const { Items = [] } of paginateScan({ client: table.client }, { TableName: table.name })) {
    for (const item of Items) {
      rows++;
      const key = `${String(item.PK)} ${String(item.SK)}`;
      const bytes = itemBytes(item);
      if (bytes > largest.bytes) largest = { bytes, key };
      if (!isReadable(item)) unreadable.push(key);
    }
  }
  return { rows, unreadable, largest };
}

function isReadable(item: Item): boolean {
  try {
    const sortKey = String(item.SK);
    if (sortKey.startsWith(sortKeyPrefixes.agentList)) agentListOf(item);
    else if ([sortKeyPrefixes.rule, sortKeyPrefixes.ruleVersion].some((prefix) => sortKey.startsWith(prefix))) {
      return 'rule' in parseRule(item);
    } else entityOf(item);
    return true;
  } catch {
    return false;
  }
}
