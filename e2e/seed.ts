import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { relayEventSchema, type RelayEvent } from '#core/contracts/events.ts';
import { relaySourceOf } from '#core/contracts/relay-identity.ts';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import type { CallEndReason, CallMetadata, CallScope, CallTick } from '#core/call/events.ts';
import type { LiveAgent } from '#core/live-agent.ts';
import { callIdOf, type Channel } from '#core/ids.ts';
import { version } from '../package.json';
import type { RunningSystem } from './system.ts';

/** The limit of PutEvents. */
const MAX_ENTRIES = 10;
const TICK_EVERY_MS = 5_000;
/** Speaking rate. */
export const MS_PER_CHARACTER = 60;
const ENGINE_LAG_MS = 300;
const ENGINE = 'deepgram';
const VERSIONS = { relayVersion: version, contractVersion: CONTRACT_VERSION };

/** What a test's call is. */
export interface SeededCallOptions {
  readonly linkedid: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly metadata: CallMetadata;
}

/** What a tick reports of a leg with trouble. */
export interface LegTrouble {
  readonly lastAudioAgeMs?: number;
  readonly silenceMs?: number;
  readonly gapCount?: number;
}

/** A relay without audio: it publishes on the real bus, in order, what a real relay would have transcribed. */
export class SeedRelay {
  readonly relayId: string;
  readonly #client: EventBridgeClient;
  readonly #busName: string;
  readonly #calls = new Set<SeededCall>();
  #ticking: NodeJS.Timeout | undefined;
  #sent: Promise<void> = Promise.resolve();

