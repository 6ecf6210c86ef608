import type { CallKeys, DialledMetadata, Found } from '../call-keys.ts';
import { type CallerCode, callerCodeIn } from './caller-code.ts';
import type { LiveAgentRows } from './live-agents.ts';
import { type RecordingPlace, recordingUrlOf } from './recording-link.ts';
import type { Remembered } from './remembered.ts';
import {
  type AutoCallRow,
  type CloserLogRow,
  type LiveAgentRow,
  type LogRow,
  type RecordingRow,
  type Tables,
} from './tables.ts';

export interface FinderDependencies {
  readonly tables: Tables;
  readonly liveAgents: LiveAgentRows;
  /** Full names by user. */
  readonly names: Remembered<string>;
  readonly recordings: RecordingPlace;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * How long a caller may have waited before the call is first tapped, and how late it may be transferred or recorded.
 */
const AROUND_SECONDS = 2 * 3_600;

/** Users of the dialler that are nobody. */
const MACHINES: readonly string[] = ['VDAD', 'VDCL', 'VDIC'];
/** What a call is while it runs, and while its agent chooses the outcome. */
const UNDER_WAY: readonly string[] = ['INCALL', 'QUEUE', 'LIVE', 'DISPO', 'DISPMO', 'NEW', 'RING'];
const SPEAKING: readonly string[] = ['INCALL', 'QUEUE', 'MQUEUE'];

/** All rows that are of one call. */
interface Rows {
  readonly autoCall: AutoCallRow | undefined;
  readonly agent: LiveAgentRow | undefined;
  readonly closer: CloserLogRow | undefined;
  readonly log: LogRow | undefined;
  readonly recording: RecordingRow | undefined;
}

/** Finds a call in ViciDial's tables. */
export class VicidialFinder {
  readonly #dependencies: FinderDependencies;

  constructor(dependencies: FinderDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * What the tables know of a call; undefined where they do not know it, or not yet.
   * @throws {DatabaseAwayError}
   */
  async find(keys: CallKeys, isOver: boolean): Promise<Found | undefined> {
    const codes = codesIn(keys);
    const autoCall = await this.#autoCall(keys, codes);
    const agents = await this.#dependencies.liveAgents.rows();
    const agent = agentOn(agents, keys, codes, autoCall, isOver);
    const uniqueids = distinct([...keys.uniqueids, autoCall?.uniqueid, agent?.uniqueid]);
    const leadId = autoCall?.lead_id ?? codes.find((code) => code.leadId !== undefined)?.leadId ?? agent?.lead_id;
    const [closer, log] = await this.#logs(keys, uniqueids, leadId);
    if (!autoCall && !agent && !closer && !log) return undefined;
    const recording = await this.#recording(keys, closer, log, leadId);
    const rows = { autoCall, agent, closer, log, recording };
    const user = userOf(rows);
    const name = user === undefined ? undefined : (await this.#dependencies.names.of([user])).get(user);
    return this.#told(rows, leadId, user, name, isOver);
  }

  async #autoCall(keys: CallKeys, codes: readonly CallerCode[]): Promise<AutoCallRow | undefined> {
    const { tables } = this.#dependencies;
    const [byCode] = await tables.autoCallsByCode(distinct(codes.map(({ code }) => code)));
    return byCode ?? (await tables.autoCallsByUniqueid(keys.uniqueids))[0];
  }

  /** A call that came from another dialler has another id here, but the same lead. */
  async #logs(
    keys: CallKeys,
    uniqueids: readonly string[],
    leadId: number | undefined,
  ): Promise<[CloserLogRow | undefined, LogRow | undefined]> {
    const { tables } = this.#dependencies;
    const isOfCall = isOfLeadAndTime(keys, leadId);
    const closer = (await tables.closerLogByUniqueid(uniqueids)).find(isOfCall);
    const log = (await tables.logByUniqueid(uniqueids)).find(isOfCall);
    if (closer || log || leadId === undefined) return [closer, log];
    return [(await tables.closerLogByLead(leadId)).find(isOfCall), (await tables.logByLead(leadId)).find(isOfCall)];
  }

  async #recording(
    keys: CallKeys,
    closer: CloserLogRow | undefined,
    log: LogRow | undefined,
    leadId: number | undefined,
  ): Promise<RecordingRow | undefined> {
    const { tables } = this.#dependencies;
    const ids = distinct([closer?.closecallid?.toString(), log?.uniqueid]);
    const isOfCall = isOfLeadAndTime(keys, leadId);
    const byCall = (await tables.recordingsByCall(ids)).find(isOfCall);
    if (byCall || leadId === undefined) return byCall;
    return (await tables.recordingsByLead(leadId)).find(isOfCall);
  }

