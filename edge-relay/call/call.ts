import type {
  CallEndReason,
  CallMetadata,
  CallScope,
  CallTick,
  RelayEvent,
  UtteranceTranscribed,
} from '#core/events.ts';
import type { Clock } from '../clock.ts';
import type { Leg } from './leg.ts';
import type { SpokenUtterance } from './utterances.ts';

/** An event that waits to be sent: `publishedAt` is stamped when it goes. */
export type UnsentEvent =
  Exclude<RelayEvent, { type: 'UtteranceTranscribed' | 'CallsTicked' }> | Omit<UtteranceTranscribed, 'publishedAt'>;

export interface CallHead {
  readonly relayId: string;
  readonly callId: string;
  readonly pbx: string;
  readonly callStartedAt: number;
}

const MAX_TEXT_LENGTH = 4_096;

/** One conversation: it numbers its legs' utterances and tells what happens to it as events. */
export class Call {
  readonly head: CallHead;
  readonly engine: string;
  readonly legs = new Set<Leg>();
  readonly #clock: Clock;
  readonly #publish: (event: UnsentEvent) => void;
  #metadata: CallMetadata = {};
  #lastSeq = 0;

  constructor(
    head: CallHead,
    { engine, clock, publish }: { engine: string; clock: Clock; publish: (event: UnsentEvent) => void },
  ) {
    this.head = head;
    this.engine = engine;
    this.#clock = clock;
    this.#publish = publish;
    publish({ type: 'CallStarted', version: 1, ...head, engine });
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
    const text = utterance.text.slice(0, MAX_TEXT_LENGTH);
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
      engine: this.engine,
      ...(utterance.confidence !== undefined && { confidence: utterance.confidence }),
      gapBeforeMs: Math.round(utterance.gapBeforeMs),
      scope: this.#scope(),
      spokenAt: this.head.callStartedAt + endMs,
      transcribedAt,
    });
  }

  tick(): CallTick {
    return {
      callId: this.head.callId,
      atMs: Math.max(0, Math.round(this.#clock.now() - this.head.callStartedAt)),
      lastSeq: this.#lastSeq,
      legs: [...this.legs].map((leg) => leg.tick()),
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

  #scope(): CallScope {
    const { agent, campaign, inGroup } = this.#metadata;
    return {
      ...(agent && { agentId: agent.id }),
      ...(campaign !== undefined && { campaign }),
      ...(inGroup !== undefined && { inGroup }),
    };
  }
}
