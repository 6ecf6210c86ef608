import type { Clock } from '../../clock.ts';
import { tapUuid } from './channel-name.ts';
import { type AmiClient, AmiError } from './client.ts';
import type { AmiMessage } from './protocol.ts';

/** What the manager user must be allowed: `write = originate` and `read = call,agent,user`. */
type Right = 'originate' | ReadRight;
const READ_RIGHTS = ['call', 'agent', 'user'] as const;
type ReadRight = (typeof READ_RIGHTS)[number];

export interface ManagerRightsOptions {
  readonly user: string;
  /** host:port at which Asterisk reaches the relay's AudioSocket. */
  readonly relayAddress: string;
  /** False when the dialplan places the taps. */
  readonly isPlacing: boolean;
}

export interface ManagerRightsDependencies {
  readonly client: Pick<AmiClient, 'send'>;
  readonly clock: Clock;
  readonly newUuid: () => string;
}

/** What is amiss with the manager interface. */
export interface ManagerFinding {
  /** Calls are not transcribed; otherwise something about them is missing. */
  readonly isGrave: boolean;
  /** What was found, what it costs, and what to do. */
  readonly found: string;
  readonly advice: string;
}

/** Asterisk itself gives up connecting after two seconds. */
const PROBE_MS = 5_000;
/** The connection of one may come after Asterisk has reported its end. */
const KEPT_PROBES = 4;
const RELOAD = 'then asterisk -rx "manager reload"';

interface Probe {
  readonly uuid: string;
  /** Asterisk connected to the relay. */
  isReached: boolean;
  hasFailed: boolean;
  finish: () => void;
}

/**
 * Proves what the manager user may do. Asterisk says which actions a user may send, but not which events it keeps
 * back, so an event of each class has to be seen: a channel that Asterisk opens to the relay for a moment, as it opens
 * taps, makes one of the classes `call` and `user`. One of the class `agent` only comes of a call in a queue; when
 * queues have served calls and none came, the right is missing.
 */
export class ManagerRights {
  readonly #options: ManagerRightsOptions;
  readonly #dependencies: ManagerRightsDependencies;
  readonly #proven = new Set<Right>();
  readonly #missing = new Set<Right>();
  #isStopped = false;
  #isPathBroken = false;
  /** Asterisk accepted the action and nothing was reported of it, neither by events nor by a connection. */
  #isSilent = false;
  #probe: Probe | undefined;
  /** The newest last. */
  #probeUuids: readonly string[] = [];
  #queueCalls: number | undefined;

