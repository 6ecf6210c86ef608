import { z } from 'zod';
import { type Database, DatabaseRefusedError } from './database.ts';
import { asMeant } from './text.ts';

/**
 * The statements, and what their rows are. Every one of a table that grows goes by an index, named before it, as
 * ViciDial's extras/MySQL_AST_CREATE_tables.sql makes them.
 */

const text = z
  .string()
  .nullish()
  .transform((value) => {
    const meant = asMeant((value ?? '').trim()).slice(0, 256);
    return meant === '' ? undefined : meant;
  });
/** ViciDial writes 0 where there is none. */
const id = text.transform((value) => (value === '0' ? undefined : value));
const count = z.coerce.number().int().nonnegative().nullish();
const positive = count.transform((value) => (value ? value : undefined));

const liveAgentRow = z.object({
  user: text,
  server_ip: text,
  call_server_ip: text,
  conf_exten: text,
  extension: text,
  status: text,
  lead_id: positive,
  campaign_id: text,
  uniqueid: id,
  callerid: text,
  channel: text,
  closer_campaigns: text,
  calls_today: count,
  pause_code: text,
  stateSince: positive,
});
/** `vicidial_live_agents`: who is logged in, and on which call. */
export type LiveAgentRow = z.infer<typeof liveAgentRow>;

const autoCallRow = z.object({
  campaign_id: text,
  lead_id: positive,
  uniqueid: id,
  callerid: text,
  phone_number: text,
  call_type: text,
});
/** `vicidial_auto_calls`: a call while it runs; its campaign is an in-group where it came in. */
export type AutoCallRow = z.infer<typeof autoCallRow>;

const logRow = z.object({
  uniqueid: id,
  lead_id: positive,
  campaign_id: text,
  start_epoch: count,
  length_in_sec: z.coerce.number().int().nullish(),
  status: text,
  phone_number: text,
  user: text,
  term_reason: text,
});
/** `vicidial_log`: a call that went out. */
export type LogRow = z.infer<typeof logRow>;

const closerLogRow = logRow.extend({
  closecallid: z.coerce.number().int(),
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

const userRow = z.object({ user: z.string(), full_name: text });

const MOST_ROWS = 20;

const LIVE_AGENTS = `SELECT user, server_ip, call_server_ip, conf_exten, extension, status, lead_id, campaign_id, uniqueid,
  callerid, channel, closer_campaigns, calls_today, pause_code, UNIX_TIMESTAMP(last_state_change) AS stateSince
  FROM vicidial_live_agents`;
const AUTO_CALLS = `SELECT campaign_id, lead_id, uniqueid, callerid, phone_number, call_type FROM vicidial_auto_calls`;
const LOG_COLUMNS = `uniqueid, lead_id, campaign_id, start_epoch, length_in_sec, status, phone_number, user, term_reason`;
const CLOSER_LOG = `SELECT ${LOG_COLUMNS}, closecallid, queue_seconds FROM vicidial_closer_log`;
const LOG = `SELECT ${LOG_COLUMNS} FROM vicidial_log`;
const RECORDINGS = `SELECT lead_id, start_epoch, end_epoch, DATE_FORMAT(start_time, '%Y-%m-%d') AS day, filename, location
  FROM recording_log`;

/** What is read of ViciDial's tables. */
export class Tables {
  readonly #database: Pick<Database, 'query'>;

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  /**
   * The whole table, as ViciDial's own reports read it: a row for each agent who is logged in, and no index by call.
   * ViciDial deletes who has logged out.
   */
  liveAgents(): Promise<LiveAgentRow[]> {
    return this.#database.query(liveAgentRow, LIVE_AGENTS, []);
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
    const rows = await this.#rows(
      userRow,
      `SELECT user, full_name FROM vicidial_users WHERE user IN (${marks(users)})`,
      users,
    );
    // The database compares without regard to case.
    const names = new Map(rows.map(({ user, full_name }) => [user.toLowerCase(), full_name]));
    return new Map(users.map((user) => [user, names.get(user.toLowerCase())]));
  }

  #of<T>(
    schema: z.ZodType<T>,
    select: string,
    column: string,
    values: readonly (string | number)[],
    newestBy: string,
  ): Promise<T[]> {
    const condition = `${column} IN (${marks(values)})`;
    return this.#rows(schema, `${select} WHERE ${condition} ORDER BY ${newestBy} DESC LIMIT ${MOST_ROWS}`, values);
  }

  async #rows<T>(schema: z.ZodType<T>, sql: string, values: readonly (string | number)[]): Promise<T[]> {
    return values.length === 0 ? [] : this.#database.query(schema, sql, values).catch(noneIfRefused);
  }
}

/** What the user may not read is left out, so that the rest is read; the database logs it once. */
export function noneIfRefused(error: unknown): [] {
  if (error instanceof DatabaseRefusedError) return [];
  throw error;
}

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');
