import { type AgentsListed, MAX_AGENTS_PER_LIST } from '#core/contracts/events.ts';
import { agentStateSchema, type LiveAgent, MAX_IN_GROUPS } from '#core/live-agent.ts';
import { type Clock, every } from '../../clock.ts';
import type { LiveAgentRows } from './live-agents.ts';
import type { Remembered } from './remembered.ts';
import type { LiveAgentRow } from './tables.ts';

export interface AgentListerDependencies {
  readonly relayId: string;
  readonly pbx: string;
  readonly clock: Clock;
  readonly liveAgents: LiveAgentRows;
  readonly names: Remembered<string>;
  /** The live calls of this relay, by their agent. */
  readonly callsByAgent: () => ReadonlyMap<string, string>;
  readonly publish: (event: AgentsListed) => void;
}

const PERIOD_MS = 5_000;
/** An unchanged list is published again before a minute is over. */
const REPEAT_MS = 50_000;

/** Publishes who is logged in to the dialler, on each change and once in a while. */
export class AgentLister {
  readonly #dependencies: AgentListerDependencies;
  #stopPeriod: () => void = () => undefined;
  #isListing = false;
  #published: { readonly list: string; readonly at: number } | undefined;

  constructor(dependencies: AgentListerDependencies) {
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#stopPeriod = every(this.#dependencies.clock, PERIOD_MS, () => void this.list());
    void this.list();
  }

  stop(): void {
    this.#stopPeriod();
  }

  /**
   * Queries, and publishes a change. While the database is away nothing is published: the page shows the list's age.
   */
  async list(): Promise<void> {
    if (this.#isListing) return;
    this.#isListing = true;
    try {
      await this.#list();
    } catch {
      // The database logs its own failures.
    }
    this.#isListing = false;
  }

  async #list(): Promise<void> {
    const { clock, liveAgents, names, callsByAgent } = this.#dependencies;
    const rows = await liveAgents.rows();
    const fullNames = await names.of(rows.flatMap(({ user }) => user ?? []));
    const calls = callsByAgent();
    const agents = rows.flatMap((row) => agentOf(row, fullNames, calls) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    const [list, now] = [JSON.stringify(agents), clock.now()];
    if (this.#published?.list === list && now - this.#published.at < REPEAT_MS) return;
    this.#published = { list, at: now };
    this.#publish(agents, now);
  }

  #publish(agents: readonly LiveAgent[], listedAt: number): void {
    const { relayId, pbx, publish } = this.#dependencies;
    const parts = Math.max(1, Math.ceil(agents.length / MAX_AGENTS_PER_LIST));
    for (let part = 1; part <= parts; part++)
      publish({
        type: 'AgentsListed',
        version: 1,
        relayId,
        pbx,
        listedAt,
        part,
        parts,
        agents: agents.slice((part - 1) * MAX_AGENTS_PER_LIST, part * MAX_AGENTS_PER_LIST),
      });
  }
}

/** A row as it is published; undefined for one without a user, or in an unknown state. */
function agentOf(
  row: LiveAgentRow,
  names: ReadonlyMap<string, string>,
  calls: ReadonlyMap<string, string>,
): LiveAgent | undefined {
  const { user, campaign_id: campaign, stateSince, pause_code: pauseCode } = row;
  const state = agentStateSchema.safeParse(stateOf(row)).data;
  if (user === undefined || state === undefined) return undefined;
  const [name, callId, inGroups] = [names.get(user), calls.get(user), inGroupsOf(row)];
  return {
    id: user,
    state,
    ...(name !== undefined && { name }),
    ...(stateSince !== undefined && { since: stateSince * 1_000 }),
    ...(state === 'PAUSED' && pauseCode !== undefined && { pauseCode }),
    ...(campaign !== undefined && { campaign }),
    ...(inGroups.length > 0 && { inGroups }),
    ...(callId !== undefined && { callId }),
    ...(typeof row.calls_today === 'number' && { callsToday: row.calls_today }),
  };
}

/**
 * As ViciDial's real-time report (AST_timeonVDADall.php) reads a row: one who is paused with a lead notes its outcome.
 */
function stateOf({ status, lead_id: leadId }: LiveAgentRow): string | undefined {
  return status === 'PAUSED' && leadId !== undefined ? 'DISPO' : status;
}

/** ` SALES SAVE -`: between spaces, with a hyphen at the end. */
function inGroupsOf({ closer_campaigns: list }: LiveAgentRow): string[] {
  const named = (list ?? '').split(/\s+/).filter((inGroup) => inGroup !== '' && inGroup !== '-');
  return [...new Set(named)].slice(0, MAX_IN_GROUPS);
}
