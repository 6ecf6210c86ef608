import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { searchTextOf } from '#core/call/record.ts';
import { recapSchema, type Recap } from '#core/recap/recap.ts';
import { callKey, expiryOf, recapKey, recordKey, TIME_TO_LIVE } from '#core/table-layout.ts';
import { readableRows } from './rows.ts';
import { isConditionFailed, type Table } from './table.ts';

/** The attribute of a row of the history that the word search looks in, besides the words of the call. */
export const RECAP_WORDS = 'recapWords';

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
    await this.#table.client.send(new PutCommand({ TableName: this.#table.name, Item: this.#item(call, recap) }));
  }

  /**
   * Stores the recap of a call that is over, with its row in the history.
   * @returns false where the call or its row is not stored any more: somebody deleted it
   */
  async putFinal(call: Call, recap: Recap, topics: readonly string[]): Promise<boolean> {
    const TableName = this.#table.name;
    const reason = recap.sentences.find(({ section }) => section === 'reason')?.text;
    const { words } = searchTextOf(recap.sentences.map(({ text }) => text));
    const names = { '#at': 'recapAt', '#topics': 'topics', '#words': RECAP_WORDS, '#reason': 'reason' };
    try {
      await this.#table.client.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              ConditionCheck: {
                TableName,
                Key: callKey(call.callId),
                ConditionExpression: 'attribute_exists(PK)',
              },
            },
            { Put: { TableName, Item: this.#item(call, recap) } },
            {
              Update: {
                TableName,
                Key: recordKey(call),
                ConditionExpression: 'attribute_exists(PK)',
                UpdateExpression:
                  reason === undefined
                    ? 'SET #at = :at, #topics = :topics, #words = :words REMOVE #reason'
                    : 'SET #at = :at, #topics = :topics, #words = :words, #reason = :reason',
                ExpressionAttributeNames: names,
                ExpressionAttributeValues: {
                  ':at': recap.madeAt,
                  ':topics': topics,
                  ':words': words,
                  ...(reason !== undefined && { ':reason': reason }),
                },
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

  #item({ callId, startedAt }: Call, recap: Recap) {
    return {
      ...recapKey(callId, recap),
      ...recapSchema.parse(recap),
      [TIME_TO_LIVE]: expiryOf(startedAt, this.#retentionDays),
    };
  }
}
