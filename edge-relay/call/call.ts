import {
  type CallEndReason,
  type CallMetadata,
  type CallScope,
  type CallTick,
  MAX_SWAPS,
  type UtteranceTranscribed,
} from '#core/call/events.ts';
import { canonicalTag, type SpokenLanguage } from '#core/language.ts';
import { isSwapped, otherSide } from '#core/call/sides.ts';
import type { PeriodicEvent, RelayEvent } from '#core/contracts/events.ts';
import { type Channel, channelSchema } from '#core/ids.ts';
import type { Clock } from '../clock.ts';
import { CallRedaction } from './call-redaction.ts';
import type { Doubt, Redactor } from '#core/redaction/redactor.ts';
import type { SpeechServices } from '../stt/session.ts';
import type { Leg, UnderWay } from './leg.ts';
import { type CallMemory, type LeftCall, sidesOf } from './memory.ts';
import { mergedMetadata } from './metadata.ts';
import type { CallHead } from './call-head.ts';
import { CallSpeech } from './speech.ts';
import { Throttle } from './throttle.ts';
import { mostCounted, type SpokenUtterance } from './utterances.ts';

/** An event that waits to be sent: `publishedAt` is stamped when it goes. */
export type UnsentEvent =
  Exclude<RelayEvent, UtteranceTranscribed | PeriodicEvent> | Omit<UtteranceTranscribed, 'publishedAt'>;

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
  /** Removes what must not leave the relay; undefined where all may. */
  readonly redactor: Redactor | undefined;
  /** Sends words while they are spoken; returns whether they could be sent. */
  /** The relay's own language, where a call's is not known. */
  readonly language?: string | undefined;
  /** Languages by in-group, campaign or queue. */
  readonly languages?: ReadonlyMap<string, string> | undefined;
  readonly sendPartial: (partial: CallPartial) => boolean;
}

const MAX_TEXT_LENGTH = 4_096;
const MAX_PARTIAL_LENGTH = 1_024;
/** Between two partials of one channel. */
const PARTIAL_PERIOD_MS = 250;

interface Hole {
  /** Since when no audio of the side is received; undefined once a leg of it is back. */
  readonly sinceAt: number | undefined;
  readonly untoldMs: number;
}

/** One conversation: it numbers its legs' utterances and publishes what happens as events. */
export class Call {
  readonly head: CallHead;
  readonly legs = new Set<Leg>();
  readonly speech: CallSpeech;
  readonly #engine: string;
  readonly #clock: Clock;
  readonly #dependencies: CallDependencies;
  readonly #redaction: CallRedaction | undefined;
  #metadata: CallMetadata = {};
  #fromPbx: CallMetadata = {};
  #fromDialler: CallMetadata = {};
  #lastSeq: number;
  /** What no relay received of each side, until its next words say so. */
  readonly #holes: Map<Channel, Hole>;
  /** When the relay stopped receiving the call. */
  #cutAt: number | undefined;
  readonly #cutSides = new Map<Channel, number>();
  readonly #partials = new Map<Channel, Throttle<CallPartial>>();
  /** Words in each language that the engine found out. */
  readonly #wordsIn = new Map<string, number>();
  /** What was last offered of the utterance that is being spoken. */
  readonly #shown = new Map<Channel, string>();
  #isWatched = false;

