import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';
import { systemClock } from '../../clock.ts';
import { type Row, SimulatedVicidial, type VicidialTable } from '../../sim/vicidial.ts';
import type { CallKeys } from '../call-keys.ts';
import { Database } from './database.ts';
import { VicidialFinder } from './finder.ts';
import { LiveAgentRows } from './live-agents.ts';
import { lostFacts } from './lost-facts.ts';
import { type DiallerDatabase, startDiallerDatabase } from './database.fake.ts';
import type { RecordingPlace } from './recording-link.ts';
import { Remembered } from './remembered.ts';
import { Tables } from './tables.ts';

const startedAt = Math.floor(Date.now() / 1_000) * 1_000;
const epoch = startedAt / 1_000;

let mariaDb: DiallerDatabase;
let vicidial: SimulatedVicidial;
let login: { user: string; password: string; database: string };
let database: Database;
beforeAll(async () => {
  mariaDb = await startDiallerDatabase();
  vicidial = await SimulatedVicidial.open(mariaDb.url);
  login = { ...(await mariaDb.grant()), database: 'asterisk_test' };
}, 120_000);
afterAll(async () => {
  await vicidial.close();
  await mariaDb.close();
});

const tables: readonly VicidialTable[] = [
  'vicidial_live_agents',
  'vicidial_auto_calls',
  'vicidial_log',
  'vicidial_closer_log',
  'vicidial_users',
  'recording_log',
];
beforeEach(() => {
  const dependencies = { clock: systemClock, log: pino({ level: 'silent' }) };
  database = new Database({ ...login, servers: [{ host: '127.0.0.1', port: mariaDb.port }] }, dependencies);
});
afterEach(async () => {
  await database.close();
  for (const table of tables) await vicidial.pool.query('TRUNCATE ??', [table]);
});

const nowhere: RecordingPlace = { baseUrl: undefined, dateFolder: '', suffix: '-all.mp3' };
const find = (keys: Partial<CallKeys>, { isOver = false, recordings = nowhere, serverIp = '' } = {}) => {
  const read = new Tables(database, systemClock);
  const finder = new VicidialFinder({
    tables: read,
    liveAgents: new LiveAgentRows(read, systemClock, serverIp || undefined),
    names: new Remembered(systemClock, 300_000, (users) => read.namesOf(users)),
    recordings,
    now: () => now,
  });
  const none = { startedAt, uniqueids: [], asteriskChannels: [], callerNames: [] };
  return finder.find({ ...none, ...keys }, isOver);
};

/** By the relay's clock. */
let now = startedAt;

const code = 'Y1231359450000884213';
const uniqueid = `${epoch}.17`;
const agentRow = (more: Row = {}): Row => ({
  ...{ user: '6666', server_ip: '10.0.0.5', conf_exten: '8600051', extension: 'SIP/cc100', status: 'INCALL' },
  ...{ lead_id: 884213, campaign_id: 'RETAIN', uniqueid, callerid: code, channel: 'SIP/carrier-00000002' },
  ...{ closer_campaigns: ' SAVE SUPPORT -', calls_today: 3 },
  ...more,
});
const autoCallRow = (more: Row = {}): Row => ({
  ...{ server_ip: '10.0.0.5', campaign_id: 'SAVE', status: 'CLOSER', lead_id: 884213, uniqueid, callerid: code },
  ...{ channel: 'SIP/carrier-00000002', phone_code: '44', phone_number: '2079460123', call_type: 'IN' },
  ...more,
});
const closerRow = (more: Row = {}): Row => ({
  ...{ lead_id: 884213, campaign_id: 'SAVE', start_epoch: epoch - 17, status: 'INCALL', phone_number: '2079460123' },
  ...{ user: '6666', queue_seconds: 17.25, uniqueid },
  ...more,
});
const logRow = (more: Row = {}): Row => ({
  ...{ uniqueid, lead_id: 884213, campaign_id: 'OUTBD', start_epoch: epoch - 8, status: 'INCALL' },
  ...{ phone_number: '2125551234', user: '6666' },
  ...more,
});
const user = (id: string, fullName: string | null) =>
  vicidial.insert('vicidial_users', { user: id, pass: 'p', full_name: fullName });

