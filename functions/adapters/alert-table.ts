import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CallState } from '#core/call/state.ts';
import { type Alert, type AlertState, type Level, type RuleKind } from '#core/alert.ts';
import { readDaysBack, type Page } from './day-pages.ts';
import { alertKey, alertsPartition, indexes, INDEX_SORT_KEY, PARTITION_KEY, SORT_KEY } from '#core/table-layout.ts';
import { alertOf } from './items.ts';
import { readableRows, readRow } from './rows.ts';
import { queryAll, type Table } from './table.ts';

/** A filter over alerts; absent fields match all. */
export interface AlertFilter {
  readonly state?: AlertState | undefined;
  readonly kind?: RuleKind | undefined;
  readonly level?: Level | undefined;
}

/** An alert and the call it was raised on. */
export interface AlertOnCall {
  readonly alert: Alert;
  readonly call: CallState;
}

/** Alerts of all calls by day, in DynamoDB. */
export class AlertTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** One alert (strongly consistent). */
  async load(callId: string, alertId: string): Promise<Alert | undefined> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: alertKey({ callId, alertId }), ConsistentRead: true }),
    );
    return Item && readRow(Item, alertOf);
  }

  /**
   * The alerts of some days that pass a filter, newest first, on calls that a person may see. Follow-ups are left out.
   * @param callsOf returns those of these calls that the person may see
   * @throws CursorError
   */
  async list(
    days: readonly string[],
    filter: AlertFilter,
    callsOf: (callIds: readonly string[]) => Promise<readonly CallState[]>,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<AlertOnCall>> {
    return readDaysBack(this.#table, {
      days,
      query: (day) => queryOf(day, filter),
      keyNames: [PARTITION_KEY, SORT_KEY, indexes.byDay.partition, INDEX_SORT_KEY],
      map: async (items) => {
        // A page goes on from the row after the last: each row keeps its place, read or not.
        const alerts = items.map((item) => readableRows([item], alertOf)[0]);
        const calls = await callsOf([...new Set(alerts.flatMap((alert) => alert?.callId ?? []))]);
        const byId = new Map(calls.map((call) => [call.callId, call]));
        return alerts.map((alert) => {
          const call = alert && byId.get(alert.callId);
          return call && { alert, call };
        });
      },
      limit,
      cursor,
    });
  }

  /** All alerts of a day. */
  async ofDay(day: string): Promise<Alert[]> {
    return readableRows(await queryAll(this.#table, queryOf(day, {})), alertOf);
  }
}

function queryOf(day: string, filter: AlertFilter) {
  const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
  return {
    IndexName: indexes.byDay.name,
    KeyConditionExpression: '#day = :day',
    FilterExpression: ['attribute_not_exists(follows)', ...wanted.map(([name]) => `#${name} = :${name}`)].join(' AND '),
    ExpressionAttributeNames: {
      '#day': indexes.byDay.partition,
      ...Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':day': alertsPartition(day),
      ...Object.fromEntries(wanted.map(([name, value]) => [`:${name}`, value])),
    },
  };
}