  constructor(head: CallHead, dependencies: CallDependencies, left?: LeftCall) {
    const { services, redactor } = dependencies;
    this.head = head;
    this.#engine = services.engines[0]?.name ?? '';
    this.#clock = services.clock;
    this.#dependencies = dependencies;
    this.#redaction = redactor && new CallRedaction(services.clock, redactor);
    this.speech = new CallSpeech(services, () => this.#known?.tag);
    this.#lastSeq = left?.lastSeq ?? 0;
    this.#holes = new Map(
      left &&
        [...sidesOf(left)].map(([side, { heardUntilAt, untoldMs }]) => [side, { sinceAt: heardUntilAt, untoldMs }]),
    );
    if (left?.memory) {
      const { fromPbx, fromDialler } = left.memory;
      [this.#fromPbx, this.#fromDialler] = [fromPbx, fromDialler];
      this.#metadata = mergedMetadata(fromPbx, fromDialler);
    }
    if (!left) this.#publish({ type: 'CallStarted', version: 1, ...head, engine: this.#engine });
  }

  /** Applies what became known, and publishes what is new. */
  describe(metadata: CallMetadata): void {
    this.#fromPbx = { ...this.#fromPbx, ...metadata };
    this.#publishMetadata();
  }

  /** Who is taken for the agent of the call is its caller. */
  get isSwapped(): boolean {
    return isSwapped(this.#fromPbx);
  }

  /**
   * Takes the sides for the other way round from now on, or for what they were again. It is to be described anew then.
   * @returns whether that is new
   */
  swapSides(wanted: boolean): boolean {
    const { swappedAfter = [] } = this.#fromPbx;
    if (this.isSwapped === wanted || swappedAfter.length >= MAX_SWAPS) return false;
    this.#fromPbx = { ...this.#fromPbx, swappedAfter: [...swappedAfter, this.#lastSeq] };
    for (const leg of this.legs) leg.channel = otherSide(leg.channel);
    const [agent, caller] = [this.#holes.get('agent'), this.#holes.get('caller')];
    this.#holes.clear();
    if (agent) this.#holes.set('caller', agent);
    if (caller) this.#holes.set('agent', caller);
    this.#shown.clear();
    return true;
  }

  /** Applies what the dialler knows, also after the call's end. */
  enrich(metadata: CallMetadata): void {
    this.#fromDialler = { ...this.#fromDialler, ...metadata };
    this.#publishMetadata();
  }

  /** The dialplan says what is spoken on the call; what it said first stays. */
  spokenInByDialplan(tag: string): void {
    if (!this.#fromPbx.language) this.#fromPbx = { ...this.#fromPbx, language: { tag, from: 'dialplan' } };
  }

  /** A person says what is spoken: that counts for all that is said from now on. */
  correctLanguage(tag: string): void {
    this.describe({ language: { tag, from: 'person' } });
  }

  /** What the dialplan, the dialler or a person says that is spoken. */
  get #known(): SpokenLanguage | undefined {
    const { language, inGroup, campaign, queue } = { ...this.#fromDialler, ...this.#fromPbx };
    if (language) return language;
    const { languages } = this.#dependencies;
    const mapped = [inGroup, campaign, queue].flatMap((name) => (name && languages?.get(name)) || [])[0];
    return mapped === undefined ? undefined : { tag: mapped, from: 'dialplan' };
  }

  /** What an utterance was said in: a person knows best, then the engine that found it out. */
  #languageOf(detected: string | undefined): SpokenLanguage | undefined {
    const known = this.#known;
    if (known?.from === 'person') return known;
    if (detected !== undefined) {
      // Engines leave the region out: where the call's language is the same, its tag says more.
      const tag = known && known.tag.startsWith(`${detected}-`) ? known.tag : detected;
      return { tag, from: 'engine' };
    }
    const own = canonicalTag(this.#dependencies.language ?? '');
    return known ?? (own === undefined ? undefined : { tag: own, from: 'default' });
  }

  /** The language of the call as a whole. */
  get #language(): string | undefined {
    return this.#languageOf(mostCounted(this.#wordsIn))?.tag;
  }

  #publishMetadata(): void {
    const known = this.#known;
    const merged = { ...mergedMetadata(this.#fromPbx, this.#fromDialler), ...(known && { language: known }) };
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
    if (utterance.text === '') return;
    const publish = this.#publisherOf(leg, utterance, transcribedAt);
    if (this.#redaction) this.#redaction.utterance(leg.channel, utterance.text, publish);
    else publish(utterance.text);
  }

  /** Its place in the call is known by now, its number in it when its text may leave the relay. */
  #publisherOf(leg: Leg, utterance: SpokenUtterance, transcribedAt: number): (text: string) => void {
    const heardOn = leg.channel;
    const swaps = this.#fromPbx.swappedAfter?.length ?? 0;
    const startMs = this.#callMs(leg, utterance.startMs);
    const endMs = Math.max(startMs, this.#callMs(leg, utterance.endMs));
    const language = this.#languageOf(utterance.language);
    if (utterance.language !== undefined)
      this.#wordsIn.set(
        utterance.language,
        (this.#wordsIn.get(utterance.language) ?? 0) + Math.max(1, utterance.words.length),
      );
    const gapBeforeMs = Math.round(utterance.gapBeforeMs + this.#toldHoleMs(leg));
    return (text) => {
      // The sides may have been swapped while it waited.
      const later = (this.#fromPbx.swappedAfter?.length ?? 0) - swaps;
      const channel = later % 2 === 0 ? heardOn : otherSide(heardOn);
      this.#publish({
        type: 'UtteranceTranscribed',
        version: 1,
        ...this.head,
        seq: ++this.#lastSeq,
        channel,
        startMs,
        endMs,
        text: text.slice(0, MAX_TEXT_LENGTH),
        engine: utterance.engine,
        ...(language && { language }),
        ...(utterance.confidence !== undefined && { confidence: utterance.confidence }),
        gapBeforeMs,
        scope: this.#scope(),
        spokenAt: this.head.callStartedAt + endMs,
        transcribedAt,
      });
    };
  }

  /** Somebody speaks on the channel; with words as soon as the engine makes text of it. */
  speechUnderWay(channel: Channel, hasWords: boolean): void {
    this.#redaction?.speechUnderWay(channel, hasWords);
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
    const { channel } = leg;
    const shown = this.#redaction ? this.#redaction.unfinished(channel, words.text) : words.text;
    const text = shown.slice(0, MAX_PARTIAL_LENGTH);
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

  /** The relay stops, and its legs are about to be ended by it: what is said from now on is for the next one. */
  cut(): void {
    const now = this.#clock.now();
    this.#cutAt = now;
    for (const leg of this.legs) {
      this.#closeHole(leg);
      // All that it transcribed will be published, and nothing else.
      if (!leg.isEnded && this.#holes.get(leg.channel)?.sinceAt === undefined)
        this.#cutSides.set(leg.channel, leg.heardUntil(now));
    }
  }

  /** What another relay needs to go on with the call. */
  memory(): CallMemory {
    const now = this.#clock.now();
    const live = [...this.legs].filter((leg) => !leg.isEnded);
    for (const leg of live) this.#closeHole(leg);
    const sides = channelSchema.options.map((channel) => {
      const { sinceAt, untoldMs = 0 } = this.#holes.get(channel) ?? {};
      const heardUntilAt =
        sinceAt ??
        this.#cutSides.get(channel) ??
        this.#cutAt ??
        live.find((leg) => leg.channel === channel)?.publishedUntil(now) ??
        now;
      const unpublishedFrom = this.#redaction?.heldSince(channel) ?? Infinity;
      return [channel, { heardUntilAt: Math.min(heardUntilAt, unpublishedFrom), untoldMs }] as const;
    });
    const { callId } = this.head;
    const [fromPbx, fromDialler] = [this.#fromPbx, this.#fromDialler];
    return { callId, keptAt: this.#cutAt ?? now, sides: Object.fromEntries(sides), fromPbx, fromDialler };
  }

  /** Publishes what still waits, though the call goes on where this relay does not receive its audio. */
  release(doubt: Doubt): void {
    this.#redaction?.flush(doubt);
  }

  /** `doubt`: how sure it must be that digits which still wait for others begin a number, for them to be redacted. */
  end(reason: CallEndReason, doubt: Doubt): void {
    this.watch(false);
    this.#redaction?.flush(doubt);
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

  /** How much of this side was missed while no relay ran; it is said once. */
  #toldHoleMs(leg: Leg): number {
    this.#closeHole(leg);
    const { untoldMs = 0 } = this.#holes.get(leg.channel) ?? {};
    this.#holes.delete(leg.channel);
    return untoldMs;
  }

  /** The side is received again since the leg's first audio. */
  #closeHole(leg: Leg): void {
    const { channel } = leg;
    const heardSinceAt = leg.heardSince(this.#clock.now());
    const { sinceAt, untoldMs = 0 } = this.#holes.get(channel) ?? {};
    if (sinceAt !== undefined && heardSinceAt !== undefined)
      this.#holes.set(channel, { sinceAt: undefined, untoldMs: untoldMs + Math.max(0, heardSinceAt - sinceAt) });
  }

  #scope(): CallScope {
    const { agent, campaign, inGroup } = this.#metadata;
    const language = this.#language;
    return {
      ...(agent && { agentId: agent.id }),
      ...(campaign !== undefined && { campaign }),
      ...(inGroup !== undefined && { inGroup }),
      ...(language !== undefined && { language }),
    };
  }
}
