import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { AUDIT_DAYS, auditPersonOf, auditRowSchema, auditWordsOf, type AuditKind, type AuditRow } from '#core/audit.ts';
import { auditKey, auditPartition, expiryOf, PARTITION_KEY, SORT_KEY, TIME_TO_LIVE } from '#core/table-layout.ts';
import { log } from '../telemetry.ts';
import { readDaysBack, type Page } from './day-pages.ts';
import { readableRows } from './rows.ts';
import type { Table } from './table.ts';

/** A filter over the audit; absent fields match all. */
export interface AuditFilter {
  readonly person?: string | undefined;
  readonly kind?: AuditKind | undefined;
  readonly text?: string | undefined;
}

/** What people did, in DynamoDB. Rows are added and expire; they are never changed. */
export class AuditTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Adds a row. What cannot be stored is in the log. */
  async append(row: AuditRow): Promise<void> {
    await this.#put(row).catch((error: unknown) => {
      log.error('audit row not stored', { row, error });
      throw error;
    });
  }

  async #put(row: AuditRow): Promise<void> {
    await this.#table.client.send(
      new PutCommand({
        TableName: this.#table.name,
        Item: {
          ...auditKey(row),
          ...auditRowSchema.parse(row),
          words: auditWordsOf(row),
          person: auditPersonOf(row),
          [TIME_TO_LIVE]: expiryOf(row.at, AUDIT_DAYS),
        },
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    );
  }

  /**
   * The rows of some days that pass a filter, newest first.
   * @throws CursorError
   */
  async search(
    days: readonly string[],
    { person, kind, text }: AuditFilter,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<AuditRow>> {
    const clauses: [expression: string, name: string, value: string][] = [];
    if (person !== undefined) clauses.push(['contains(#person, :person)', 'person', person.toLowerCase()]);
    if (kind !== undefined) clauses.push(['#kind = :kind', 'kind', kind]);
    if (text !== undefined) clauses.push(['contains(#words, :words)', 'words', text.toLowerCase()]);
    return readDaysBack(this.#table, {
      days,
      query: (day) => ({
        KeyConditionExpression: 'PK = :pk',
        ...(clauses.length > 0 && {
          FilterExpression: clauses.map(([expression]) => expression).join(' AND '),
          ExpressionAttributeNames: Object.fromEntries(clauses.map(([, name]) => [`#${name}`, name])),
        }),
        ExpressionAttributeValues: {
          ':pk': auditPartition(day),
          ...Object.fromEntries(clauses.map(([, name, value]) => [`:${name}`, value])),
        },
      }),
      keyNames: [PARTITION_KEY, SORT_KEY],
      map: (items) => Promise.resolve(items.map((item) => readableRows([item], (one) => auditRowSchema.parse(one))[0])),
      limit,
      cursor,
    });
  }
}
