import type { CallSearchQuery } from '#core/contracts/http/history.ts';
import { callRecordSchema, searchTermsOf, type CallRecord } from '#core/call/record.ts';
import { maySee } from '#core/access.ts';
import type { Restriction } from '#core/people.ts';
import { levelSchema } from '#core/alert.ts';
import { NEUTRAL_BAND } from '#core/sentiment/score.ts';
import { readDaysBack, type Page } from './day-pages.ts';
import { historyPartition, PARTITION_KEY, SORT_KEY } from '#core/table-layout.ts';
import { RECAP_WORDS, type Item } from './items.ts';
import { readableRows } from './rows.ts';
import { queryAll, type Table } from './table.ts';

const recordOf = (item: Item): CallRecord => callRecordSchema.parse(item);

/** A filter over past calls; absent fields match all. */
export type HistoryFilter = Pick<
  CallSearchQuery,
  'agent' | 'campaign' | 'rule' | 'number' | 'mood' | 'level' | 'words'
> & {
  /** When the calls began, epoch milliseconds: from here on. */
  readonly fromAt?: number;
  /** Before then. */
  readonly toAt?: number;
  readonly restriction?: Restriction | undefined;
};

/** A part of a filter expression, with its values. */
type Clause = readonly [expression: string, values: Record<string, unknown>];

/** Past calls, a row each, in DynamoDB. */
export class HistoryTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * The calls of some days that pass a filter, newest first.
   * @throws CursorError
   */
  async search(
    days: readonly string[],
    filter: HistoryFilter,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<CallRecord>> {
    const filtering = filterOf(filter);
    return readDaysBack(this.#table, {
      days,
      query: (day) => queryOf(day, filtering),
      keyNames: [PARTITION_KEY, SORT_KEY],
      map: (items) => Promise.resolve(items.map((item) => visible(readableRows([item], recordOf), filter)[0])),
      limit,
      cursor,
    });
  }

  /** All calls of a day that pass a filter. */
  async ofDay(day: string, filter: HistoryFilter): Promise<CallRecord[]> {
    const items = await queryAll(this.#table, queryOf(day, filterOf(filter)));
    return visible(readableRows(items, recordOf), filter);
  }
}

/** Those that a person may see. A person may have more names than an expression holds. */
function visible(records: readonly CallRecord[], { restriction }: HistoryFilter): CallRecord[] {
  return records.filter((record) => maySee(restriction, record));
}

/** All attributes but `words`, which is only searched. */
const READ_NAMES = [...Object.keys(callRecordSchema.shape), PARTITION_KEY, SORT_KEY];

function queryOf(day: string, clauses: readonly Clause[]) {
  const names = Object.fromEntries(READ_NAMES.map((name) => [`#${name}`, name]));
  return {
    KeyConditionExpression: '#PK = :pk',
    ProjectionExpression: Object.keys(names).join(', '),
    ...(clauses.length > 0 && { FilterExpression: clauses.map(([expression]) => `(${expression})`).join(' AND ') }),
    ExpressionAttributeNames: { ...names, ...subfields(clauses) },
    ExpressionAttributeValues: {
      ':pk': historyPartition(day),
      ...Object.assign({}, ...clauses.map(([, values]) => values)),
    } as Record<string, unknown>,
  };
}

/** Names that occur only in clauses; DynamoDB rejects names that are declared but not used. */
function subfields(clauses: readonly Clause[]): Record<string, string> {
  const text = clauses.map(([expression]) => expression).join(' ');
  const names = { '#id': 'id', '#number': 'number', '#words': 'words', '#recapWords': RECAP_WORDS };
  return Object.fromEntries(Object.entries(names).filter(([name]) => text.includes(name)));
}

function filterOf({ agent, campaign, rule, number, mood, level, words, fromAt, toAt }: HistoryFilter): Clause[] {
  const clauses: Clause[] = [];
  if (agent !== undefined) clauses.push(['#agent.#id = :agent', { ':agent': agent }]);
  if (campaign !== undefined) clauses.push(['#campaign = :campaign', { ':campaign': campaign }]);
  if (rule !== undefined) clauses.push(['contains(#rules, :rule)', { ':rule': rule }]);
  if (fromAt !== undefined) clauses.push(['#startedAt >= :fromAt', { ':fromAt': fromAt }]);
  if (toAt !== undefined) clauses.push(['#startedAt < :toAt', { ':toAt': toAt }]);
  if (number !== undefined) clauses.push(['contains(#caller.#number, :number)', { ':number': number }]);
  if (mood) clauses.push(moodClause(mood));
  if (level === 'any') clauses.push(['#alerts > :none', { ':none': 0 }]);
  else if (level) {
    clauses.push(amongClause('#highestLevel', 'level', levelSchema.options.slice(levelSchema.options.indexOf(level))));
  }
  for (const [index, word] of searchTermsOf(words ?? '').entries()) {
    clauses.push([
      `contains(#words, :word${index}) OR contains(#recapWords, :word${index})`,
      { [`:word${index}`]: word },
    ]);
  }
  return clauses;
}

function moodClause(mood: 'negative' | 'neutral' | 'positive'): Clause {
  const [low, high] = [{ ':low': -NEUTRAL_BAND }, { ':high': NEUTRAL_BAND }];
  if (mood === 'negative') return ['#meanMood <= :low', low];
  if (mood === 'positive') return ['#meanMood >= :high', high];
  return ['#meanMood > :low AND #meanMood < :high', { ...low, ...high }];
}

function amongClause(name: string, prefix: string, allowed: readonly string[]): Clause {
  const values = Object.fromEntries(allowed.map((value, index) => [`:${prefix}${index}`, value]));
  return [`${name} IN (${Object.keys(values).join(', ')})`, values];
}
