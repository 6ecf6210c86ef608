import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './items.ts';
import { readableRows } from './rows.ts';
import { isConflict, queryAll, type Table } from './table.ts';

/** One part of a relay's periodic report. */
interface Part {
  readonly relayId: string;
  readonly part: number;
  readonly parts: number;
}

/** Stores a part unless a newer one (by `field`) is stored. */
export async function putNewest(table: Table, item: Item, field: string): Promise<void> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(PK) OR #reportedAt < :reportedAt',
        ExpressionAttributeNames: { '#reportedAt': field },
        ExpressionAttributeValues: { ':reportedAt': item[field] as number },
      }),
    );
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

/** The parts of every relay's newest report, without leftovers of an older one with more parts. */
export async function newestParts<P extends Part>(
  table: Table,
  partition: string,
  parse: (item: Item) => P,
  reportedAt: (part: P) => number,
): Promise<P[]> {
  const items = await queryAll(table, {
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: { ':pk': partition },
  });
  const all = readableRows(items, parse);
  return all.filter(({ relayId, part }) => {
    const newest = all
      .filter((other) => other.relayId === relayId)
      .reduce((a, b) => (reportedAt(b) > reportedAt(a) ? b : a));
    return part <= newest.parts;
  });
}