describe('VicidialFinder', () => {
  it('finds nothing of a call that is not there, nor of one that was hours ago', async () => {
    expect(await find({ uniqueids: [uniqueid], callerNames: [code] })).toBeUndefined();
    await vicidial.insert('vicidial_closer_log', closerRow({ start_epoch: epoch - 86_400 }));
    expect(await find({ uniqueids: [uniqueid], callerNames: [code] })).toBeUndefined();
  });

  describe('of a call that came in', () => {
    beforeEach(async () => {
      await user('6666', 'Dana Wills');
      await user('7777', 'Sam Kay');
      await vicidial.insert('vicidial_live_agents', agentRow());
      await vicidial.insert('vicidial_live_agents', agentRow({ ...idle, user: '7777', extension: 'SIP/cc101' }));
      await vicidial.insert('vicidial_auto_calls', autoCallRow());
      await vicidial.insert('vicidial_closer_log', closerRow());
    });
    const idle = { status: 'CLOSER', lead_id: 0, uniqueid: '0', callerid: '', channel: '' };
    const whole = {
      isFinal: false,
      isWhole: true,
      metadata: {
        agent: { id: '6666', name: 'Dana Wills' },
        caller: { number: '2079460123' },
        campaign: 'RETAIN',
        inGroup: 'SAVE',
        leadId: '884213',
        queueMs: 17_250,
      },
    };

    it.each([
      ['its id', { uniqueids: [uniqueid] }],
      ['an id of another of its channels', { uniqueids: [`${epoch}.15`, uniqueid] }],
      ['ViciDial’s name of it', { callerNames: [code] }],
      ['that name with an extension', { callerNames: [`${code} 1001`] }],
      ['its channel, and the agent’s row', { asteriskChannels: ['SIP/carrier-00000002'] }],
      ['the agent’s telephone', { asteriskChannels: ['SIP/cc100-0000001f'] }],
    ])('knows it by %s', async (_what, keys) => {
      const found = await find(keys);
      expect(found).toEqual(whole);
    });

    it.each([
      [{ asteriskChannels: ['SIP/cc101-0000001f'] }],
      [{ asteriskChannels: ['SIP/cc1000-0000001f'] }],
      [{ callerNames: ['Y1231359450000884299'] }],
      [{ uniqueids: ['0', ''] }],
      [{ callerNames: ["Y' OR '1'='1", '%', '_'] }],
    ])('does not take it for another: %j', async (keys) => {
      expect(await find(keys)).toBeUndefined();
    });

    it('waits in the queue longer and longer until an agent takes it', async () => {
      await mariaDb.run("UPDATE vicidial_closer_log SET status = 'QUEUE', queue_seconds = 0");
      const waited = async () => (await find({ uniqueids: [uniqueid] }))?.metadata.queueMs;
      now = (epoch - 17 + 40) * 1_000;
      expect(await waited()).toBe(40_000);
      now += 5_000;
      expect(await waited()).toBe(45_000);
      await mariaDb.run("UPDATE vicidial_closer_log SET status = 'INCALL', queue_seconds = 46.5");
      now += 60_000;
      expect(await waited()).toBe(46_500);
    });

    it('cleans the names that people typed', async () => {
      await vicidial.insert('vicidial_users', { user: '6667', pass: 'p', full_name: "Sean O\\'Hara\u00ad\t" });
      await vicidial.insert('vicidial_live_agents', agentRow({ user: '6667', campaign_id: 'RE\\"T\\"' }));
      await mariaDb.run("DELETE FROM vicidial_live_agents WHERE user = '6666'");
      const { metadata } = (await find({ uniqueids: [uniqueid] })) ?? {};
      expect(metadata).toMatchObject({ agent: { name: "Sean O'Hara" }, campaign: 'RE"T"' });
    });

    it('keeps two calls at once apart', async () => {
      const other = { uniqueid: `${epoch}.31`, callerid: 'Y1231359460000000007', lead_id: 7, channel: 'SIP/carrier-3' };
      await vicidial.update('vicidial_live_agents', { ...other, status: 'INCALL' }, { user: '7777' });
      await vicidial.insert('vicidial_auto_calls', autoCallRow({ ...other, campaign_id: 'SUPPORT' }));
      await vicidial.insert(
        'vicidial_closer_log',
        closerRow({ uniqueid: other.uniqueid, lead_id: 7, campaign_id: 'SUPPORT', user: '7777' }),
      );
      const [one, two] = await Promise.all([
        find({ uniqueids: [uniqueid] }),
        find({ uniqueids: [other.uniqueid], callerNames: [other.callerid] }),
      ]);
      expect(one).toEqual(whole);
      expect(two?.metadata).toMatchObject({ agent: { id: '7777', name: 'Sam Kay' }, inGroup: 'SUPPORT', leadId: '7' });
    });

    it('follows it to another in-group and agent', async () => {
      await vicidial.update('vicidial_live_agents', idle, { user: '6666' });
      await vicidial.update('vicidial_live_agents', { uniqueid, callerid: code, status: 'INCALL' }, { user: '7777' });
      await vicidial.update('vicidial_closer_log', { status: 'XFER', term_reason: 'AGENT' }, { uniqueid });
      await vicidial.insert(
        'vicidial_closer_log',
        closerRow({ campaign_id: 'SUPPORT', user: '7777', queue_seconds: 2 }),
      );
      const found = await find({ uniqueids: [uniqueid] });
      expect(found?.metadata).toMatchObject({
        agent: { id: '7777', name: 'Sam Kay' },
        inGroup: 'SUPPORT',
        queueMs: 2_000,
      });
    });

    it('knows its outcome once it is over and the agent has chosen one', async () => {
      await vicidial.pool.query('DELETE FROM vicidial_auto_calls');
      await vicidial.update('vicidial_live_agents', { ...idle, status: 'PAUSED', lead_id: 884213 }, { user: '6666' });
      await vicidial.update('vicidial_closer_log', { term_reason: 'CALLER', length_in_sec: 251 }, { uniqueid });
      const over = { term: { termReason: 'CALLER', diallerLengthMs: 251_000 } };
      expect(await find({ uniqueids: [uniqueid] }, { isOver: true })).toMatchObject({
        isFinal: false,
        metadata: { agent: { id: '6666' }, ...over.term },
      });
      await vicidial.update('vicidial_closer_log', { status: 'SALE' }, { uniqueid });
      expect(await find({ uniqueids: [uniqueid] }, { isOver: true })).toMatchObject({
        isFinal: true,
        metadata: { disposition: 'SALE', inGroup: 'SAVE', ...over.term },
      });
    });

    it('does not take the agent’s next call for it once it is over', async () => {
      await vicidial.pool.query('DELETE FROM vicidial_auto_calls');
      const next = { uniqueid: `${epoch}.99`, callerid: 'Y1231359460000000009', lead_id: 9, campaign_id: 'OTHER' };
      await vicidial.update('vicidial_live_agents', next, { user: '6666' });
      const keys = { uniqueids: [uniqueid], asteriskChannels: ['SIP/cc100-0000001f'] };
      const found = await find(keys, { isOver: true });
      expect(found?.metadata).toMatchObject({ leadId: '884213', inGroup: 'SAVE' });
      expect(found?.metadata.campaign).toBeUndefined();
    });

    it('knows where its recording is', async () => {
      const [[row]] = await vicidial.pool.query<never[]>('SELECT closecallid FROM vicidial_closer_log');
      const { closecallid } = row as unknown as { closecallid: number };
      const recording = { lead_id: 884213, user: '6666', filename: '20261123-140502_SAVE', start_epoch: epoch };
      await vicidial.insert('recording_log', {
        ...recording,
        vicidial_id: '1',
        lead_id: 1,
        location: 'http://x/other',
      });
      await vicidial.insert('recording_log', {
        ...recording,
        ...{ vicidial_id: String(closecallid), start_time: '2026-11-23 14:05:02' },
      });
      const recordings = { ...nowhere, baseUrl: 'https://rec.example/MP3', dateFolder: 'YYYY-MM-DD' };
      const urlOf = async () => (await find({ uniqueids: [uniqueid] }, { recordings }))?.metadata.recordingUrl;
      expect(await urlOf()).toBeUndefined();
      await vicidial.update('recording_log', { end_epoch: epoch + 9 }, { vicidial_id: String(closecallid) });
      expect(await urlOf()).toBe('https://rec.example/MP3/2026-11-23/20261123-140502_SAVE-all.mp3');
      const location = 'http://10.0.0.5/RECORDINGS/MP3/20261123-140502_SAVE-all.mp3';
      await vicidial.update('recording_log', { location }, { vicidial_id: String(closecallid) });
      expect(await urlOf()).toBe(location);
      await vicidial.update('recording_log', { vicidial_id: '' }, { vicidial_id: String(closecallid) });
      expect(await urlOf()).toBe(location);
    });

    it('tells two dialers with the same id apart by the lead, and their agents by the server', async () => {
      await vicidial.insert('vicidial_closer_log', closerRow({ lead_id: 5, campaign_id: 'OTHER', user: '7777' }));
      expect(await find({ uniqueids: [uniqueid], callerNames: [code] })).toEqual(whole);
      expect((await find({ callerNames: [code] }, { serverIp: '10.0.0.5' }))?.metadata.agent?.id).toBe('6666');
      const elsewhere = await find({ callerNames: [code] }, { serverIp: '10.0.0.9' });
      expect(elsewhere?.metadata.campaign).toBeUndefined();
    });
  });

  it.each(['vicidial_live_agents', 'vicidial_auto_calls', 'vicidial_users', 'recording_log', 'vicidial_log'])(
    'tells what it may where %s may not be read',
    async (table) => {
      await vicidial.insert('vicidial_closer_log', closerRow());
      await mariaDb.run(`RENAME TABLE ${table} TO elsewhere`);
      try {
        const found = await find({ uniqueids: [uniqueid], callerNames: [code] });
        expect(found?.metadata).toMatchObject({ agent: { id: '6666' }, inGroup: 'SAVE' });
      } finally {
        await mariaDb.run(`RENAME TABLE elsewhere TO ${table}`);
      }
    },
  );

  describe('of a call that went out', () => {
    beforeEach(() => user('6666', 'Dana Wills'));
    const outCode = 'V1231359450000884213';
    const whole = {
      agent: { id: '6666', name: 'Dana Wills' },
      caller: { number: '2125551234' },
      campaign: 'OUTBD',
      leadId: '884213',
    };

    it.each([
      ['dialled by the dialler', outCode],
      ['dialled by the agent', 'M1231359450000884213'],
    ])('knows it when it was %s, before it is logged and after', async (_how, callerid) => {
      const out = { callerid, campaign_id: 'OUTBD', call_type: 'OUT', phone_number: '2125551234', uniqueid: '' };
      await vicidial.insert('vicidial_auto_calls', autoCallRow(out));
      await vicidial.insert('vicidial_live_agents', agentRow({ callerid, campaign_id: 'OUTBD', uniqueid: '' }));
      expect(await find({ callerNames: [callerid] })).toEqual({ metadata: whole, isWhole: true, isFinal: false });
      await vicidial.pool.query('DELETE FROM vicidial_auto_calls');
      await vicidial.pool.query('DELETE FROM vicidial_live_agents');
      await vicidial.insert('vicidial_log', logRow({ status: 'NI', term_reason: 'AGENT', length_in_sec: 60 }));
      expect(await find({ uniqueids: [uniqueid] }, { isOver: true })).toEqual({
        isFinal: true,
        isWhole: false,
        metadata: {
          ...whole,
          ...{ disposition: 'NI', termReason: 'AGENT', diallerLengthMs: 60_000 },
        },
      });
    });

    it('finds it by its lead where its id is of another of its channels', async () => {
      await vicidial.insert('vicidial_log', logRow({ uniqueid: `${epoch}.16` }));
      await vicidial.insert('vicidial_log', logRow({ uniqueid: `${epoch - 90_000}.1`, start_epoch: epoch - 90_000 }));
      const found = await find({ uniqueids: [uniqueid], callerNames: [outCode] });
      expect(found?.metadata).toMatchObject({ campaign: 'OUTBD', leadId: '884213' });
    });

    it('names nobody while the dialler itself holds it', async () => {
      await vicidial.insert('vicidial_log', logRow({ user: 'VDAD' }));
      expect((await find({ uniqueids: [uniqueid] }))?.metadata.agent).toBeUndefined();
    });

    it('knows campaign and in-group when it was handed to one', async () => {
      await vicidial.insert('vicidial_log', logRow({ status: 'XFER' }));
      await vicidial.insert('vicidial_closer_log', closerRow({ user: '7777' }));
      expect((await find({ uniqueids: [uniqueid] }))?.metadata).toMatchObject({
        agent: { id: '7777' },
        campaign: 'OUTBD',
        inGroup: 'SAVE',
      });
    });
  });

  describe('with names that are hard to write', () => {
    it.each(["Róisín O'Brien", 'Robert"); DROP TABLE vicidial_users; --', 'a\\', '%_', 'Jürgen Groß'])(
      '%s',
      async (fullName) => {
        await user("o'b\\", fullName);
        await vicidial.insert('vicidial_live_agents', agentRow({ user: "o'b\\" }));
        expect((await find({ callerNames: [code] }))?.metadata.agent).toEqual({ id: "o'b\\", name: fullName });
      },
    );

    it.each([
      ['latin1', 'Jürgen Groß €'],
      ['utf8mb3', 'Иван 李雷'],
      ['utf8mb4', 'Zoë 😀'],
    ])('in a column of %s', async (charset, fullName) => {
      await mariaDb.run(`ALTER TABLE vicidial_users MODIFY full_name VARCHAR(50) CHARACTER SET ${charset}`);
      await user('6666', fullName);
      await vicidial.insert('vicidial_live_agents', agentRow());
      expect((await find({ callerNames: [code] }))?.metadata.agent?.name).toBe(fullName);
    });

    it('in UTF-8 that was written over a connection of latin1, as ViciDial’s pages do', async () => {
      await mariaDb.run('ALTER TABLE vicidial_users MODIFY full_name VARCHAR(50) CHARACTER SET latin1');
      const connection = await createConnection({ uri: mariaDb.url, charset: 'latin1' });
      await connection.query(
        Buffer.from(
          "INSERT INTO vicidial_users (user, pass, full_name) VALUES ('6666', 'p', 'Jürgen')",
          'utf8',
        ).toString('latin1'),
      );
      await connection.end();
      await vicidial.insert('vicidial_live_agents', agentRow());
      expect((await find({ callerNames: [code] }))?.metadata.agent?.name).toBe('Jürgen');
    });

    it('leaves out a name that is not there', async () => {
      await user('6666', null);
      await vicidial.insert('vicidial_live_agents', agentRow());
      expect((await find({ callerNames: [code] }))?.metadata.agent).toEqual({ id: '6666' });
    });
  });
});

