import type { CallMetadata, CallTick } from '#core/call/events.ts';
import { callIdOf } from '#core/ids.ts';
import type { Logger } from 'pino';
import { type Clock, every } from '../clock.ts';
import type { Enricher } from '../enrich/enricher.ts';
import type { LegDescription, LegReceiver, OpenLeg } from '../leg-contract.ts';
import type { SpeechServices } from '../stt/session.ts';
import { Call, type CallHead, type CallPartial, type ResumedCall, type UnsentEvent } from './call.ts';
import { Leg } from './leg.ts';

export interface CallsDependencies {
  readonly relayId: string;
  readonly pbx: string;
  readonly speech: SpeechServices;
  readonly clock: Clock;
  readonly log: Logger;
  readonly publish: (event: UnsentEvent) => void;
  readonly redaction: Redaction;
  readonly levelTargetDbfs?: number | undefined;
  /** Calls that were live when an earlier relay stopped; each waits a while for its legs to come back. */
  readonly leftCalls?: readonly LeftCall[];
  /** Whether new legs can be accepted: not while their utterances could not be stored. */
  readonly hasRoom?: () => boolean;
  readonly onCallStarted: () => void;
  /** Sends words of a watched call while they are spoken; returns whether they could be sent. */
  readonly sendPartial: (partial: CallPartial) => boolean;
  /** Looks up what the dialler knows of the calls. */
  readonly enricher?: Pick<Enricher, 'changed' | 'ended'> | undefined;
}

/** What is done to the text before it leaves the relay. */
export interface Redaction {
  readonly redact: (text: string) => string;
  /** The same for a text that may still change and grow. */
  readonly redactUnfinished: (text: string) => string;
  /** Whether a text breaks off in the middle of a number. */
  readonly breaksOff: (text: string) => boolean;
}

export interface LeftCall extends CallHead, ResumedCall {}

/** How long a call of an earlier relay waits for its legs: the tap needs to find them first. */
const RESUME_MS = 15_000;
/** How long a leg waits for the linkedid of its call before it becomes a call of its own. */
const LINKEDID_WAIT_MS = 500;
/** How long a call without legs waits for another: a transfer ends one leg before the next begins. */
const LINGER_MS = 1_000;
/** How long a description waits for its audio, and an ended call's id is remembered. */
const DESCRIPTION_MS = 60_000;
const ENDED_MS = 3_600_000;
const BEAT_MS = 100;

interface LiveLeg {
  readonly leg: Leg;
  call?: Call;
  cancelWait?: () => void;
}

/** The relay's live calls. Legs meet in one by the linkedid they are described with, before or after their audio. */
export class Calls {
  readonly #dependencies: CallsDependencies;
  readonly #legs = new Map<string, LiveLeg>();
  readonly #calls = new Map<string, Call>();
  readonly #descriptions = new Map<string, { description: LegDescription; at: number }>();
  readonly #endedAt = new Map<string, number>();
  readonly #lingering = new Map<Call, () => void>();
  readonly #left = new Map<string, { call: LeftCall; cancel: () => void }>();
  readonly #watched = new Set<string>();
  #stopBeat: () => void = () => undefined;
  #isDraining = false;
  #onIdle: (() => void) | undefined;

  constructor(dependencies: CallsDependencies) {
    this.#dependencies = dependencies;
  }

