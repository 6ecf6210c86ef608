import { MAX_NAME_LENGTH } from '#core/fields.ts';
import { plainName } from '#core/text/plain-name.ts';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { type Database, DatabaseRefusedError } from './database.ts';
import { ReadableColumns, type UnreadableColumn, type WantedColumns } from './readable-columns.ts';
import { asMeant } from './text.ts';

/**
 * The statements, and what their rows are. Every one of a table that grows goes by an index, named before it, as
 * ViciDial's extras/MySQL_AST_CREATE_tables.sql makes them.
 */

const textAs = (read: (text: string) => string) =>
  z
    .string()
    .nullish()
    .transform((value) => read(asMeant(value ?? '').slice(0, MAX_NAME_LENGTH)) || undefined);
/** A key, an address or a path. */
const text = textAs((value) => value.trim());
/** What people read. */
const name = textAs(plainName);
/** ViciDial writes 0 where there is none. */
const id = text.transform((value) => (value === '0' ? undefined : value));
const count = z.coerce.number().int().nonnegative().nullish();
const positive = count.transform((value) => (value ? value : undefined));

const liveAgentRow = z.object({
  user: name,
  server_ip: text,
  call_server_ip: text,
  conf_exten: text,
  extension: text,
  status: name,
  lead_id: positive,
  campaign_id: name,
  uniqueid: id,
  callerid: text,
  channel: text,
  closer_campaigns: name,
  calls_today: count,
  pause_code: name,
  stateSince: positive,
});
/** `vicidial_live_agents`: who is logged in, and on which call. */
export type LiveAgentRow = z.infer<typeof liveAgentRow>;

const autoCallRow = z.object({
  campaign_id: name,
  lead_id: positive,
  uniqueid: id,
  callerid: text,
  phone_number: name,
  call_type: text,
});
/** `vicidial_auto_calls`: a call while it runs; its campaign is an in-group where it came in. */
export type AutoCallRow = z.infer<typeof autoCallRow>;

const logRow = z.object({
  uniqueid: id,
  lead_id: positive,
  campaign_id: name,
  start_epoch: count,
  length_in_sec: z.coerce.number().int().nullish(),
  status: name,
  phone_number: name,
  user: name,
  term_reason: name,
});
/** `vicidial_log`: a call that went out. */
export type LogRow = z.infer<typeof logRow>;

const closerLogRow = logRow.extend({
  closecallid: z.coerce.number().int().nullish(),
  queue_seconds: z.coerce.number().nonnegative().nullish(),
});
/** `vicidial_closer_log`: a call's stay in an in-group, which is its `campaign_id`; a transfer makes another row. */
export type CloserLogRow = z.infer<typeof closerLogRow>;

const recordingRow = z.object({
  lead_id: positive,
  start_epoch: count,
  end_epoch: positive,
  day: text,
  filename: text,
  location: text,
});
export type RecordingRow = z.infer<typeof recordingRow>;

const userRow = z.object({ user: z.string(), full_name: name });

const MOST_ROWS = 20;

/** A table, by what is read of it. */
interface Source {
  readonly table: string;
  readonly columns: WantedColumns;
}

const named = (names: string): WantedColumns =>
  Object.fromEntries(names.split(' ').map((name) => [name, name] as const));

const LOG_COLUMNS = named(
  'uniqueid lead_id campaign_id start_epoch length_in_sec status phone_number user term_reason',
);

const LIVE_AGENTS: Source = {
  table: 'vicidial_live_agents',
  columns: {
    ...named('user server_ip call_server_ip conf_exten extension status lead_id campaign_id uniqueid callerid channel'),
    ...named('closer_campaigns calls_today pause_code'),
    stateSince: 'UNIX_TIMESTAMP(last_state_change)',
  },
};
const AUTO_CALLS: Source = {
  table: 'vicidial_auto_calls',
  columns: named('auto_call_id campaign_id lead_id uniqueid callerid phone_number call_type'),
};
const CLOSER_LOG: Source = {
  table: 'vicidial_closer_log',
  columns: { ...LOG_COLUMNS, ...named('closecallid queue_seconds') },
};
const LOG: Source = { table: 'vicidial_log', columns: LOG_COLUMNS };
const RECORDINGS: Source = {
  table: 'recording_log',
  columns: {
    ...named('recording_id vicidial_id lead_id start_epoch end_epoch'),
    day: "DATE_FORMAT(start_time, '%Y-%m-%d')",
    ...named('filename location'),
  },
};
const USERS: Source = { table: 'vicidial_users', columns: named('user full_name') };

const SOURCES: readonly Source[] = [LIVE_AGENTS, AUTO_CALLS, CLOSER_LOG, LOG, RECORDINGS, USERS];

/** What is read of ViciDial's tables. A column that cannot be read is left out, so that all else is. */
export class Tables {
  readonly #database: Pick<Database, 'query'>;
  readonly #readable: ReadableColumns;

  constructor(database: Pick<Database, 'query'>, clock: Clock) {
    this.#database = database;
    this.#readable = new ReadableColumns(database, clock);
  }

