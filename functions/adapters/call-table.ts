import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type BatchGetCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { bySeq } from '#core/call/conflict.ts';
import type { CallState, ScoredUtterance } from '#core/call/state.ts';
import type { Monitor } from '#core/monitor.ts';
import type { CallRecord } from '#core/call/record.ts';
import type { Alert } from '#core/alert.ts';
import {
  alertItem,
  callItem,
  callOf,
  entityOf,
  isUnfinished,
  type Item,
  recordItem,
  utteranceItem,
  utteranceOf,
} from './items.ts';
import {
  activeShards,
  callIdOfPartition,
  callKey,
  endOf,
  INDEX_SORT_KEY,
  indexes,
  recordKey,
  sortKeyPrefixes,
  utteranceKey,
  type Key,
} from '#core/table-layout.ts';
import { readableRows, readRow } from './rows.ts';
import { isConflict, queryAll, queryEach, type Table } from './table.ts';

/** The call's state was written concurrently: load it again and fold anew. */
export class VersionConflictError extends Error {
  override readonly name = 'VersionConflictError';
  readonly retryable = true;
}

/** A call with its utterances, alerts and monitors. */
export interface StoredCall {
  readonly state: CallState;
  readonly utterances: ScoredUtterance[];
  readonly alerts: Alert[];
  readonly monitors: Monitor[];
}

/** A part of a call. */
export interface CallPart extends StoredCall {
  /** The key after which the rest is stored. */
  readonly last?: string;
}

/** A call's place among the live ones. */
export interface LivePlace {
  /** Its start, as it is indexed, epoch ms. */
  readonly at: number;
  readonly callId: string;
}

/** A call's row in the history, to be written. */
export interface HistoryEntry {
  readonly record: CallRecord;
  /** The text that the word search looks in; see `searchTextOf`. */
  readonly words: string;
  /** The start of the call as stored before: part of the old row's key. */
  readonly formerStartedAt?: number | undefined;
}

interface StatesOptions {
  readonly onUnreadable?: ((key: Key) => void) | undefined;
  readonly isConsistent?: boolean;
}

const BATCH_GET_LIMIT = 100;
/** Read side by side for a list. */
const STATES_AT_ONCE = 10 * BATCH_GET_LIMIT;

