import type { AgentsListed } from '#core/contracts/events.ts';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { Enricher } from '../enricher.ts';
import { AgentLister } from './agent-list.ts';
import { Database, type DatabaseOptions } from './database.ts';
import { VicidialFinder } from './finder.ts';
import { LiveAgentRows } from './live-agents.ts';
import { lostFacts } from './lost-facts.ts';
import { Remembered } from './remembered.ts';
import { type AgentSession, sessionOf } from './session.ts';
import type { VicidialSettings } from './settings.ts';
import { Tables } from './tables.ts';

export interface Vicidial {
  readonly enricher: Enricher;
  readonly database: Pick<Database, 'queries' | 'failures' | 'isWell'>;
  /** What cannot be read, what is lost by it, and what to do. */
  problems: () => string[];
  /** The session in which the agent who has a call sits now. @throws {DatabaseAwayError} */
  sessionOf: (callId: string) => Promise<AgentSession | undefined>;
  stop: () => Promise<void>;
}

export interface VicidialDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly publish: (event: AgentsListed) => void;
}

const NAME_LIFE_MS = 300_000;

/** How ViciDial's database is reached; undefined where there is none. */
export function databaseOptions(settings: VicidialSettings): DatabaseOptions | undefined {
  const {
    EARSHOT_VICIDIAL_HOST: host,
    EARSHOT_VICIDIAL_PORT: port,
    EARSHOT_VICIDIAL_REPLICA_HOST: replica,
    EARSHOT_VICIDIAL_REPLICA_PORT: replicaPort,
  } = settings;
  if (host === undefined) return undefined;
  return {
    servers: [...(replica === undefined ? [] : [{ host: replica, port: replicaPort ?? port }]), { host, port }],
    user: settings.EARSHOT_VICIDIAL_USER,
    password: settings.EARSHOT_VICIDIAL_PASSWORD ?? '',
    database: settings.EARSHOT_VICIDIAL_DATABASE,
  };
}

/** Starts to look calls up in ViciDial's database, and to publish who is logged in; undefined where there is none. */
export function startVicidial(
  settings: VicidialSettings & { readonly EARSHOT_RELAY_ID: string; readonly EARSHOT_PBX: string },
  { clock, log, publish }: VicidialDependencies,
): Vicidial | undefined {
  const options = databaseOptions(settings);
  if (!options) return undefined;
  const database = new Database(options, { clock, log });
  const tables = new Tables(database, clock);
  const liveAgents = new LiveAgentRows(tables, clock, settings.EARSHOT_VICIDIAL_SERVER_IP);
  const names = new Remembered(clock, NAME_LIFE_MS, (users) => tables.namesOf(users));
  const finder = new VicidialFinder({
    tables,
    liveAgents,
    names,
    now: () => clock.now(),
    recordings: {
      baseUrl: settings.EARSHOT_VICIDIAL_RECORDINGS_URL,
      dateFolder: settings.EARSHOT_VICIDIAL_RECORDINGS_FOLDER,
      suffix: settings.EARSHOT_VICIDIAL_RECORDINGS_SUFFIX,
    },
  });
  const enricher = new Enricher({ clock, log, find: (keys, isOver) => finder.find(keys, isOver) });
  const { EARSHOT_RELAY_ID: relayId, EARSHOT_PBX: pbx } = settings;
  const callsByAgent = () => enricher.callsByAgent();
  const lister = new AgentLister({ relayId, pbx, clock, liveAgents, names, callsByAgent, publish });
  lister.start();
  return {
    enricher,
    database,
    problems: () => lostFacts(tables.unreadable(), options.user).map(({ found, advice }) => `${found}. ${advice}`),
    sessionOf: async (callId) => sessionOf(callId, await liveAgents.rows(), callsByAgent()),
    stop: async () => {
      lister.stop();
      enricher.stop();
      await database.close();
    },
  };
}