  /** What has been found to be unreadable so far. */
  unreadable(): UnreadableColumn[] {
    return this.#readable.unreadable();
  }

  /** Nothing at all can be read, of no table. */
  isBlind(): boolean {
    return SOURCES.every(({ table, columns }) =>
      Object.keys(columns).every((column) => !this.#readable.isReadable(table, column)),
    );
  }

  /** Runs every statement once, for calls that there are none of. @throws {DatabaseAwayError} */
  async tryAll(): Promise<void> {
    await this.liveAgents();
    await this.autoCallsByCode(['-']);
    await this.autoCallsByUniqueid(['-']);
    await this.closerLogByUniqueid(['-']);
    await this.closerLogByLead(0);
    await this.logByUniqueid(['-']);
    await this.logByLead(0);
    await this.recordingsByCall(['-']);
    await this.recordingsByLead(0);
    await this.namesOf(['-']);
  }

  /**
   * The whole table, as ViciDial's own reports read it: a row for each agent who is logged in, and no index by call.
   * ViciDial deletes who has logged out.
   */
  liveAgents(): Promise<LiveAgentRow[]> {
    return this.#rows(liveAgentRow, LIVE_AGENTS, [], () => '', []);
  }

  /** Index `callerid`. */
  autoCallsByCode(codes: readonly string[]): Promise<AutoCallRow[]> {
    return this.#of(autoCallRow, AUTO_CALLS, 'callerid', codes, 'auto_call_id');
  }

  /** Index `uniqueid`. */
  autoCallsByUniqueid(uniqueids: readonly string[]): Promise<AutoCallRow[]> {
    return this.#of(autoCallRow, AUTO_CALLS, 'uniqueid', uniqueids, 'auto_call_id');
  }

  /** Index `uniqueid`; the newest first. */
  closerLogByUniqueid(uniqueids: readonly string[]): Promise<CloserLogRow[]> {
    return this.#of(closerLogRow, CLOSER_LOG, 'uniqueid', uniqueids, 'closecallid');
  }

  /** Index `lead_id`; the newest first. */
  closerLogByLead(leadId: number): Promise<CloserLogRow[]> {
    return this.#of(closerLogRow, CLOSER_LOG, 'lead_id', [leadId], 'closecallid');
  }

  /** Primary key. */
  logByUniqueid(uniqueids: readonly string[]): Promise<LogRow[]> {
    return this.#of(logRow, LOG, 'uniqueid', uniqueids, 'start_epoch');
  }

  /** Index `lead_id`; the newest first. */
  logByLead(leadId: number): Promise<LogRow[]> {
    return this.#of(logRow, LOG, 'lead_id', [leadId], 'start_epoch');
  }

  /** Index `vicidial_id`, which is `closecallid` or `uniqueid` of the call's log; the newest first. */
  recordingsByCall(vicidialIds: readonly string[]): Promise<RecordingRow[]> {
    return this.#of(recordingRow, RECORDINGS, 'vicidial_id', vicidialIds, 'recording_id');
  }

  /** Index `lead_id`; the newest first. */
  recordingsByLead(leadId: number): Promise<RecordingRow[]> {
    return this.#of(recordingRow, RECORDINGS, 'lead_id', [leadId], 'recording_id');
  }

  /** Unique index `user`. */
  async namesOf(users: readonly string[]): Promise<Map<string, string | undefined>> {
    const rows = await this.#of(userRow, USERS, 'user', users);
    // The database compares without regard to case.
    const names = new Map(rows.map(({ user, full_name }) => [user.toLowerCase(), full_name]));
    return new Map(users.map((user) => [user, names.get(user.toLowerCase())]));
  }

  async #of<T>(
    schema: z.ZodType<T>,
    source: Source,
    key: string,
    values: readonly (string | number)[],
    newestBy?: string,
  ): Promise<T[]> {
    if (values.length === 0) return [];
    const limit = newestBy === undefined ? '' : ` LIMIT ${MOST_ROWS}`;
    const order = () =>
      newestBy === undefined || !this.#readable.isReadable(source.table, newestBy) ? '' : ` ORDER BY ${newestBy} DESC`;
    return this.#rows(schema, source, [key], () => ` WHERE ${key} IN (${marks(values)})${order()}${limit}`, values);
  }

  /**
   * The rows as far as they can be read; none where a column that they are found by cannot.
   * @throws {DatabaseAwayError}
   */
  async #rows<T>(
    schema: z.ZodType<T>,
    { table, columns }: Source,
    keys: readonly string[],
    rest: () => string,
    values: readonly (string | number)[],
  ): Promise<T[]> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      const readable = Object.entries(columns).filter(([name]) => this.#readable.isReadable(table, name));
      if (readable.length === 0 || !keys.every((key) => this.#readable.isReadable(table, key))) return [];
      const list = readable.map(([name, sql]) => (name === sql ? name : `${sql} AS ${name}`)).join(', ');
      try {
        return await this.#database.query(schema, `SELECT ${list} FROM ${table}${rest()}`, values);
      } catch (error) {
        if (!(error instanceof DatabaseRefusedError)) throw error;
        await this.#readable.examine(table, columns);
      }
    }
    return [];
  }
}

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');