  #told(
    rows: Rows,
    leadId: number | undefined,
    user: string | undefined,
    name: string | undefined,
    isOver: boolean,
  ): Found {
    const { autoCall, agent, closer, log, recording } = rows;
    const logged = closer ?? log;
    const isInbound = closer !== undefined || autoCall?.call_type === 'IN';
    const number = (autoCall ?? logged)?.phone_number;
    const campaign = log?.campaign_id ?? agent?.campaign_id ?? (isInbound ? undefined : autoCall?.campaign_id);
    const inGroup = closer?.campaign_id ?? (isInbound ? autoCall?.campaign_id : undefined);
    const disposition = logged?.status !== undefined && !UNDER_WAY.includes(logged.status) ? logged.status : undefined;
    const reason = logged?.term_reason;
    const lead = leadId ?? logged?.lead_id;
    const seconds = logged?.length_in_sec ?? 0;
    const url = recording && this.#urlOf(recording);
    const queueMs = closer && queueMsOf(closer, isOver ? undefined : this.#dependencies.now());
    const metadata: DialledMetadata = {
      ...(user !== undefined && { agent: { id: user, ...(name !== undefined && { name }) } }),
      ...(number !== undefined && { caller: { number } }),
      ...(campaign !== undefined && { campaign }),
      ...(inGroup !== undefined && { inGroup }),
      ...(url !== undefined && { recordingUrl: url }),
      ...(lead !== undefined && { leadId: String(lead) }),
      ...(disposition !== undefined && { disposition }),
      ...(reason !== undefined && reason !== 'NONE' && { termReason: reason }),
      ...(queueMs !== undefined && { queueMs }),
      ...(seconds > 0 && { diallerLengthMs: seconds * 1_000 }),
    };
    const isFinal = disposition !== undefined && (!recording || url !== undefined);
    return { metadata, isWhole: agent !== undefined, isFinal };
  }

  #urlOf({ filename, location, day, end_epoch }: RecordingRow): string | undefined {
    return recordingUrlOf({ filename, location, day, isOver: end_epoch !== undefined }, this.#dependencies.recordings);
  }
}

function codesIn({ callerNames }: CallKeys): CallerCode[] {
  return callerNames.flatMap((callerName) => callerCodeIn(callerName) ?? []);
}

/** The agent who has the call: by the dialler's name of it, its id or channel, and last by their own telephone. */
function agentOn(
  agents: readonly LiveAgentRow[],
  { uniqueids, asteriskChannels }: CallKeys,
  codes: readonly CallerCode[],
  autoCall: AutoCallRow | undefined,
  isOver: boolean,
): LiveAgentRow | undefined {
  const names = distinct([...codes.map(({ code }) => code), autoCall?.callerid]);
  const isIn = (list: readonly string[], value: string | undefined) => value !== undefined && list.includes(value);
  const found =
    agents.find(({ callerid }) => isIn(names, callerid)) ??
    agents.find(({ uniqueid }) => isIn(uniqueids, uniqueid)) ??
    agents.find(({ channel }) => isIn(asteriskChannels, channel));
  // The telephone stays connected when the call is over, and the row is then about the next call.
  if (found || isOver) return found;
  return agents.find(
    ({ extension, status }) =>
      extension !== undefined &&
      SPEAKING.includes(status ?? '') &&
      asteriskChannels.some((channel) => channel.startsWith(`${extension}-`)),
  );
}

/**
 * ViciDial counts the seconds when an agent takes the call; until then the call waits since its row was made.
 * @param now undefined for a call that is over
 */
function queueMsOf({ status, queue_seconds, start_epoch }: CloserLogRow, now: number | undefined): number | undefined {
  const isWaiting = now !== undefined && status === 'QUEUE' && typeof start_epoch === 'number';
  if (isWaiting) return Math.max(0, now - start_epoch * 1_000);
  return typeof queue_seconds === 'number' ? Math.round(queue_seconds * 1_000) : undefined;
}

function userOf({ agent, closer, log }: Rows): string | undefined {
  return [agent, closer, log].map((row) => row?.user).find((user) => user !== undefined && !MACHINES.includes(user));
}

/** Two dialers may assign the same id, and a lead is called more than once. */
function isOfLeadAndTime({ startedAt }: CallKeys, leadId: number | undefined) {
  const startedSeconds = startedAt / 1_000;
  return (row: { lead_id?: number | undefined; start_epoch?: number | null | undefined }) => {
    const isOfLead = leadId === undefined || row.lead_id === undefined || row.lead_id === leadId;
    const start = row.start_epoch ?? startedSeconds;
    return isOfLead && Math.abs(start - startedSeconds) <= AROUND_SECONDS;
  };
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
