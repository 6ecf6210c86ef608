import type {
  CallEndReason,
  CallMetadata,
  CallScope,
  CallTick,
  PeriodicEvent,
  RelayEvent,
  UtteranceTranscribed,
} from '#core/events.ts';
import { type Channel, channelSchema } from '#core/ids.ts';
import type { Clock } from '../clock.ts';
import type { SpeechServices } from '../stt/session.ts';
import type { Leg } from './leg.ts';
import { CallSpeech } from './speech.ts';
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

/** What an earlier relay had told of a call that still runs. */
export interface ResumedCall {
  readonly lastSeq: number;
  readonly lastEventAt: number;
}

export interface CallDependencies {
  readonly services: SpeechServices;
  readonly publish: (event: UnsentEvent) => void;
  /** Takes out what must not leave the relay. */
  readonly redact: (text: string) => string;
}

const MAX_TEXT_LENGTH = 4_096;

/** One conversation: it numbers its legs' utterances and tells what happens to it as events. */
export class Call {
  readonly head: CallHead;
  readonly legs = new Set<Leg>();
  readonly speech: CallSpeech;
  /** A BCP 47 tag, once somebody told it. */
  language: string | undefined;
  readonly #engine: string;
  readonly #clock: Clock;
  readonly #deps: CallDependencies;
  #metadata: CallMetadata = {};
  #lastSeq: number;
  /** When the last words were told before the relay stopped, until each side has spoken again. */
  readonly #holeSince: Map<Channel, number>;

  constructor(head: CallHead, dependencies: CallDependencies, resumed?: ResumedCall) {
    const { services } = dependencies;
    this.head = head;
    this.#engine = services.engines[0]?.name ?? '';
    this.#clock = services.clock;
    this.#deps = dependencies;
    this.speech = new CallSpeech(services, () => this.language);
    this.#lastSeq = resumed?.lastSeq ?? 0;
    this.#holeSince = new Map(
      resumed ? channelSchema.options.map((channel) => [channel, resumed.lastEventAt] as const) : [],
    );
    if (!resumed) this.#publish({ type: 'CallStarted', version: 1, ...head, engine: this.#engine });
  }

  /** Takes in what became known; what is new is told. */
  describe(metadata: CallMetadata): void {
    const merged = { ...this.#metadata, ...metadata };
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
    const text = this.#deps.redact(utterance.text).slice(0, MAX_TEXT_LENGTH);
    if (text === '') return;
    const legStartMs = leg.startedAt - this.head.callStartedAt;
    const startMs = Math.max(0, Math.round(legStartMs + utterance.startMs));
    const endMs = Math.max(startMs, Math.round(legStartMs + utterance.endMs));
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
    this.#publish({
      type: 'CallEnded',
      version: 1,
      ...this.head,
      endedAt: Math.max(this.head.callStartedAt, this.#clock.now()),
      lastSeq: this.#lastSeq,
      reason,
    });
  }

  #publish(event: UnsentEvent): void {
    this.#deps.publish(event);
  }

  /** What nobody heard of this side while no relay ran. */
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