  constructor({ config, system }: RunningSystem, relayId: string) {
    this.relayId = relayId;
    this.#busName = system.outputs.BusName;
    this.#client = new EventBridgeClient({
      endpoint: system.endpointUrl,
      region: config.aws.region,
      credentials: config.aws,
    });
  }

  /** Publishes the start of a call and the PBX's metadata of it. */
  async start(options: SeededCallOptions): Promise<SeededCall> {
    const call = new SeededCall(this, options);
    this.#calls.add(call);
    await call.begin();
    return call;
  }

  /** Reports on the calls that go on, as often as a relay does, until `close`. */
  async keepTicking(): Promise<void> {
    await this.tick();
    // One that fails is followed by the next, as a relay's are.
    this.#ticking ??= setInterval(() => void this.tick().catch(() => undefined), TICK_EVERY_MS);
  }

  async tick(): Promise<void> {
    const tickedAt = Date.now();
    const calls = [...this.#calls].map((call) => call.report(tickedAt));
    const { relayId } = this;
    await this.publish([
      { type: 'CallsTicked', version: 1, relayId, ...VERSIONS, tickedAt, part: 1, parts: 1, spooledEvents: 0, calls },
    ]);
  }

  /** Publishes who is logged in to the dialler of its PBX. */
  async listAgents(agents: readonly LiveAgent[]): Promise<void> {
    const { relayId } = this;
    await this.publish([
      {
        type: 'AgentsListed',
        version: 1,
        relayId,
        pbx: relayId,
        listedAt: Date.now(),
        part: 1,
        parts: 1,
        agents: [...agents],
      },
    ]);
  }

  forget(call: SeededCall): void {
    this.#calls.delete(call);
  }

  /** @throws {Error} when the bus refuses an event */
  async publish(events: readonly RelayEvent[]): Promise<void> {
    const before = this.#sent;
    const mine = before.then(async () => this.#put(events));
    this.#sent = mine.catch(() => undefined);
    return mine;
  }

  async #put(events: readonly RelayEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += MAX_ENTRIES) {
      const entries = events.slice(from, from + MAX_ENTRIES).map((event) => ({
        EventBusName: this.#busName,
        Source: relaySourceOf({ relayId: this.relayId, pbx: this.relayId }),
        DetailType: event.type,
        Detail: JSON.stringify(relayEventSchema.parse(event)),
      }));
      const { FailedEntryCount } = await this.#client.send(new PutEventsCommand({ Entries: entries }));
      if (FailedEntryCount) throw new Error(`The bus refused ${FailedEntryCount} of ${entries.length} events`);
    }
  }

  /** Ends the calls that go on, and the reports. */
  async close(): Promise<void> {
    clearInterval(this.#ticking);
    for (const call of [...this.#calls]) await call.end();
    this.#client.destroy();
  }
}

/** One call of a seed relay. */
export class SeededCall {
  readonly callId: string;
  readonly #relay: SeedRelay;
  readonly #options: SeededCallOptions;
  readonly #spokenMs: Record<Channel, number> = { agent: 0, caller: 0, mixed: 0 };
  readonly #lastEndMs: Record<Channel, number> = { agent: 0, caller: 0, mixed: 0 };
  #seq = 0;
  #trouble: Partial<Record<Channel, LegTrouble>> = {};

  constructor(relay: SeedRelay, options: SeededCallOptions) {
    this.#relay = relay;
    this.#options = options;
    this.callId = callIdOf(relay.relayId, options.linkedid);
  }

  get lastSeq(): number {
    return this.#seq;
  }

  get #head() {
    const { relayId } = this.#relay;
    return { version: 1, relayId, callId: this.callId, pbx: relayId, callStartedAt: this.#options.startedAt } as const;
  }

  get #scope(): CallScope {
    const { agent, campaign, inGroup, language } = this.#options.metadata;
    return {
      ...(agent && { agentId: agent.id }),
      ...(campaign && { campaign }),
      ...(inGroup && { inGroup }),
      ...(language && { language: language.tag }),
    };
  }

  async begin(): Promise<void> {
    const { startedAt: describedAt, metadata } = this.#options;
    await this.#relay.publish([
      { type: 'CallStarted', ...this.#head, engine: ENGINE },
      { type: 'CallDescribed', ...this.#head, describedAt, metadata },
    ]);
  }

  /** What somebody said from `startMs` of the call on; without it, just now. Its length follows from the words. */
  async say(
    channel: 'agent' | 'caller',
    text: string,
    startMs?: number,
    { gapBeforeMs, language }: { gapBeforeMs?: number; language?: string } = {},
  ): Promise<void> {
    const lengthMs = text.length * MS_PER_CHARACTER;
    const from = startMs ?? Math.max(0, Date.now() - this.#options.startedAt - lengthMs - ENGINE_LAG_MS);
    const endMs = from + lengthMs;
    const spokenAt = this.#options.startedAt + endMs;
    this.#spokenMs[channel] += lengthMs;
    this.#lastEndMs[channel] = endMs;
    await this.#relay.publish([
      {
        type: 'UtteranceTranscribed',
        ...this.#head,
        seq: ++this.#seq,
        channel,
        startMs: from,
        endMs,
        text,
        engine: ENGINE,
        confidence: 0.96,
        ...(gapBeforeMs !== undefined && { gapBeforeMs }),
        ...(language !== undefined && { language: { tag: language, from: 'engine' as const } }),
        scope: this.#scope,
        spokenAt,
        transcribedAt: spokenAt + ENGINE_LAG_MS,
        publishedAt: spokenAt + ENGINE_LAG_MS + 10,
      },
    ]);
  }

  /** Sets what the ticks report of a leg from now on. */
  trouble(channel: 'agent' | 'caller', how: LegTrouble): void {
    this.#trouble = { ...this.#trouble, [channel]: how };
  }

  report(at: number): CallTick {
    const atMs = at - this.#options.startedAt;
    const legs = (['caller', 'agent'] as const).map((channel) => ({
      channel,
      engine: ENGINE,
      lastAudioAgeMs: 20,
      speechMs: this.#spokenMs[channel],
      silenceMs: Math.max(0, atMs - this.#lastEndMs[channel]),
      engineLagMs: ENGINE_LAG_MS,
      gapCount: 0,
      ...this.#trouble[channel],
    }));
    return { callId: this.callId, atMs, lastSeq: this.#seq, scope: this.#scope, legs };
  }

  async end(reason: CallEndReason = 'hangup', atMs?: number): Promise<void> {
    const endedAt = atMs === undefined ? Date.now() : this.#options.startedAt + atMs;
    this.#relay.forget(this);
    await this.#relay.publish([{ type: 'CallEnded', ...this.#head, endedAt, lastSeq: this.#seq, reason }]);
  }
}
