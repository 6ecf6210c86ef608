import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { TrunkAnswer } from '#core/trunks.ts';
import type { Waiting } from '#core/waiting.ts';
import { type Clock, every } from '../../clock.ts';
import { type CaptureSource, type LegDescription, legDescriptionSchema } from '../../leg-contract.ts';
import { AmiClient, type AmiOptions } from './client.ts';
import type { AmiMessage } from './protocol.ts';
import { readQueues } from './queues.ts';
import { ManagerRights } from './rights.ts';
import { TapQueue } from './tap-queue.ts';
import { TrunkHints } from './trunk-hints.ts';
import { WaitingCallers } from './waiting.ts';
import { CallTracker, type TapAction, type TapFilters } from './tracker.ts';
import type { Trunks } from './channels.ts';

export interface AmiTapOptions extends AmiOptions {
  /** host:port at which Asterisk reaches the relay's AudioSocket. */
  readonly relayAddress: string;
  /** False when the dialplan places the taps: then this only describes who is on them. */
  readonly isPlacing: boolean;
  /** Another relay has so long to tap a channel before this one does; 0 where there is no other. */
  readonly standbyMs: number;
  readonly filters: TapFilters;
  /** The trunks that the settings name, and what admins have answered about others. */
  readonly trunks: Trunks;
  readonly trunkAnswers: readonly TrunkAnswer[];
}

export interface AmiTapDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly describe: (description: LegDescription) => void;
  /** Whether audio of the leg is being received. */
  readonly isHeard: (uuid: string) => boolean;
  readonly closeLeg: (uuid: string) => void;
  /** What was bridged when the connection came up has been seen, and its taps have been requested. */
  readonly onSynchronized?: () => void;
}

export interface AmiTapCounts {
  placed: number;
  failed: number;
}

const QUEUES_MS = 5_000;
/** Events of a queue that come close together are followed by one reading. */
const QUEUES_SOON_MS = 500;
const QUEUE_EVENTS: readonly string[] = ['QueueCallerJoin', 'QueueCallerLeave', 'QueueCallerAbandon'];
/** What is amiss with the manager user may be mended meanwhile, which a new login shows. */
const PROVE_AGAIN_MS = 60_000;
/** Longer than Asterisk itself tries. */
const ORIGINATE_MS = 40_000;
/** By its unique name, no beep, until the channel ends, only what comes from it, with a long queue. */
const CHANSPY_OPTIONS = 'uqEol';

/** Has Asterisk send each side of its calls to the relay, and describes who is on them. */
export class AmiTap implements CaptureSource {
  readonly name = 'ami';
  readonly counts: AmiTapCounts = { placed: 0, failed: 0 };
  readonly #options: AmiTapOptions;
  readonly #dependencies: AmiTapDependencies;
  readonly #tracker: CallTracker;
  readonly #queue: TapQueue;
  readonly #client: AmiClient;
  readonly rights: ManagerRights;
  #cancelProving: () => void = () => undefined;
  #stopReadingQueues: () => void = () => undefined;
  #cancelReadingSoon: (() => void) | undefined;
  readonly #waiting = new WaitingCallers();
  readonly #trunkHints: TrunkHints;
  #areQueuesKnown = false;
  /** Each with what ends the waiting for its connection. */
  readonly #abandoned = new Map<string, () => void>();
  #isStopped = false;

