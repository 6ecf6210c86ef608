import { createPool, type Pool } from 'mysql2/promise';
import { SimulatorError } from './simulator.ts';
import { VICIDIAL_TABLES } from './vicidial-schema.ts';

export type Row = Readonly<Record<string, string | number | null>>;
export type VicidialTable =
  | 'vicidial_live_agents'
  | 'vicidial_auto_calls'
  | 'vicidial_log'
  | 'vicidial_closer_log'
  | 'vicidial_users'
  | 'recording_log';

/** An agent as ViciDial has them: their user, and the telephone and conference they sit in. */
export interface SimulatedAgent {
  readonly user: string;
  readonly fullName: string;
  readonly phone: string;
  readonly room: string;
  readonly campaign: string;
  readonly inGroups: readonly string[];
}

/** A call that came in. */
export interface InboundCall {
  readonly uniqueid: string;
  readonly code: string;
  readonly leadId: number;
  readonly channel: string;
  readonly number: string;
  readonly inGroup: string;
  readonly queueSeconds: number;
}

const SERVER_IP = '127.0.0.1';
/** Nobody names a database so that lives. */
const DEMO = /demo|test/;

/** Writes what ViciDial writes while a call runs, into a database made for that. */
export class SimulatedVicidial {
  readonly pool: Pool;

  private constructor(pool: Pool) {
    this.pool = pool;
  }

  /**
   * @param url `mysql://user:password@host:port/database`; the database's name must have `demo` or `test` in it
   * @throws {SimulatorError}
   */
  static async open(url: string): Promise<SimulatedVicidial> {
    const { hostname, port, username, password, pathname } = new URL(url);
    const database = decodeURIComponent(pathname.slice(1));
    if (!DEMO.test(database))
      throw new SimulatorError(`Rows are only written into a database whose name has demo or test in it: ${database}`);
    const pool = createPool({
      host: hostname,
      port: Number(port || 3_306),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database,
      connectionLimit: 2,
      charset: 'utf8mb4',
    });
    try {
      for (const [table, columns] of Object.entries(VICIDIAL_TABLES))
        await pool.query(`CREATE TABLE IF NOT EXISTS ${table} (${columns}) ENGINE=MyISAM`);
    } catch (cause) {
      await pool.end();
      throw new SimulatorError(`No database at ${hostname}:${port}: ${(cause as Error).message}`, { cause });
    }
    return new SimulatedVicidial(pool);
  }

  async insert(table: VicidialTable, row: Row): Promise<void> {
    await this.pool.query('INSERT INTO ?? SET ?', [table, row]);
  }

  async update(table: VicidialTable, set: Row, where: Row): Promise<void> {
    const conditions = Object.keys(where).map(() => '?? = ?');
    await this.pool.query(`UPDATE ?? SET ? WHERE ${conditions.join(' AND ')}`, [
      table,
      set,
      ...Object.entries(where).flat(),
    ]);
  }

  /** The agent sits in their conference and waits. */
  async logIn({ user, fullName, phone, room, campaign, inGroups }: SimulatedAgent): Promise<void> {
    await this.insert('vicidial_users', { user, pass: 'secret', full_name: fullName, user_group: 'AGENTS' });
    await this.insert('vicidial_live_agents', {
      ...{ user, server_ip: SERVER_IP, conf_exten: room, extension: phone, status: 'CLOSER', lead_id: 0 },
      ...{ campaign_id: campaign, uniqueid: '0', callerid: '', channel: '', call_server_ip: '', calls_today: 0 },
      closer_campaigns: ` ${inGroups.join(' ')} -`,
    });
    await this.#touch(user);
  }

  /** A call waits in an in-group. */
  async callComes({ uniqueid, code, leadId, channel, number, inGroup }: InboundCall): Promise<void> {
    const shared = { lead_id: leadId, uniqueid, campaign_id: inGroup, phone_code: '44', phone_number: number };
    await this.insert('vicidial_auto_calls', {
      ...shared,
      ...{ server_ip: SERVER_IP, status: 'LIVE', callerid: code, channel, call_type: 'IN' },
    });
    await this.insert('vicidial_closer_log', {
      ...shared,
      ...{ list_id: 999, start_epoch: now(), status: 'QUEUE', user: 'VDCL', comments: 'AUTO', processed: 'N' },
    });
  }

  /** The agent gets the call, and it is recorded. */
  async agentAnswers({ user }: SimulatedAgent, call: InboundCall): Promise<void> {
    const { uniqueid, code, leadId, channel, queueSeconds } = call;
    await this.update(
      'vicidial_live_agents',
      { status: 'INCALL', lead_id: leadId, uniqueid, callerid: code, channel, calls_today: 1 },
      { user },
    );
    await this.#touch(user);
    await this.update('vicidial_auto_calls', { status: 'CLOSER' }, { callerid: code });
    await this.update('vicidial_closer_log', { status: 'INCALL', user, queue_seconds: queueSeconds }, { uniqueid });
    const [[row]] = await this.pool.query<never[]>('SELECT closecallid FROM vicidial_closer_log WHERE uniqueid = ?', [
      uniqueid,
    ]);
    await this.insert('recording_log', {
      ...{ channel, server_ip: SERVER_IP, extension: '8309', start_epoch: now(), lead_id: leadId, user },
      ...{
        filename: recordingOf(call),
        vicidial_id: String((row as { closecallid: number } | undefined)?.closecallid),
      },
    });
  }

  /** The caller hangs up: the call's row goes, the agent chooses its outcome. */
  async callerHangsUp({ user }: SimulatedAgent, { uniqueid, code, leadId }: InboundCall): Promise<void> {
    await this.pool.query('DELETE FROM vicidial_auto_calls WHERE callerid = ?', [code]);
    await this.pool.query(
      `UPDATE vicidial_closer_log SET end_epoch = ?, length_in_sec = ? - start_epoch, term_reason = 'CALLER'
       WHERE uniqueid = ?`,
      [now(), now(), uniqueid],
    );
    await this.update('recording_log', { end_epoch: now() }, { lead_id: leadId, user });
    await this.update('vicidial_live_agents', { status: 'PAUSED', uniqueid: '0', callerid: '', channel: '' }, { user });
    await this.#touch(user);
  }

  /** The outcome is chosen, the recording is in its place, and the agent waits again. */
  async agentDisposes({ user }: SimulatedAgent, call: InboundCall, status: string): Promise<void> {
    await this.update('vicidial_closer_log', { status }, { uniqueid: call.uniqueid });
    await this.update(
      'recording_log',
      { location: `http://${SERVER_IP}/RECORDINGS/MP3/${recordingOf(call)}-all.mp3` },
      { lead_id: call.leadId, user },
    );
    await this.update('vicidial_live_agents', { status: 'CLOSER', lead_id: 0 }, { user });
    await this.#touch(user);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async #touch(user: string): Promise<void> {
    await this.pool.query(
      'UPDATE vicidial_live_agents SET last_state_change = NOW(), last_update_time = NOW() WHERE user = ?',
      [user],
    );
  }
}

const now = () => Math.floor(Date.now() / 1_000);
const recordingOf = ({ leadId, number, inGroup }: InboundCall) => `${leadId}_${number}_${inGroup}`;
