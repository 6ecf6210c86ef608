import type { CallMetadata, CallTick } from '#core/call/events.ts';
import { otherSide } from '#core/call/sides.ts';
import { MAX_CALL_MS } from '#core/fields.ts';
import { callIdOf, MAX_CALL_ID_LENGTH } from '#core/ids.ts';
import type { Logger } from 'pino';
import { BoundedMap } from '../bounded-map.ts';
import { type Clock, every } from '../clock.ts';
import type { Enricher } from '../enrich/enricher.ts';
import type { LegDescription, LegReceiver, OpenLeg } from '../leg-contract.ts';
import type { Redactor } from '#core/redaction/redactor.ts';
import type { SpeechServices } from '../stt/session.ts';
import { Call, type CallPartial, type UnsentEvent } from './call.ts';
import { Leg } from './leg.ts';
import { begunBy, type CallMemory, type LeftCall, predecessorIdOf, successorIdOf } from './memory.ts';

export interface CallsDependencies {
  readonly relayId: string;
  readonly pbx: string;
  readonly speech: SpeechServices;
  readonly clock: Clock;
  readonly log: Logger;
  readonly publish: (event: UnsentEvent) => void;
  /** Removes what must not leave the relay; undefined where all may. */
  readonly redactor: Redactor | undefined;
  /** The relay's own language, where a call's is not known. */
  readonly language?: string | undefined;
  /** Languages by in-group, campaign or queue. */
  readonly languages?: ReadonlyMap<string, string> | undefined;
  readonly levelTargetDbfs?: number | undefined;
  /** Calls that were live when an earlier relay stopped; each waits a while for its legs to come back. */
  readonly leftCalls?: readonly LeftCall[];
  /** The ids of calls that ended under an earlier relay. */
  readonly endedCallIds?: readonly string[];
  /** Since when it is known of every call whether it was numbered: of earlier ones the numbers may be lost. */
  readonly numberedSince?: number;
  /** Whether new legs can be accepted: not while their utterances could not be stored. */
  readonly hasRoom?: () => boolean;
  readonly onCallStarted: () => void;
  /** Somebody has said that who is on this leg is the caller. */
  readonly onCaller?: (uuid: string) => void;
  /** Sends words of a watched call while they are spoken; returns whether they could be sent. */
  readonly sendPartial: (partial: CallPartial) => boolean;
  /** Looks up what the dialler knows of the calls. */
  readonly enricher?: Pick<Enricher, 'changed' | 'ended'> | undefined;
}

/** How long a call of an earlier relay waits for its legs: the tap needs to find them first. */
const RESUME_MS = 15_000;
/** How long a leg waits for the linkedid of its call before it becomes a call of its own. */
const LINKEDID_WAIT_MS = 500;
/** How long a call without legs waits for another: a transfer ends one leg before the next begins. */
const LINGER_MS = 1_000;
/** How long a description waits for its audio, and an ended call's id is remembered. */
const DESCRIPTION_MS = 60_000;
const ENDED_MS = 3_600_000;
/** More than the legs of any relay: whoever may describe legs cannot fill its memory. */
const MAX_DESCRIPTIONS = 10_000;
const MAX_DESCRIPTION_BYTES = 16 * 1_048_576;
/** More than a relay ends in that time. */
const MAX_ENDED = 50_000;
const BEAT_MS = 100;
const LATE_BEAT_MS = 250;
/** A call that no relay has transcribed for longer is not reported again before its legs are back. */
const LEFT_REPORTED_MS = 60_000;

interface LiveLeg {
  readonly leg: Leg;
  description?: LegDescription | undefined;
  call?: Call;
  cancelWait?: () => void;
}