  constructor(options: AmiTapOptions, dependencies: AmiTapDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#trunkHints = new TrunkHints(options.trunks, options.trunkAnswers);
    this.#tracker = new CallTracker({
      filters: options.filters,
      trunks: this.#trunkHints.trunks,
      yieldsToOthers: options.standbyMs > 0,
      newUuid: randomUUID,
      now: () => dependencies.clock.now(),
    });
    this.#queue = new TapQueue(dependencies.clock);
    this.#client = new AmiClient(options, {
      clock: dependencies.clock,
      log: dependencies.log,
      listener: {
        connected: () => {
          void this.#synchronize();
          void this.#proveRights();
          void this.#readQueues();
        },
        event: (event) => {
          this.rights.see(event);
          this.#apply(event);
        },
        disconnected: () => {
          this.#forgetWaiting();
        },
      },
    });
    this.rights = new ManagerRights(options, { client: this.#client, clock: dependencies.clock, newUuid: randomUUID });
  }

  start(): void {
    this.#client.start();
    this.#stopReadingQueues = every(this.#dependencies.clock, QUEUES_MS, () => {
      this.#perform(this.#tracker.timePassed());
      void this.#readQueues();
    });
  }

  get client(): AmiClient {
    return this.#client;
  }

  /** The channel of Asterisk that a leg is tapped from, by the name it has now. */
  channelOf(uuid: string): string | undefined {
    return this.#tracker.channelOf(uuid);
  }

  /** Somebody has said that who is on this leg is the caller. */
  isCaller(uuid: string): void {
    const channel = this.#tracker.channelOf(uuid);
    if (channel !== undefined) this.#trunkHints.swapped(channel);
  }

  /** What admins are asked about trunks; `advice` says it in words, with the setting that answers it. */
  get trunks(): Pick<TrunkHints, 'questions' | 'advice'> {
    return this.#trunkHints;
  }

  /** Applies an admin's answer about a trunk. It holds for channels that come from now on: who is who on a call stays. */
  answerTrunk(answer: TrunkAnswer): void {
    this.#trunkHints.answer(answer);
  }

  /** Who waits in Asterisk's queues; undefined while that is not known, and where there are none. */
  waiting(): Waiting[] | undefined {
    return this.#areQueuesKnown ? this.#waiting.all(this.#dependencies.clock.now()) : undefined;
  }

  /** A connection that is no leg: of a tap that is no longer wanted, or a proof that taps can be opened. */
  isAbandoned(uuid: string): boolean {
    return this.#abandoned.has(uuid) || this.rights.isProbe(uuid);
  }

  /** Places no further taps; those there are end with their channels, or with the relay's connections. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelProving();
    this.rights.stop();
    this.#stopReadingQueues();
    this.#cancelReadingSoon?.();
    for (const cancel of this.#abandoned.values()) cancel();
    this.#queue.stop();
    await this.#client.stop();
  }

  #apply(event: AmiMessage): void {
    this.#trunkHints.event(event);
    this.#perform(this.#tracker.event(event));
    if (!QUEUE_EVENTS.includes(event.get('Event') ?? '')) return;
    this.#cancelReadingSoon ??= this.#dependencies.clock.after(QUEUES_SOON_MS, () => {
      this.#cancelReadingSoon = undefined;
      void this.#readQueues();
    });
  }

  /** Learns what is bridged by now. `BridgeList` and `BridgeInfo` need no right beyond the login. */
  async #synchronize(): Promise<void> {
    const { log, isHeard, onSynchronized } = this.#dependencies;
    this.#perform(this.#tracker.startAnew(isHeard));
    try {
      const bridges = (await this.#client.list({ Action: 'BridgeList' })).flatMap(
        (item) => item.get('BridgeUniqueid') ?? [],
      );
      const bridged = await Promise.all(bridges.map((id) => this.#bridgedIn(id)));
      this.#perform(this.#tracker.bridged(bridged.flat()));
    } catch (error) {
      log.warn({ err: error }, 'calls that run already could not be learnt from Asterisk');
    }
    onSynchronized?.();
  }

  async #proveRights(): Promise<void> {
    const { log, clock } = this.#dependencies;
    this.#cancelProving();
    await this.rights.prove().catch((error: unknown) => {
      log.debug({ err: error }, 'the manager user’s rights could not be proven');
    });
    for (const { found, advice } of this.rights.findings()) log.error({ advice }, found);
    if (this.#isStopped) return;
    this.#cancelProving = clock.after(PROVE_AGAIN_MS, () => {
      this.#proveAgain();
    });
  }

  async #readQueues(): Promise<void> {
    const queues = this.#client.isConnected ? await readQueues(this.#client).catch(() => undefined) : undefined;
    if (!queues) {
      this.#forgetWaiting();
      return;
    }
    this.#waiting.read(queues, this.#dependencies.clock.now());
    this.#areQueuesKnown = queues.length > 0;
    const calls = queues.reduce(
      (sum, { waiting, completed, abandoned }) => sum + waiting.length + completed + abandoned,
      0,
    );
    this.rights.queuesServed(calls);
  }

  #forgetWaiting(): void {
    this.#waiting.forgetWaiting();
    this.#areQueuesKnown = false;
  }

  /** A new login forgets who called whom, so calls that are tapped are left alone. */
  #proveAgain(): void {
    if (this.rights.findings().length > 0 && !this.#tracker.isTapping) {
      this.#client.logInAgain();
      return;
    }
    this.#cancelProving = this.#dependencies.clock.after(PROVE_AGAIN_MS, () => {
      this.#proveAgain();
    });
  }

  /** Who is in a bridge, as if each entered it now. */
  async #bridgedIn(id: string): Promise<AmiMessage[]> {
    const items = await this.#client.list({ Action: 'BridgeInfo', BridgeUniqueid: id }).catch(() => []);
    const bridge = items.at(-1);
    return items.slice(0, -1).map((channel) => new Map([...(bridge ?? []), ...channel, ['Event', 'BridgeEnter']]));
  }

  #perform(actions: readonly TapAction[]): void {
    for (const action of actions) {
      if (action.kind === 'untap') this.#untap(action.uuid);
      else if (action.kind === 'describe') this.#describe(action.description);
      else if (this.#options.isPlacing) this.#tap(action);
    }
  }

  #untap(uuid: string): void {
    const cancel = this.#dependencies.clock.after(ORIGINATE_MS, () => this.#abandoned.delete(uuid));
    this.#abandoned.set(uuid, cancel);
    this.#dependencies.closeLeg(uuid);
  }

  #describe(description: unknown): void {
    const parsed = legDescriptionSchema.safeParse(description);
    if (parsed.success) this.#dependencies.describe(parsed.data);
    else
      this.#dependencies.log.warn(
        { paths: parsed.error.issues.map(({ path }) => path.join('.')) },
        'odd tap event, skipped',
      );
  }

  #tap({ asteriskChannel, description, attempt }: Extract<TapAction, { kind: 'tap' }>): void {
    const { uuid } = description;
    const queue = () => {
      this.#queue.add({ uuid, attempt, place: () => this.#place(asteriskChannel, description) });
    };
    if (this.#options.standbyMs > 0) this.#dependencies.clock.after(this.#options.standbyMs, queue);
    else queue();
  }

  async #place(asteriskChannel: string, description: LegDescription): Promise<boolean> {
    const { uuid } = description;
    if (!this.#tracker.isWanted(uuid)) return true;
    this.#describe(description);
    const isUp = await this.#originate(asteriskChannel, uuid);
    if (isUp) {
      this.rights.tapCameUp();
      this.counts.placed++;
    } else if (!this.#isStopped) {
      this.counts.failed++;
      this.#dependencies.log.error(
        { relayAddress: this.#options.relayAddress },
        'Asterisk could not open a tap: it must reach the relay at this address, have res_audiosocket, chan_audiosocket and app_chanspy loaded, and let the manager user originate',
      );
      this.#perform(this.#tracker.tapFailed(uuid));
    }
    return isUp;
  }

  async #originate(asteriskChannel: string, uuid: string): Promise<boolean> {
    try {
      const { isUp } = await this.#client.originate({
        ActionID: uuid,
        Channel: `AudioSocket/${this.#options.relayAddress}/${uuid}/c(slin)`,
        Application: 'ChanSpy',
        Data: `${asteriskChannel},${CHANSPY_OPTIONS}`,
      });
      return isUp;
    } catch (error) {
      this.#dependencies.log.warn({ err: error, uuid }, 'tap was refused');
      return false;
    }
  }
}
