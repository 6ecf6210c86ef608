import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { recapSchema, type Recap } from '#core/recap/recap.ts';
import { callKey, recapKey, recordKey } from '#core/table-layout.ts';
import { recapAttributes, recapItem } from './items.ts';
import { readableRows } from './rows.ts';
import { isConditionFailed, type Table } from './table.ts';

/** A call, as far as its recap is stored with it. */
interface Call {
  readonly callId: string;
  /** Epoch ms; part of the key of its row in the history. */
  readonly startedAt: number;
}

/** Recaps of calls, in DynamoDB. */
export class RecapTable {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /** The stored recap; undefined where there is none, or it cannot be read. */
  async load(callId: string, { isFinal }: { isFinal: boolean }): Promise<Recap | undefined> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: recapKey(callId, { isFinal }), ConsistentRead: true }),
    );
    return Item && readableRows([Item], (item) => recapSchema.parse(item))[0];
  }

  /** Stores the catch-up of a live call, over the one before. */
  async putCatchUp(call: Call, recap: Recap): Promise<void> {
    await this.#table.client.send(
      new PutCommand({ TableName: this.#table.name, Item: recapItem(call, recap, this.#retentionDays) }),
    );
  }

  /**
   * Stores the recap of a call that is over, with its row in the history.
   * @param topics what the customer talked about; see `keyphrasesOf`
   * @returns false where the call or its row is not stored any more: somebody deleted it
   */
  async putFinal(call: Call, recap: Recap, topics: readonly string[]): Promise<boolean> {
    const TableName = this.#table.name;
    const isStored = { ConditionExpression: 'attribute_exists(PK)' };
    const added = Object.entries(recapAttributes(recap, topics));
    try {
      await this.#table.client.send(
        new TransactWriteCommand({
          TransactItems: [
            { ConditionCheck: { TableName, Key: callKey(call.callId), ...isStored } },
            { Put: { TableName, Item: recapItem(call, recap, this.#retentionDays) } },
            {
              Update: {
                TableName,
                Key: recordKey(call),
                ...isStored,
                UpdateExpression: `SET ${added.map(([name]) => `#${name} = :${name}`).join(', ')}`,
                ExpressionAttributeNames: Object.fromEntries(added.map(([name]) => [`#${name}`, name])),
                ExpressionAttributeValues: Object.fromEntries(added.map(([name, value]) => [`:${name}`, value])),
              },
            },
          ],
        }),
      );
      return true;
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return false;
    }
  }
}
