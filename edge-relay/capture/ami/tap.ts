import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { type CaptureSource, type LegDescription, legDescriptionSchema } from '../../leg-contract.ts';
import { AmiClient, type AmiOptions } from './client.ts';
import type { AmiMessage } from './protocol.ts';
import { TapQueue } from './tap-queue.ts';
import { CallTracker, type TapAction, type TapFilters } from './tracker.ts';
import type { Trunks } from './describe.ts';

export interface AmiTapOptions extends AmiOptions {
  /** host:port at which Asterisk reaches the relay's AudioSocket. */
  readonly relayAddress: string;
  /** False when the dialplan places the taps: then this only describes who is on them. */
  readonly isPlacing: boolean;
  /** Another relay has so long to tap a channel before this one does; 0 where there is no other. */
  readonly standbyMs: number;
  readonly filters: TapFilters;
  readonly trunks: Trunks;
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
  /** Each with what ends the waiting for its connection. */
  readonly #abandoned = new Map<string, () => void>();
  #isStopped = false;

  constructor(options: AmiTapOptions, dependencies: AmiTapDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#tracker = new CallTracker({
      filters: options.filters,
      trunks: options.trunks,
      yieldsToOthers: options.standbyMs > 0,
      newUuid: randomUUID,
    });
    this.#queue = new TapQueue(dependencies.clock);
    this.#client = new AmiClient(options, {
      clock: dependencies.clock,
      log: dependencies.log,
      listener: {
        connected: () => {
          void this.#synchronize();
        },
        event: (event) => {
          this.#apply(event);
        },
        disconnected: () => undefined,
      },
    });
  }

  start(): void {
    this.#client.start();
  }

  get client(): AmiClient {
    return this.#client;
  }

  /** The channel of Asterisk that a leg is tapped from, by the name it has now. */
  channelOf(uuid: string): string | undefined {
    return this.#tracker.channelOf(uuid);
  }

  /** A tap that is no longer wanted, whose connection may still come. */
  isAbandoned(uuid: string): boolean {
    return this.#abandoned.has(uuid);
  }

  /** Places no further taps; those there are end with their channels, or with the relay's connections. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#abandoned.values()) cancel();
    this.#queue.stop();
    await this.#client.stop();
  }

  #apply(event: AmiMessage): void {
    this.#perform(this.#tracker.event(event));
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
