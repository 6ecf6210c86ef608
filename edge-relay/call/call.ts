import type { CallEndReason, CallMetadata, CallScope, CallTick, UtteranceTranscribed } from '#core/call/events.ts';
import type { PeriodicEvent, RelayEvent } from '#core/contracts/events.ts';
import { type Channel, channelSchema } from '#core/ids.ts';
import type { Clock } from '../clock.ts';
import type { SpeechServices } from '../stt/session.ts';
import type { Leg, UnderWay } from './leg.ts';
import { mergedMetadata } from './metadata.ts';
import { CallSpeech } from './speech.ts';
import { Throttle } from './throttle.ts';
import type { SpokenUtterance } from './utterances.ts';

/** An event that waits to be sent: `publishedAt` is stamped when it goes. */
export type UnsentEvent =
  Exclude<RelayEvent, UtteranceTranscribed | PeriodicEvent> | Omit<UtteranceTranscribed, 'publishedAt'>;

export interface CallHead {
  readonly relayId: string;
  readonly callId: string;
  readonly pbx: string;
  readonly callStartedAt: number;
}

/** What an earlier relay had published of a call that is still live. */
export interface ResumedCall {
  readonly lastSeq: number;
  readonly lastEventAt: number;
}

/** Words of a watched call that may still change. */
export interface CallPartial {
  readonly callId: string;
  readonly channel: Channel;
  /** Where their utterance begins in the call. */
  readonly startMs: number;
  readonly text: string;
  readonly heardAt: number;
}

export interface CallDependencies {
  readonly services: SpeechServices;
  readonly publish: (event: UnsentEvent) => void;
  /** Remove what must not leave the relay, from a whole text and from one that may still grow. */
  readonly redact: (text: string) => string;
  readonly redactUnfinished: (text: string) => string;
  /** Sends words while they are spoken; returns whether they could be sent. */
  readonly sendPartial: (partial: CallPartial) => boolean;
}

const MAX_TEXT_LENGTH = 4_096;
const MAX_PARTIAL_LENGTH = 1_024;
/** Between two partials of one channel. */
const PARTIAL_PERIOD_MS = 250;

/** One conversation: it numbers its legs' utterances and publishes what happens as events. */
export class Call {
  readonly head: CallHead;
  readonly legs = new Set<Leg>();
  readonly speech: CallSpeech;
  /** A BCP 47 tag, once it is known. */
  language: string | undefined;
  readonly #engine: string;
  readonly #clock: Clock;
  readonly #dependencies: CallDependencies;
  #metadata: CallMetadata = {};
  #fromPbx: CallMetadata = {};
  #fromDialler: CallMetadata = {};
  #lastSeq: number;
  /** When the last words were published before the relay stopped, until each side has spoken again. */
  readonly #holeSince: Map<Channel, number>;
  readonly #partials = new Map<Channel, Throttle<CallPartial>>();
  /** What was last offered of the utterance that is being spoken. */
  readonly #shown = new Map<Channel, string>();
  #isWatched = false;