  /** From now on silence is filled in, and calls that an earlier relay left wait for their legs. */
  start(): void {
    const { clock, leftCalls = [] } = this.#dependencies;
    this.#stopBeat = every(clock, BEAT_MS, () => {
      for (const { leg } of this.#legs.values()) leg.beat();
    });
    for (const call of leftCalls)
      this.#left.set(call.callId, {
        call,
        cancel: clock.after(RESUME_MS, () => {
          this.#giveUp(call);
        }),
      });
  }

  get callCount(): number {
    return this.#calls.size;
  }

  /** Whether the leg's audio is being received. */
  isHeard(uuid: string): boolean {
    return this.#legs.has(uuid);
  }

  get legCount(): number {
    return this.#legs.size;
  }

  ticks(): CallTick[] {
    return [...this.#calls.values()].map((call) => call.tick());
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

  /** The descriptions of the live legs with an agent, the newest first. */
  agentLegs(callId: string): LegDescription[] {
    return [...(this.#calls.get(callId)?.legs ?? [])]
      .filter(({ channel, isEnded }) => channel === 'agent' && !isEnded)
      .reverse()
      .flatMap(({ uuid }) => this.#descriptions.get(uuid)?.description ?? []);
  }

  readonly openLeg: OpenLeg = ({ uuid, source }): LegReceiver | undefined => {
    const { clock, log, redaction, hasRoom } = this.#dependencies;
    if (this.#isDraining || this.#legs.has(uuid) || hasRoom?.() === false) return undefined;
    const legLog = log.child({ legUuid: uuid });
    const leg = new Leg(uuid, {
      clock,
      breaksOff: redaction.breaksOff,
      levelTargetDbfs: this.#dependencies.levelTargetDbfs,
      onUtterance: (utterance, finalAt) => {
        live.call?.utterance(leg, utterance, finalAt);
      },
      isWatched: () => live.call?.isWatched === true,
      onUnderWay: (words) => {
        live.call?.underWay(leg, words);
      },
      onEnd: () => {
        this.#legEnded(live);
      },
    });
    const live: LiveLeg = { leg };
    this.#legs.set(uuid, live);
    legLog.info({ source }, 'leg opened');
    const description = this.#descriptions.get(uuid)?.description;
    if (description?.linkedid !== undefined) this.#join(live, description);
    else
      live.cancelWait = clock.after(LINKEDID_WAIT_MS, () => {
        this.#join(live, this.#descriptions.get(uuid)?.description);
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
    const description = { ...this.#descriptions.get(uuid)?.description, ...update };
    this.#remember(description);
    const live = this.#legs.get(uuid);
    if (live?.call) {
      live.leg.channel = description.channel;
      this.#describeCall(live.call, description);
    } else if (live && description.linkedid !== undefined) this.#join(live, description);
    return live?.call?.head.callId ?? this.#callIdFor(uuid, description.linkedid);
  }

  /** Accepts no new legs, ends the open ones, and resolves when their last words have been published. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    if (this.#legs.size > 0)
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
        for (const live of this.#legs.values()) this.#endLeg(live);
      });
    for (const call of this.#calls.values()) this.#end(call);
    // What an earlier relay left stays left: the next one may still find its legs.
    for (const { cancel } of this.#left.values()) cancel();
    this.#stopBeat();
  }

  #join(live: LiveLeg, description: LegDescription | undefined): void {
    live.cancelWait?.();
    if (live.call) return;
    const { leg } = live;
    const call = this.#callWith(this.#callIdFor(leg.uuid, description?.linkedid), leg.startedAt);
    live.call = call;
    call.legs.add(leg);
    if (description) {
      call.language ??= description.language;
      this.#describeCall(call, description);
    }
    leg.start(description?.channel ?? 'mixed', call.speech);
    this.#lingering.get(call)?.();
    this.#lingering.delete(call);
    this.#dependencies.onCallStarted();
  }

  #describeCall(call: Call, description: LegDescription): void {
    call.describe(metadataOf(description));
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

  /** A call that has ended does not begin again: a leg that comes too late is a call of its own. */
  #callIdFor(uuid: string, linkedid: string | undefined): string {
    const callId = linkedid === undefined ? uuid : callIdOf(this.#dependencies.pbx, linkedid);
    return this.#endedAt.has(callId) ? uuid : callId;
  }

  #callWith(callId: string, callStartedAt: number): Call {
    const known = this.#calls.get(callId);
    if (known) return known;
    const { relayId, pbx, speech, log, publish, redaction, sendPartial } = this.#dependencies;
    const left = this.#left.get(callId);
    left?.cancel();
    this.#left.delete(callId);
    const head = { relayId, callId, pbx, callStartedAt: left?.call.callStartedAt ?? callStartedAt };
    const services = { ...speech, log: log.child({ callId }) };
    const { redact, redactUnfinished } = redaction;
    const call = new Call(head, { services, publish, redact, redactUnfinished, sendPartial }, left?.call);
    this.#calls.set(callId, call);
    call.watch(this.#watched.has(callId));
    return call;
  }

  /** A leg that ends before its call was known does not wait any longer: its words are still to be published. */
  #endLeg(live: LiveLeg): void {
    this.#join(live, this.#descriptions.get(live.leg.uuid)?.description);
    live.leg.end();
  }

  #legEnded(live: LiveLeg): void {
    const { leg } = live;
    const call = live.call;
    this.#legs.delete(leg.uuid);
    this.#descriptions.delete(leg.uuid);
    this.#dependencies.log.info({ legUuid: leg.uuid }, 'leg ended');
    call?.legs.delete(leg);
    if (call?.legs.size === 0)
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
    const now = this.#dependencies.clock.now();
    this.#endedAt.set(call.head.callId, now);
    forgetOlder(this.#endedAt, now - ENDED_MS, (at) => at);
    call.end(this.#isDraining ? 'drained' : 'hangup');
    this.#dependencies.enricher?.ended(call.head.callId);
  }

  /** The call's legs did not come back. */
  #giveUp({ lastEventAt, ...call }: LeftCall): void {
    this.#left.delete(call.callId);
    this.#watched.delete(call.callId);
    this.#endedAt.set(call.callId, this.#dependencies.clock.now());
    this.#dependencies.publish({
      type: 'CallEnded',
      version: 1,
      ...call,
      endedAt: lastEventAt,
      reason: 'relay-restarted',
    });
  }

  #remember(description: LegDescription): void {
    const at = this.#dependencies.clock.now();
    this.#descriptions.delete(description.uuid);
    this.#descriptions.set(description.uuid, { description, at });
    forgetOlder(this.#descriptions, at - DESCRIPTION_MS, (entry, uuid) => (this.#legs.has(uuid) ? Infinity : entry.at));
  }
}

function metadataOf(description: LegDescription) {
  const {
    uuid: _uuid,
    channel: _channel,
    language: _language,
    asteriskChannel: _asterisk,
    diallerKeys: _keys,
    ...metadata
  } = description;
  return metadata;
}

/** Maps keep the order of insertion, which is that of age. */
function forgetOlder<T>(map: Map<string, T>, thanMs: number, ageOf: (value: T, key: string) => number): void {
  for (const [key, value] of map) if (ageOf(value, key) < thanMs) map.delete(key);
}