/** The relay's live calls. Legs meet in one by the linkedid they are described with, before or after their audio. */
export class Calls {
  readonly #dependencies: CallsDependencies;
  readonly #legs = new Map<string, LiveLeg>();
  readonly #calls = new Map<string, Call>();
  /** Descriptions of legs whose audio has not come yet. */
  readonly #descriptions = new BoundedMap<{ description: LegDescription; at: number }>({
    maxEntries: MAX_DESCRIPTIONS,
    maxBytes: MAX_DESCRIPTION_BYTES,
    bytesOf: ({ description }) => 2 * JSON.stringify(description).length,
  });
  readonly #endedAt = new BoundedMap<number>({ maxEntries: MAX_ENDED });
  readonly #lingering = new Map<Call, () => void>();
  readonly #left = new Map<string, { call: LeftCall; cancel: () => void }>();
  /** By the id of a call that another relay numbered, or that ended: the id under which it goes on. */
  readonly #successors = new BoundedMap<string>({ maxEntries: MAX_ENDED });
  readonly #watched = new Set<string>();
  /** Calls that the next relay goes on with. */
  readonly #cut = new Set<Call>();
  #stopBeat: () => void = () => undefined;
  #isDraining = false;
  #onIdle: (() => void) | undefined;

  constructor(dependencies: CallsDependencies) {
    this.#dependencies = dependencies;
  }

  /** From now on silence is filled in, and calls that an earlier relay left wait for their legs. */
  start(): void {
    const { clock, leftCalls = [], endedCallIds = [] } = this.#dependencies;
    for (const callId of endedCallIds) this.#endedAt.set(callId, clock.now());
    let lastBeatAt = clock.now();
    this.#stopBeat = every(clock, BEAT_MS, () => {
      const sinceBeatMs = clock.now() - lastBeatAt;
      lastBeatAt += sinceBeatMs;
      // A process that was held up has audio to read first: what has not come by the next beat is missing.
      if (sinceBeatMs <= LATE_BEAT_MS) for (const { leg } of this.#legs.values()) leg.beat();
      this.#forgetOld();
    });
    for (const call of leftCalls) {
      const predecessor = predecessorIdOf(call.callId);
      if (predecessor !== undefined) this.#successors.set(predecessor, call.callId);
      this.#left.set(call.callId, {
        call,
        cancel: clock.after(RESUME_MS, () => {
          this.#giveUp(call);
        }),
      });
    }
  }

  get callCount(): number {
    return this.#calls.size;
  }

  /** Descriptions that wait for the audio of their leg. */
  get waitingDescriptions(): number {
    return this.#descriptions.size;
  }

  /** Descriptions that had to go for newer ones before their audio came. */
  get forgottenDescriptions(): number {
    return this.#descriptions.evictedCount;
  }

  /** Whether the leg's audio is being received. */
  isHeard(uuid: string): boolean {
    return this.#legs.has(uuid);
  }

  /** Whether somebody described the leg: its audio is waited for, or being received. */
  isDescribed(uuid: string): boolean {
    return this.#descriptions.has(uuid);
  }

  get legCount(): number {
    return this.#legs.size;
  }

  ticks(): CallTick[] {
    const ticks = [...this.#calls.values()].map((call) =>
      this.#cut.has(call) ? { ...call.tick(), legs: [], isRestarting: true as const } : call.tick(),
    );
    return [...ticks, ...this.#leftTicks()];
  }

  /** What another relay needs to go on with the live calls. */
  memories(): CallMemory[] {
    return [...this.#calls.values()].map((call) => call.memory());
  }

  #leftTicks(): CallTick[] {
    const now = Math.round(this.#dependencies.clock.now());
    return [...this.#left.values()]
      .filter(({ call: { lastEventAt, memory } }) => now - (memory?.keptAt ?? lastEventAt) < LEFT_REPORTED_MS)
      .map(({ call: { callId, callStartedAt, lastSeq } }) => {
        return { callId, atMs: Math.max(0, now - callStartedAt), lastSeq, legs: [], isRestarting: true as const };
      });
  }

  /** Live calls, and those of an earlier relay that may be continued. */
  liveCallIds(): string[] {
    return [...this.#calls.keys(), ...this.#left.keys()];
  }

  /** Somebody has the call open: its words are shown while they are spoken. */
  watch(callId: string): void {
    if (this.#calls.has(callId) || this.#left.has(callId)) this.#watched.add(callId);
    this.#calls.get(callId)?.watch(true);
  }

  unwatch(callId: string): void {
    this.#watched.delete(callId);
    this.#calls.get(callId)?.watch(false);
  }

  unwatchAll(): void {
    for (const callId of this.#watched) this.unwatch(callId);
  }

  /** Somebody has found that who is taken for the agent is the caller, or that they are not after all. */
  swapSides(callId: string, isSwapped: boolean): void {
    const call = this.#calls.get(callId);
    if (!call?.swapSides(isSwapped)) return;
    for (const { leg } of this.#liveLegsOf(call))
      if (isSwapped && leg.channel === 'caller') this.#dependencies.onCaller?.(leg.uuid);
    for (const { description } of this.#liveLegsOf(call)) if (description) this.#describeCall(call, description);
    call.describe({});
  }

  /** A person who listens says what is spoken on the call from now on. */
  correctLanguage(callId: string, tag: string): void {
    this.#calls.get(callId)?.correctLanguage(tag);
  }

  #liveLegsOf(call: Call): LiveLeg[] {
    return [...call.legs].flatMap(({ uuid }) => this.#legs.get(uuid) ?? []);
  }

  /** The descriptions of the live legs with an agent, the newest first. */
  agentLegs(callId: string): LegDescription[] {
    const call = this.#calls.get(callId);
    if (!call) return [];
    return this.#liveLegsOf(call)
      .filter(({ leg }) => leg.channel === 'agent' && !leg.isEnded)
      .reverse()
      .flatMap(({ description }) => (description ? [asSpoken(description, call)] : []));
  }

  readonly openLeg: OpenLeg = ({ uuid, source }): LegReceiver | undefined => {
    const { clock, log, hasRoom } = this.#dependencies;
    if (this.#isDraining || this.#legs.has(uuid) || hasRoom?.() === false) return undefined;
    const legLog = log.child({ legUuid: uuid });
    const leg = new Leg(uuid, {
      clock,
      levelTargetDbfs: this.#dependencies.levelTargetDbfs,
      onUtterance: (utterance, finalAt) => {
        live.call?.utterance(leg, utterance, finalAt);
      },
      isWatched: () => live.call?.isWatched === true,
      onUnderWay: (words) => {
        live.call?.underWay(leg, words);
      },
      onSpeech: (hasWords) => {
        live.call?.speechUnderWay(leg.channel, hasWords);
      },
      onEnd: () => {
        this.#legEnded(live);
      },
    });
    const live: LiveLeg = { leg, description: this.#descriptions.get(uuid)?.description };
    this.#descriptions.delete(uuid);
    this.#legs.set(uuid, live);
    legLog.info({ source }, 'leg opened');
    if (live.description?.linkedid !== undefined) this.#join(live);
    else
      live.cancelWait = clock.after(LINKEDID_WAIT_MS, () => {
        this.#join(live);
      });
    return {
      audio: (audio, sampleRate) => {
        leg.audio(audio, sampleRate);
      },
      end: () => {
        this.#endLeg(live);
      },
    };
  };

  /**
   * Applies what is known of a leg, before or after its audio. May be called again with more.
   * @returns the id of the leg's call, as far as it is known.
   */
  describe(update: LegDescription): string {
    const { uuid } = update;
    const live = this.#legs.get(uuid);
    const description = { ...(live ?? this.#descriptions.get(uuid))?.description, ...update };
    if (live) live.description = description;
    else this.#descriptions.set(uuid, { description, at: this.#dependencies.clock.now() });
    if (live?.call) {
      live.leg.channel = asSpoken(description, live.call).channel;
      this.#describeCall(live.call, description);
    } else if (live && description.linkedid !== undefined) this.#join(live);
    return live?.call?.head.callId ?? this.#callIdFor(uuid, description.linkedid);
  }

  /**
   * Accepts no new legs, ends the open ones, and resolves when their last words have been published. Calls that were
   * still heard do not end: they are for the next relay.
   */
  async drain(): Promise<void> {
    this.#isDraining = true;
    for (const live of this.#legs.values()) {
      this.#join(live);
      if (!live.call || live.leg.isEnded) continue;
      this.#cut.add(live.call);
      live.call.cut();
    }
    if (this.#legs.size > 0)
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
        for (const live of this.#legs.values()) this.#endLeg(live);
      });
    for (const call of this.#calls.values())
      if (!this.#cut.has(call)) this.#end(call);
      else call.release('any');
    // What an earlier relay left stays left: the next one may still find its legs.
    for (const { cancel } of this.#left.values()) cancel();
    this.#stopBeat();
  }

  #join(live: LiveLeg): void {
    live.cancelWait?.();
    if (live.call) return;
    const { leg, description } = live;
    const call = this.#callWith(this.#callIdFor(leg.uuid, description?.linkedid), leg.startedAt);
    live.call = call;
    call.legs.add(leg);
    if (description) this.#describeCall(call, description);
    leg.start(description ? asSpoken(description, call).channel : 'mixed', call.speech);
    this.#lingering.get(call)?.();
    this.#lingering.delete(call);
    this.#dependencies.onCallStarted();
  }

  #describeCall(call: Call, description: LegDescription): void {
    if (description.language !== undefined) call.spokenInByDialplan(description.language);
    call.describe(metadataOf(asSpoken(description, call)));
    const { linkedid, diallerKeys } = description;
    const { callId, callStartedAt } = call.head;
    const enriched = {
      callId,
      enrich: (metadata: CallMetadata) => {
        call.enrich(metadata);
      },
    };
    this.#dependencies.enricher?.changed(enriched, {
      startedAt: callStartedAt,
      uniqueids: [...new Set([...(linkedid === undefined ? [] : [linkedid]), ...(diallerKeys?.uniqueids ?? [])])],
      asteriskChannels: diallerKeys?.asteriskChannels ?? [],
      callerNames: diallerKeys?.callerNames ?? [],
    });
  }

  /**
   * A call that has ended does not begin again, nor does one that may have been numbered by a relay whose spool is lost:
   * legs that come later are a call of their own.
   */
  #callIdFor(uuid: string, linkedid: string | undefined): string {
    if (linkedid === undefined) return uuid;
    const callId = callIdOf(this.#dependencies.pbx, linkedid);
    if (this.#calls.has(callId) || this.#left.has(callId)) return callId;
    const successor = this.#successors.get(callId);
    if (successor !== undefined && !this.#endedAt.has(successor)) return successor;
    if (!this.#endedAt.has(callId) && !this.#mayBeNumbered(linkedid)) return callId;
    const next = successorIdOf(callId, this.#dependencies.clock.now());
    if (next === successor || next.length > MAX_CALL_ID_LENGTH) return uuid;
    this.#successors.set(callId, next);
    return next;
  }

  /** Whether a call that is not known may have been numbered by an earlier relay. */
  #mayBeNumbered(linkedid: string): boolean {
    const { clock, numberedSince = 0 } = this.#dependencies;
    const begun = begunBy(linkedid);
    return begun !== undefined && begun <= numberedSince && clock.now() - begun < MAX_CALL_MS;
  }

  #callWith(callId: string, callStartedAt: number): Call {
    const known = this.#calls.get(callId);
    if (known) return known;
    const { relayId, pbx, speech, log, publish, redactor, sendPartial, language, languages } = this.#dependencies;
    const left = this.#left.get(callId);
    left?.cancel();
    this.#left.delete(callId);
    const head = { relayId, callId, pbx, callStartedAt: left?.call.callStartedAt ?? callStartedAt };
    const services = { ...speech, log: log.child({ callId }) };
    const call = new Call(head, { services, publish, redactor, sendPartial, language, languages }, left?.call);
    this.#calls.set(callId, call);
    call.watch(this.#watched.has(callId));
    return call;
  }

  /** A leg that ends before its call was known does not wait any longer: its words are still to be published. */
  #endLeg(live: LiveLeg): void {
    this.#join(live);
    live.leg.end();
  }

  #legEnded(live: LiveLeg): void {
    const { leg } = live;
    const call = live.call;
    this.#legs.delete(leg.uuid);
    this.#dependencies.log.info({ legUuid: leg.uuid }, 'leg ended');
    call?.legs.delete(leg);
    if (call?.legs.size === 0 && !this.#cut.has(call))
      this.#lingering.set(
        call,
        this.#dependencies.clock.after(LINGER_MS, () => {
          this.#end(call);
        }),
      );
    if (this.#legs.size === 0) this.#onIdle?.();
  }

  #end(call: Call): void {
    this.#lingering.get(call)?.();
    this.#lingering.delete(call);
    this.#calls.delete(call.head.callId);
    this.#watched.delete(call.head.callId);
    this.#endedAt.set(call.head.callId, this.#dependencies.clock.now());
    call.end('hangup', 'long');
    this.#dependencies.enricher?.ended(call.head.callId);
  }

  /** The call's legs did not come back. */
  #giveUp({ relayId, callId, pbx, callStartedAt, lastSeq, lastEventAt, memory }: LeftCall): void {
    this.#left.delete(callId);
    this.#watched.delete(callId);
    this.#endedAt.set(callId, this.#dependencies.clock.now());
    this.#dependencies.publish({
      type: 'CallEnded',
      version: 1,
      ...{ relayId, callId, pbx, callStartedAt, lastSeq },
      endedAt: Math.max(lastEventAt, memory?.keptAt ?? 0),
      reason: 'relay-restarted',
    });
  }

  #forgetOld(): void {
    const now = this.#dependencies.clock.now();
    this.#descriptions.deleteWhile(({ at }) => at < now - DESCRIPTION_MS);
    this.#endedAt.deleteWhile((at) => at < now - ENDED_MS);
  }
}

/** A description with the sides as somebody has found them to be. */
function asSpoken(description: LegDescription, { isSwapped }: Call): LegDescription {
  if (!isSwapped) return description;
  return { ...description, ...description.ifSwapped, channel: otherSide(description.channel) };
}

function metadataOf(description: LegDescription) {
  const {
    uuid: _uuid,
    channel: _channel,
    language: _language,
    asteriskChannel: _asterisk,
    diallerKeys: _keys,
    ifSwapped: _others,
    ...metadata
  } = description;
  return metadata;
}
