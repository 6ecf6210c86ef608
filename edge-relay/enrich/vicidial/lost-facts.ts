import type { UnreadableColumn } from './readable-columns.ts';

/** What is not known of calls and agents without a column, or without a whole table. */
const LOST: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  vicidial_live_agents: {
    '*': 'who is logged in, and who has a call while it runs',
    user: 'who is logged in, and who has a call while it runs',
    server_ip: 'at which dialler an agent sits',
    call_server_ip: 'at which dialler an agent’s call is',
    conf_exten: 'the session in which supervisors join a call',
    extension: 'agents by their telephones',
    status: 'the state of agents',
    lead_id: 'the lead of an agent’s call',
    campaign_id: 'the campaign of agents',
    uniqueid: 'agents by the id of their call',
    callerid: 'agents by ViciDial’s name of their call',
    channel: 'agents by the channel of their call',
    closer_campaigns: 'the in-groups of agents',
    calls_today: 'how many calls agents had today',
    pause_code: 'why an agent pauses',
    stateSince: 'since when agents are in their state',
  },
  vicidial_auto_calls: {
    '*': 'what the dialler knows of a call while it runs',
    callerid: 'running calls by ViciDial’s name of them',
    uniqueid: 'running calls by their ids',
  },
  vicidial_closer_log: {
    '*': 'in-group and outcome of calls that came in',
    uniqueid: 'calls that came in, by their ids',
    closecallid: 'the recording of calls that came in, by their ids',
    queue_seconds: 'how long callers waited',
  },
  vicidial_log: { '*': 'campaign and outcome of calls that went out', uniqueid: 'calls that went out, by their ids' },
  vicidial_users: { '*': 'the names of agents', user: 'the names of agents', full_name: 'the names of agents' },
  recording_log: { '*': 'the recordings of calls', vicidial_id: 'recordings by the id of their call' },
};
/** Of several tables. */
const LOST_ANYWHERE: Readonly<Record<string, string>> = {
  lead_id: 'the lead of a call, and calls by their lead',
  campaign_id: 'campaign or in-group of a call',
  start_epoch: 'when a call began',
  length_in_sec: 'how long the dialler says a call was',
  status: 'the outcome of calls',
  phone_number: 'the customer’s number',
  user: 'the agent of a call that is over',
  term_reason: 'who ended a call',
  call_type: 'whether a running call came in',
  auto_call_id: 'which of several rows is the newest',
  recording_id: 'which of several recordings is the newest',
  end_epoch: 'whether a recording is over',
  day: 'in which folder of a day a recording is',
  filename: 'the name of a recording',
  location: 'where a recording is',
};

/** What cannot be read of ViciDial's database, what is lost by it, and what to do. */
export interface LostFact {
  readonly found: string;
  readonly advice: string;
}

export function lostFacts(unreadable: readonly UnreadableColumn[], user: string): LostFact[] {
  const tables = [...new Set(unreadable.map(({ table }) => table))];
  return tables.flatMap((table) => {
    const ofTable = unreadable.filter((one) => one.table === table);
    const isWhole = ofTable.every(({ code }) => WHOLE_TABLE.includes(code));
    return isWhole ? [wholeTable(table, ofTable, user)] : ofTable.map((one) => oneColumn(one, user));
  });
}

/** The table is not there, or nothing of it is granted. */
const WHOLE_TABLE: readonly string[] = ['ER_NO_SUCH_TABLE', 'ER_TABLEACCESS_DENIED_ERROR'];

function wholeTable(table: string, columns: readonly UnreadableColumn[], user: string): LostFact {
  const isMissing = columns.some(({ code }) => code === 'ER_NO_SUCH_TABLE');
  return {
    found: `ViciDial’s ${table} ${isMissing ? 'is not there' : `may not be read by ${user}`}: ${LOST[table]?.['*'] ?? 'all of it'} stays unknown`,
    advice: isMissing
      ? 'Set EARSHOT_VICIDIAL_DATABASE to ViciDial’s database (asterisk).'
      : `GRANT SELECT ON ${table} TO this user, as docs/install-vicidial.md shows.`,
  };
}

function oneColumn({ table, column, code }: UnreadableColumn, user: string): LostFact {
  const isMissing = code === 'ER_BAD_FIELD_ERROR';
  const name = `${table}.${column === 'stateSince' ? 'last_state_change' : column === 'day' ? 'start_time' : column}`;
  const lost = LOST[table]?.[column] ?? LOST_ANYWHERE[column] ?? column;
  return {
    found: `ViciDial’s ${name} ${isMissing ? 'is not there' : `may not be read by ${user}`}: ${lost} stays unknown`,
    advice: isMissing
      ? 'This ViciDial is older than that column; nothing needs to be done, or ViciDial be upgraded.'
      : `GRANT SELECT ON ${table} TO this user, or on that column, as docs/install-vicidial.md shows.`,
  };
}