  constructor(options: ManagerRightsOptions, dependencies: ManagerRightsDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** The rights that are proven. */
  get proven(): ReadonlySet<Right> {
    return this.#proven;
  }

  /** Asterisk is sent to the relay no more. */
  stop(): void {
    this.#isStopped = true;
    this.#probe?.finish();
  }

  /** Learns from an event that came that events of its class come. */
  see(event: AmiMessage): void {
    const classes = (event.get('Privilege') ?? '').split(',');
    for (const right of READ_RIGHTS) if (classes.includes(right)) this.#prove(right);
    if (this.#probe) this.#follow(this.#probe, event);
  }

  /** Whether an AudioSocket connection is Asterisk's answer to a proof, be it late, and no leg. */
  isProbe(uuid: string): boolean {
    if (!this.#probeUuids.includes(uuid)) return false;
    if (this.#probe?.uuid === uuid) this.#probe.isReached = true;
    this.#isPathBroken = false;
    return true;
  }

  /** A tap came up. */
  tapCameUp(): void {
    this.#isPathBroken = false;
    this.#isSilent = false;
    this.#prove('call');
  }

  /** `calls`: those that Asterisk's queues have taken in since it counts, all together. */
  queuesServed(calls: number): void {
    if (this.#queueCalls !== undefined && calls > this.#queueCalls && !this.#proven.has('agent'))
      this.#missing.add('agent');
    this.#queueCalls = calls;
  }

  /**
   * Proves the rights of the user who has just logged in.
   * @throws {AmiError} when the connection is lost meanwhile
   */
  async prove(): Promise<void> {
    this.#proven.clear();
    this.#missing.clear();
    this.#isPathBroken = this.#isSilent = false;
    this.#queueCalls = undefined;
    // The names of the actions that this user may send are headers of the answer.
    const actions = await this.#dependencies.client.send({ Action: 'ListCommands' });
    this.#settle('originate', actions.has('Originate'));
    if (actions.has('Command')) await this.#readGranted();
    if (actions.has('Originate') && !this.#isStopped) await this.#probeEvents();
  }

  findings(): ManagerFinding[] {
    const { relayAddress, isPlacing, user } = this.#options;
    const ofRights = [...this.#missing].map((right) => {
      const [isGrave, cost] = COSTS[right](isPlacing);
      const [way, all] = right === 'originate' ? ['write', 'originate'] : ['read', 'call,agent,user'];
      return {
        isGrave,
        found: `Asterisk’s manager user ${user} lacks ${way} = ${right}: ${cost}`,
        advice: `Give it ${way} = ${all} in manager.conf, and no eventfilter, ${RELOAD}.`,
      };
    });
    const reach = `let it reach the relay at ${relayAddress} (EARSHOT_AMI_RELAY_ADDRESS), and load res_audiosocket.so, chan_audiosocket.so and app_chanspy.so (asterisk -rx "module show like audiosocket")`;
    return [
      ...ofRights,
      ...(this.#isPathBroken && isPlacing
        ? [
            {
              isGrave: true,
              found: 'Asterisk cannot open taps: no call is transcribed',
              advice: `On Asterisk’s side, ${reach}.`,
            },
          ]
        : []),
      ...(this.#isSilent && isPlacing
        ? [
            {
              isGrave: true,
              found: `Asterisk reports nothing to its manager user ${user}, not even of a channel to the relay: no call is transcribed`,
              advice: `Give the user read = call,agent,user in manager.conf, and no eventfilter, ${RELOAD}; and ${reach}.`,
            },
          ]
        : []),
    ];
  }

  #settle(right: Right, isGranted: boolean): void {
    if (isGranted) this.#prove(right);
    else if (!this.#proven.has(right)) this.#missing.add(right);
  }

  #prove(right: Right): void {
    this.#proven.add(right);
    this.#missing.delete(right);
  }

  /** Who may send commands to the console can read the rights there. */
  async #readGranted(): Promise<void> {
    const { client } = this.#dependencies;
    const shown = await client
      .send({ Action: 'Command', Command: `manager show user ${this.#options.user}` })
      .catch(() => undefined);
    const granted = /read perm:\s*(\S+)/.exec(shown?.get('Output') ?? '')?.[1]?.split(',');
    if (granted)
      for (const right of READ_RIGHTS)
        this.#settle(
          right,
          granted.some((one) => one === right || one === 'all'),
        );
  }

  async #probeEvents(): Promise<void> {
    const { client, clock, newUuid } = this.#dependencies;
    const uuid = newUuid();
    this.#probeUuids = [...this.#probeUuids, uuid].slice(-KEPT_PROBES);
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const probe: Probe = { uuid, isReached: false, hasFailed: false, finish };
    this.#probe = probe;
    try {
      await client.send({
        Action: 'Originate',
        ActionID: uuid,
        Channel: `AudioSocket/${this.#options.relayAddress}/${uuid}/c(slin)`,
        Application: 'UserEvent',
        Data: `EarshotProof,uuid:${uuid}`,
        // It is no call, so it is none in the call records either.
        Variable: 'CDR_PROP(disable)=1',
        Async: 'true',
      });
      const cancel = clock.after(PROBE_MS, finish);
      await finished;
      cancel();
      if (!this.#isStopped) this.#conclude(probe);
    } catch (error) {
      if (!(error instanceof AmiError)) throw error;
      this.#settle('originate', false);
    } finally {
      this.#probe = undefined;
    }
  }

  #follow(probe: Probe, event: AmiMessage): void {
    const isOutcome = event.get('Event') === 'OriginateResponse' && event.get('ActionID') === probe.uuid;
    if (isOutcome && event.get('Response') === 'Success') probe.isReached = true;
    if (isOutcome && event.get('Response') !== 'Success') probe.hasFailed = true;
    if (event.get('UserEvent') === 'EarshotProof' && event.get('uuid') === probe.uuid) probe.isReached = true;
    const isOver = event.get('Event') === 'Hangup' && tapUuid(event.get('Channel') ?? '') === probe.uuid;
    // Of one that could not connect, Asterisk has nothing more to report.
    if (isOver || probe.hasFailed) probe.finish();
  }

  #conclude({ isReached, hasFailed }: Probe): void {
    const isCallProven = this.#proven.has('call');
    if (isReached) for (const right of ['call', 'user'] as const) this.#settle(right, this.#proven.has(right));
    else if (hasFailed || isCallProven) this.#isPathBroken = true;
    else this.#isSilent = true;
  }
}

/** Whether calls go unheard without a right, and what is lost. */
const COSTS: Readonly<Record<Right, (isPlacing: boolean) => [isGrave: boolean, cost: string]>> = {
  originate: (isPlacing) =>
    isPlacing
      ? [true, 'it opens no taps, so no call is transcribed']
      : [false, 'supervisors and ringing alerts reach no telephone'],
  call: (isPlacing) =>
    isPlacing
      ? [true, 'it receives no events of calls, so none is transcribed']
      : [false, 'numbers and names of callers stay unknown'],
  agent: () => [false, 'of calls in queues, the queue and its member stay unknown'],
  user: (isPlacing) => [
    !isPlacing,
    'of calls that the dialplan taps (CallTap), the sides, the agent and the call’s id stay unknown',
  ],
};
