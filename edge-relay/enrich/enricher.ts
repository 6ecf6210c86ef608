import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { CallKeys, DialledMetadata, Found } from './call-keys.ts';

/** A call that the dialler may know. */
export interface EnrichedCall {
  readonly callId: string;
  /** Applies what the dialler knows, also after the call's end. */
  readonly enrich: (metadata: DialledMetadata) => void;
}

export interface EnricherDependencies {
  /** @throws {Error} when it cannot be looked up now */
  readonly find: (keys: CallKeys, isOver: boolean) => Promise<Found | undefined>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Lookups under way at once: as many as the database has connections for us. */
const MAX_LOOKUPS = 5;
/** Until the dialler has written its rows of a call, the last one for ever; and once they are there. */
const WAITS_LIVE_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;
const WHOLE_MS = 20_000;
/** Until the agent has noted the outcome and the recording has been moved to its place. */
const WAITS_OVER_MS = [2_000, 3_000, 5_000, 10_000, 20_000, 40_000, 60_000, 120_000, 300_000] as const;
const GIVE_UP_MS = 3_600_000;
/** A call that the dialler does not know by so long after its end is none of its. */
const GIVE_UP_UNKNOWN_MS = 60_000;
const MAX_OVER = 5_000;

interface Followed {
  readonly call: EnrichedCall;
  keys: CallKeys;
  /** Which wait comes next. */
  step: number;
  overAt?: number;
  agentId?: string;
  isKnown: boolean;
  isWhole: boolean;
  isUnderWay: boolean;
  /** How often it was to be looked up: more than before when it changed meanwhile. */
  asked: number;
  cancel: () => void;
}

/**
 * Looks the calls up in the dialler's database: at once, again with growing waits until they are there, from time to
 * time while they run, and after their end until all is known. Nothing waits for it, and what it cannot find out is
 * left out.
 */
export class Enricher {
  readonly #dependencies: EnricherDependencies;
  readonly #followed = new Map<string, Followed>();
  readonly #due: Followed[] = [];
  #running = 0;
  #isStopped = false;

  constructor(dependencies: EnricherDependencies) {
    this.#dependencies = dependencies;
  }

  get followedCount(): number {
    return this.#followed.size;
  }

  /** The call has begun, or is known by other keys now: it is looked up anew. */
  changed(call: EnrichedCall, keys: CallKeys): void {
    if (this.#isStopped || !isKnowable(keys)) return;
    const known = this.#followed.get(call.callId);
    if (known?.overAt !== undefined || (known && isSame(known.keys, keys))) return;
    const followed: Followed = known ?? {
      call,
      keys,
      step: 0,
      isKnown: false,
      isWhole: false,
      isUnderWay: false,
      asked: 0,
      cancel: () => undefined,
    };
    this.#followed.set(call.callId, followed);
    followed.keys = keys;
    followed.step = 0;
    this.#lookUpNow(followed);
  }

  /** The call is over; what its agent makes of it comes after. */
  ended(callId: string): void {
    const followed = this.#followed.get(callId);
    if (!followed || followed.overAt !== undefined) return;
    followed.overAt = this.#dependencies.clock.now();
    followed.step = 0;
    // Behind the others, in the order in which calls ended.
    this.#followed.delete(callId);
    this.#followed.set(callId, followed);
    if (!followed.isUnderWay) this.#wait(followed);
    const over = [...this.#followed.values()].filter(({ overAt }) => overAt !== undefined);
    for (const oldest of over.slice(0, Math.max(0, over.length - MAX_OVER))) this.#forget(oldest);
  }

  /** The live calls by the id of their agent, as the dialler knows them. */
  callsByAgent(): Map<string, string> {
    const calls = new Map<string, string>();
    for (const { call, agentId, overAt } of this.#followed.values())
      if (agentId !== undefined && overAt === undefined) calls.set(agentId, call.callId);
    return calls;
  }

  stop(): void {
    this.#isStopped = true;
    for (const followed of this.#followed.values()) followed.cancel();
    this.#followed.clear();
    this.#due.length = 0;
  }

  #lookUpNow(followed: Followed): void {
    followed.cancel();
    followed.asked++;
    if (followed.isUnderWay) return;
    followed.isUnderWay = true;
    this.#due.push(followed);
    this.#pump();
  }

  #pump(): void {
    while (this.#running < MAX_LOOKUPS) {
      const followed = this.#due.shift();
      if (!followed) return;
      this.#running++;
      void this.#lookUp(followed).finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }

  async #lookUp(followed: Followed): Promise<void> {
    const { find, log } = this.#dependencies;
    const wasOver = followed.overAt !== undefined;
    const { asked } = followed;
    const found = await find(followed.keys, wasOver).catch((error: unknown) => {
      // A source that is away logs that once itself.
      log.debug({ err: error, callId: followed.call.callId }, 'call not looked up');
      return undefined;
    });
    followed.isUnderWay = false;
    if (this.#followed.get(followed.call.callId) !== followed) return;
    if (found) this.#apply(followed, found);
    if (followed.asked > asked) this.#lookUpNow(followed);
    else if (found?.isFinal && wasOver) this.#forget(followed);
    else this.#wait(followed);
  }

  #apply(followed: Followed, { metadata, isWhole }: Found): void {
    followed.isKnown = true;
    followed.isWhole = isWhole;
    if (metadata.agent) followed.agentId = metadata.agent.id;
    followed.call.enrich(metadata);
  }

  #wait(followed: Followed): void {
    const { clock } = this.#dependencies;
    const { overAt, isKnown, isWhole } = followed;
    if (overAt !== undefined && clock.now() - overAt > (isKnown ? GIVE_UP_MS : GIVE_UP_UNKNOWN_MS)) {
      this.#forget(followed);
      return;
    }
    const waits = overAt === undefined ? WAITS_LIVE_MS : WAITS_OVER_MS;
    const waitMs = overAt === undefined && isWhole ? WHOLE_MS : (waits[followed.step++] ?? waits[waits.length - 1]);
    followed.cancel();
    followed.cancel = clock.after(waitMs ?? WHOLE_MS, () => {
      this.#lookUpNow(followed);
    });
  }

  #forget(followed: Followed): void {
    followed.cancel();
    this.#followed.delete(followed.call.callId);
  }
}

function isKnowable({ uniqueids, asteriskChannels, callerNames }: CallKeys): boolean {
  return [uniqueids, asteriskChannels, callerNames].some((list) => list.length > 0);
}

function isSame(one: CallKeys, other: CallKeys): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