/** Calls, their utterances and their alerts, in DynamoDB. */
export class CallTable {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /**
   * Stores an utterance; the first one stored under a seq stays.
   * @returns whether there was none
   */
  async putUtterance(utterance: ScoredUtterance): Promise<boolean> {
    try {
      await this.#table.client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: utteranceItem(utterance, this.#retentionDays),
          ConditionExpression: 'attribute_not_exists(PK)',
        }),
      );
      return true;
    } catch (error) {
      if (!isConflict(error)) throw error;
      return false;
    }
  }

  /** How many utterances of a call are stored whose seq another one has (strongly consistent). */
  async conflictCount(callId: string): Promise<number> {
    const { Count = 0 } = await this.#table.client.send(
      new QueryCommand({
        TableName: this.#table.name,
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :conflicts)',
        ExpressionAttributeValues: { ':pk': callKey(callId).PK, ':conflicts': sortKeyPrefixes.conflict },
        ConsistentRead: true,
        Select: 'COUNT',
      }),
    );
    return Count;
  }

  /**
   * The call's state as last written (a strongly consistent read).
   * @throws UnreadableRowError
   */
  async load(callId: string): Promise<CallState | undefined> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: callKey(callId), ConsistentRead: true }),
    );
    return Item && readRow(Item, callOf);
  }

  /** Up to `most` stored utterances from a seq on, in order (strongly consistent). */
  async utterancesFrom(callId: string, seq: number, most: number): Promise<ScoredUtterance[]> {
    const { PK, SK } = utteranceKey(callId, seq);
    const { Items = [] } = await this.#table.client.send(
      new QueryCommand({
        TableName: this.#table.name,
        KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': PK, ':from': SK, ':to': endOf(sortKeyPrefixes.utterance) },
        ConsistentRead: true,
        Limit: most,
      }),
    );
    return readableRows(Items, utteranceOf);
  }

  /** The newest utterance of each of these calls; those that have none are left out. */
  async newestUtterances(callIds: readonly string[]): Promise<ScoredUtterance[]> {
    const pages = await Promise.all(
      callIds.map(async (callId) =>
        this.#table.client.send(
          new QueryCommand({
            TableName: this.#table.name,
            KeyConditionExpression: 'PK = :pk AND begins_with(SK, :utterances)',
            ExpressionAttributeValues: { ':pk': callKey(callId).PK, ':utterances': sortKeyPrefixes.utterance },
            ScanIndexForward: false,
            Limit: 1,
          }),
        ),
      ),
    );
    return pages.flatMap(({ Items = [] }) => readableRows(Items, utteranceOf));
  }

  /** One stored utterance (strongly consistent). */
  async utterance(callId: string, seq: number): Promise<ScoredUtterance | undefined> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: utteranceKey(callId, seq), ConsistentRead: true }),
    );
    return Item && readRow(Item, utteranceOf);
  }

  /**
   * Writes a state on top of version `state.version - 1` together with its new and changed alerts and its row in the
   * history, if any: all or nothing.
   * @throws VersionConflictError when the stored state is another version
   */
  async save(state: CallState, alerts: readonly Alert[], history?: HistoryEntry): Promise<void> {
    const put = {
      ...this.#put(callItem(state, this.#retentionDays)),
      ...(state.version === 1
        ? { ConditionExpression: 'attribute_not_exists(PK)' }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': state.version - 1 },
          }),
    };
    const others = [
      ...alerts.map((alert) => ({ Put: this.#put(alertItem(alert, this.#retentionDays)) })),
      ...(history ? this.#history(history) : []),
    ];
    try {
      // A transaction costs twice as much as a plain write: only alerts and the end of a call need one.
      await (others.length === 0
        ? this.#table.client.send(new PutCommand(put))
        : this.#table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...others] })));
    } catch (error) {
      if (isConflict(error)) throw new VersionConflictError('The call was written concurrently', { cause: error });
      throw error;
    }
  }

  #put(item: Item) {
    return { TableName: this.#table.name, Item: item };
  }

  #history({ record, words, formerStartedAt = record.startedAt }: HistoryEntry) {
    const former = recordKey({ ...record, startedAt: formerStartedAt });
    return [
      { Put: this.#put(recordItem(record, words, this.#retentionDays)) },
      // The start is part of the key: a row under the old one is deleted.
      ...(formerStartedAt === record.startedAt ? [] : [{ Delete: { TableName: this.#table.name, Key: former } }]),
    ];
  }

  /** The states of all live calls, the newest first. */
  async active(): Promise<CallState[]> {
    const states: CallState[] = [];
    for await (const { state } of this.activeAfter(undefined)) states.push(state);
    return states.sort((a, b) => b.startedAt - a.startedAt);
  }

  /** The states of live calls, the newest first, from a place on. */
  async *activeAfter(after: LivePlace | undefined): AsyncGenerator<{ state: CallState; place: LivePlace }> {
    const places = (await this.#unfinishedPlaces())
      .sort(byPlace)
      .filter((place) => !after || byPlace(after, place) < 0);
    for (let from = 0; from < places.length; from += STATES_AT_ONCE) {
      const some = places.slice(from, from + STATES_AT_ONCE);
      const states = await this.states(some.map(({ callId }) => callId));
      const known = new Map(states.map((state) => [state.callId, state]));
      for (const place of some) {
        const state = known.get(place.callId);
        if (state?.status === 'live') yield { state, place };
      }
    }
  }

  /**
   * The states of all unfinished calls: live ones, and ended ones that lack utterances.
   * @param onUnreadable receives the key of each that cannot be read
   */
  async unfinished(onUnreadable?: (key: Key) => void): Promise<CallState[]> {
    const places = await this.#unfinishedPlaces();
    const states = await this.states(
      places.map(({ callId }) => callId),
      { onUnreadable },
    );
    return states.filter(isUnfinished);
  }

  async #unfinishedPlaces(): Promise<LivePlace[]> {
    const shards = await Promise.all(
      activeShards.map((shard) =>
        queryAll(this.#table, {
          IndexName: indexes.active.name,
          KeyConditionExpression: `${indexes.active.partition} = :shard`,
          ExpressionAttributeValues: { ':shard': shard },
        }),
      ),
    );
    return shards
      .flat()
      .map((item) => ({ callId: callIdOfPartition(String(item.PK)), at: Number(item[INDEX_SORT_KEY]) }));
  }

  /**
   * The states of these calls; those that are not stored or cannot be read are left out.
   * @param options.onUnreadable receives the key of each that cannot be read
   * @param options.isConsistent whether all that was written before is read, at twice the price
   */
  async states(callIds: readonly string[], options: StatesOptions = {}): Promise<CallState[]> {
    const pages: string[][] = [];
    for (let from = 0; from < callIds.length; from += BATCH_GET_LIMIT) {
      pages.push(callIds.slice(from, from + BATCH_GET_LIMIT));
    }
    return (await Promise.all(pages.map((page) => this.#page(page, options)))).flat();
  }

  async #page(callIds: readonly string[], { onUnreadable, isConsistent }: StatesOptions): Promise<CallState[]> {
    const states: CallState[] = [];
    let keys: Readonly<Record<string, unknown>>[] = callIds.map(callKey);
    while (keys.length > 0) {
      const page: BatchGetCommandOutput = await this.#table.client.send(
        new BatchGetCommand({ RequestItems: { [this.#table.name]: { Keys: keys, ConsistentRead: isConsistent } } }),
      );
      states.push(...readableRows(page.Responses?.[this.#table.name] ?? [], callOf, onUnreadable));
      keys = page.UnprocessedKeys?.[this.#table.name]?.Keys ?? [];
    }
    return states;
  }

  /**
   * A call with its utterances, alerts and monitors, as far as they can be read; undefined if at
   * most utterances are stored.
   * @throws UnreadableRowError where the call itself cannot be read
   */
  async detail(callId: string): Promise<StoredCall | undefined> {
    return this.detailAfter(callId, undefined, () => true);
  }

  /**
   * The same from a key on, as far as it fits; the state is always there.
   * @param fits asked of each utterance, alert and monitor, in the order of their keys
   * @throws UnreadableRowError where the call itself cannot be read
   */
  async detailAfter(
    callId: string,
    after: string | undefined,
    fits: (row: unknown) => boolean,
  ): Promise<CallPart | undefined> {
    const { PK } = callKey(callId);
    const items = queryEach(this.#table, {
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': PK },
      ExclusiveStartKey: after === undefined ? undefined : { PK, SK: after },
      ConsistentRead: true,
    });
    let state: CallState | undefined;
    let last: string | undefined;
    let isFull = false;
    const utterances: ScoredUtterance[] = [];
    const alerts: Alert[] = [];
    const monitors: Monitor[] = [];
    for await (const item of items) {
      if (item.SK === sortKeyPrefixes.state) {
        state = readRow(item, callOf);
        continue;
      }
      const [entity] = readableRows([item], entityOf);
      if (entity && !fits(entity.value)) {
        isFull = true;
        break;
      }
      if (entity?.kind === 'utterance') utterances.push(entity.value);
      if (entity?.kind === 'alert') alerts.push(entity.value);
      if (entity?.kind === 'monitor') monitors.push(entity.value);
      last = String(item.SK);
    }
    // Its row lies in another part.
    if (isFull || after !== undefined) state ??= await this.load(callId);
    return (
      state && {
        state,
        ...(isFull && last !== undefined && { last }),
        utterances: utterances.sort(bySeq),
        alerts: alerts.sort((a, b) => a.seq - b.seq),
        monitors: monitors.sort((a, b) => a.requestedAt - b.requestedAt),
      }
    );
  }
}

/** The newest first. */
function byPlace(a: LivePlace, b: LivePlace): number {
  return b.at - a.at || (a.callId < b.callId ? -1 : a.callId > b.callId ? 1 : 0);
}