  constructor(head: CallHead, dependencies: CallDependencies, resumed?: ResumedCall) {
    const { services } = dependencies;
    this.head = head;
    this.#engine = services.engines[0]?.name ?? '';
    this.#clock = services.clock;
    this.#dependencies = dependencies;
    this.speech = new CallSpeech(services, () => this.language);
    this.#lastSeq = resumed?.lastSeq ?? 0;
    this.#holeSince = new Map(
      resumed ? channelSchema.options.map((channel) => [channel, resumed.lastEventAt] as const) : [],
    );
    if (!resumed) this.#publish({ type: 'CallStarted', version: 1, ...head, engine: this.#engine });
  }

  /** Applies what became known, and publishes what is new. */
  describe(metadata: CallMetadata): void {
    this.#fromPbx = { ...this.#fromPbx, ...metadata };
    this.#tellMetadata();
  }

  /** Applies what the dialler knows, also after the call's end. */
  enrich(metadata: CallMetadata): void {
    this.#fromDialler = { ...this.#fromDialler, ...metadata };
    this.#tellMetadata();
  }

  #tellMetadata(): void {
    const merged = mergedMetadata(this.#fromPbx, this.#fromDialler);
    if (JSON.stringify(merged) === JSON.stringify(this.#metadata)) return;
    this.#metadata = merged;
    this.#publish({
      type: 'CallDescribed',
      version: 1,
      ...this.head,
      describedAt: this.#clock.now(),
      metadata: merged,
    });
  }

  /** `utterance` in the leg's time. */
  utterance(leg: Leg, utterance: SpokenUtterance, transcribedAt: number): void {
    // Its own words replace what was shown of it.
    this.#partials.get(leg.channel)?.drop();
    this.#shown.delete(leg.channel);
    const text = this.#dependencies.redact(utterance.text).slice(0, MAX_TEXT_LENGTH);
    if (text === '') return;
    const startMs = this.#callMs(leg, utterance.startMs);
    const endMs = Math.max(startMs, this.#callMs(leg, utterance.endMs));
    this.#publish({
      type: 'UtteranceTranscribed',
      version: 1,
      ...this.head,
      seq: ++this.#lastSeq,
      channel: leg.channel,
      startMs,
      endMs,
      text,
      engine: utterance.engine,
      ...(utterance.confidence !== undefined && { confidence: utterance.confidence }),
      gapBeforeMs: Math.round(utterance.gapBeforeMs + this.#holeMs(leg)),
      scope: this.#scope(),
      spokenAt: this.head.callStartedAt + endMs,
      transcribedAt,
    });
  }

  get isWatched(): boolean {
    return this.#isWatched;
  }

  /** Somebody has the call open, or nobody has any more. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched) return;
    for (const partials of this.#partials.values()) partials.stop();
    this.#partials.clear();
    this.#shown.clear();
  }

  /** The utterance that is being spoken, in the leg's time. */
  underWay(leg: Leg, words: UnderWay): void {
    const text = this.#dependencies.redactUnfinished(words.text).slice(0, MAX_PARTIAL_LENGTH);
    const { channel } = leg;
    if (text === '' || text === this.#shown.get(channel)) return;
    this.#shown.set(channel, text);
    const partials = this.#partials.get(channel) ?? this.#newPartials(channel);
    const startMs = this.#callMs(leg, words.startMs);
    partials.offer({ callId: this.head.callId, channel, startMs, text, heardAt: this.#clock.now() });
  }

  tick(): CallTick {
    // One instant for all: the beginning of a silence must not wander from tick to tick.
    const now = Math.round(this.#clock.now());
    return {
      callId: this.head.callId,
      atMs: Math.max(0, now - this.head.callStartedAt),
      lastSeq: this.#lastSeq,
      scope: this.#scope(),
      legs: [...this.legs].map((leg) => leg.tick(this.#engine, now)),
    };
  }

  end(reason: CallEndReason): void {
    this.watch(false);
    this.#publish({
      type: 'CallEnded',
      version: 1,
      ...this.head,
      endedAt: Math.max(this.head.callStartedAt, this.#clock.now()),
      lastSeq: this.#lastSeq,
      reason,
    });
  }

  #newPartials(channel: Channel): Throttle<CallPartial> {
    const partials = new Throttle(this.#clock, PARTIAL_PERIOD_MS, this.#dependencies.sendPartial);
    this.#partials.set(channel, partials);
    return partials;
  }

  #callMs(leg: Leg, legMs: number): number {
    return Math.max(0, Math.round(leg.startedAt - this.head.callStartedAt + legMs));
  }

  #publish(event: UnsentEvent): void {
    this.#dependencies.publish(event);
  }

  /** How much of this side was missed while no relay ran. */
  #holeMs(leg: Leg): number {
    const since = this.#holeSince.get(leg.channel);
    this.#holeSince.delete(leg.channel);
    return since === undefined ? 0 : Math.max(0, leg.startedAt - since);
  }

  #scope(): CallScope {
    const { agent, campaign, inGroup } = this.#metadata;
    return {
      ...(agent && { agentId: agent.id }),
      ...(campaign !== undefined && { campaign }),
      ...(inGroup !== undefined && { inGroup }),
    };
  }
}
