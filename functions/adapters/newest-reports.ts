import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './items.ts';
import { isConflict, queryAll, type Table } from './table.ts';

/** One part of what a relay tells from time to time, all of it each time. */
interface Part {
  readonly relayId: string;
  readonly part: number;
  readonly parts: number;
}

/** Keeps a part unless one that was told later (by `field`) is kept. */
export async function putNewest(table: Table, item: Item, field: string): Promise<void> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(PK) OR #toldAt < :toldAt',
        ExpressionAttributeNames: { '#toldAt': field },
        ExpressionAttributeValues: { ':toldAt': item[field] as number },
      }),
    );
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

/** The parts of every relay's newest telling; those that it no longer has are left out. */
export async function newestParts<P extends Part>(
  table: Table,
  partition: string,
  parse: (item: Item) => P,
  toldAt: (part: P) => number,
): Promise<P[]> {
  const items = await queryAll(table, {
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: { ':pk': partition },
  });
  const all = items.map(parse);
  return all.filter(({ relayId, part }) => {
    const newest = all.filter((other) => other.relayId === relayId).reduce((a, b) => (toldAt(b) > toldAt(a) ? b : a));
    return part <= newest.parts;
  });
}