describe('what the relay’s user may', () => {
  it.each(tables)('is reading of %s', async (table) => {
    const connection = await createConnection({ ...login, host: '127.0.0.1', port: mariaDb.port });
    await connection.query('SELECT 1 FROM ?? LIMIT 1', [table]);
    await connection.end();
  });

  it.each([
    ["INSERT INTO vicidial_log (uniqueid, lead_id) VALUES ('1', 1)"],
    ["UPDATE vicidial_live_agents SET status = 'PAUSED'"],
    ['SELECT pass FROM vicidial_users'],
    ['LOCK TABLES vicidial_live_agents READ'],
  ])('is not: %s', async (sql) => {
    const connection = await createConnection({ ...login, host: '127.0.0.1', port: mariaDb.port });
    await expect(connection.query(sql)).rejects.toThrow(/denied/);
    await connection.end();
  });
});

describe('Tables', () => {
  it('goes by an index with every statement on what grows', async () => {
    for (let i = 0; i < 300; i++) {
      const one = { lead_id: i, uniqueid: `1.${i}`, callerid: `V${i}`, start_epoch: i };
      await vicidial.insert('vicidial_auto_calls', autoCallRow({ uniqueid: one.uniqueid, callerid: one.callerid }));
      await vicidial.insert('vicidial_closer_log', closerRow({ lead_id: i, uniqueid: one.uniqueid }));
      await vicidial.insert('vicidial_log', logRow({ lead_id: i, uniqueid: one.uniqueid }));
      await vicidial.insert('vicidial_users', { user: `u${i}`, pass: 'p' });
      await vicidial.insert('recording_log', { lead_id: i, vicidial_id: String(i), filename: `f${i}` });
    }
    for (const table of tables) await vicidial.pool.query('ANALYZE TABLE ??', [table]);
    const used: Record<string, string | null> = {};
    const connection = await createConnection(mariaDb.url);
    const explained = (name: string) =>
      new Tables(
        {
          query: async (_schema, sql, values) => {
            const [[plan]] = await connection.execute<never[]>(`EXPLAIN ${sql}`, [...values]);
            used[name] = (plan as unknown as { key: string | null }).key;
            return [];
          },
        },
        systemClock,
      );
    await explained('autoCallsByCode').autoCallsByCode(['V7', 'V8']);
    await explained('autoCallsByUniqueid').autoCallsByUniqueid(['1.7', '1.8']);
    await explained('closerLogByUniqueid').closerLogByUniqueid(['1.7', '1.8']);
    await explained('closerLogByLead').closerLogByLead(7);
    await explained('logByUniqueid').logByUniqueid(['1.7', '1.8']);
    await explained('logByLead').logByLead(7);
    await explained('recordingsByCall').recordingsByCall(['7', '1.7']);
    await explained('recordingsByLead').recordingsByLead(7);
    await explained('namesOf').namesOf(['u7', 'u8']);
    await connection.end();
    expect(used).toEqual({
      autoCallsByCode: 'callerid',
      autoCallsByUniqueid: 'uniqueid',
      closerLogByUniqueid: 'uniqueid',
      closerLogByLead: 'lead_id',
      logByUniqueid: 'PRIMARY',
      logByLead: 'lead_id',
      recordingsByCall: 'vicidial_id',
      recordingsByLead: 'lead_id',
      namesOf: 'user',
    });
  });

  describe('where a column cannot be read', () => {
    const lostOf = (read: Tables) => lostFacts(read.unreadable(), 'earshot').map(({ found }) => found);
    const one = (table: VicidialTable, column: string, type: string) => ({ table, column, type });

    it.each([
      [one('vicidial_live_agents', 'pause_code', 'VARCHAR(6)'), /pause_code is not there: why an agent pauses/],
      [one('vicidial_live_agents', 'calls_today', 'SMALLINT'), /calls_today is not there: how many calls/],
      [one('vicidial_closer_log', 'queue_seconds', 'DECIMAL(7, 2)'), /queue_seconds is not there: how long callers/],
      [one('vicidial_users', 'full_name', 'VARCHAR(50)'), /full_name is not there: the names of agents/],
    ])('loses that fact alone, and says so: $column', async ({ table, column, type }, said) => {
      await user('6666', 'Dana Wills');
      await vicidial.insert('vicidial_live_agents', agentRow());
      await vicidial.insert('vicidial_auto_calls', autoCallRow());
      await vicidial.insert('vicidial_closer_log', closerRow());
      await vicidial.pool.query('ALTER TABLE ?? DROP COLUMN ??', [table, column]);
      try {
        const read = new Tables(database, systemClock);
        await read.tryAll();
        expect(lostOf(read)).toEqual([expect.stringMatching(said)]);
        expect(await read.liveAgents()).toMatchObject([{ user: '6666', status: 'INCALL', callerid: code }]);
        expect(await read.closerLogByUniqueid([uniqueid])).toMatchObject([{ user: '6666', campaign_id: 'SAVE' }]);
        expect((await find({ uniqueids: [uniqueid] }))?.metadata).toMatchObject({
          agent: { id: '6666' },
          inGroup: 'SAVE',
          leadId: '884213',
        });
      } finally {
        await vicidial.pool.query(`ALTER TABLE ?? ADD COLUMN ?? ${type}`, [table, column]);
      }
    });

    it('tells what is not granted from what is not there', async () => {
      await mariaDb.run(`CREATE USER 'narrow'@'127.0.0.1' IDENTIFIED BY 'p';
        GRANT SELECT ON vicidial_live_agents TO 'narrow'@'127.0.0.1';
        GRANT SELECT (user) ON vicidial_users TO 'narrow'@'127.0.0.1'`);
      const narrow = new Database(
        { ...login, user: 'narrow', password: 'p', servers: [{ host: '127.0.0.1', port: mariaDb.port }] },
        { clock: systemClock, log: pino({ level: 'silent' }) },
      );
      try {
        await vicidial.insert('vicidial_live_agents', agentRow());
        const read = new Tables(narrow, systemClock);
        await read.tryAll();
        expect(read.isBlind()).toBe(false);
        expect(lostOf(read).sort()).toEqual([
          expect.stringMatching(/recording_log may not be read by earshot: the recordings/),
          expect.stringMatching(/vicidial_auto_calls may not be read/),
          expect.stringMatching(/vicidial_closer_log may not be read/),
          expect.stringMatching(/vicidial_log may not be read/),
          expect.stringMatching(/vicidial_users\.full_name may not be read by earshot: the names of agents/),
        ]);
        expect(await read.liveAgents()).toMatchObject([{ user: '6666' }]);
      } finally {
        await narrow.close();
        await mariaDb.run(`DROP USER 'narrow'@'127.0.0.1'`);
      }
    });

    it('finds nothing amiss where all is granted', async () => {
      const read = new Tables(database, systemClock);
      await read.tryAll();
      expect(lostOf(read)).toEqual([]);
    });
  });
});
