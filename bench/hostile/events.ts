import { MAX_CALL_MS } from '#core/fields.ts';
import { relayIdSchema, type RelayIdentity } from '#core/contracts/relay-identity.ts';
import { filled, PROTOTYPE_NAMES, unpackable } from '#core/judging/hostile-input.ts';
import type { AnyEvent } from '../../e2e/bus.ts';
import { controlRelay } from './control.ts';

/** An event, and the relay under whose source it is published. */
export interface SentEvent {
  readonly sender: RelayIdentity;
  readonly event: AnyEvent;
}

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const HALF_CHARACTER = '\ud83d';
const names = [
  ...PROTOTYPE_NAMES,
  HALF_CHARACTER,
  `${HALF_CHARACTER}agent`,
  'SALES',
  '=cmd()',
  '<script>',
  '\u0000',
  ' ',
  unpackable(256, 1),
  'x'.repeat(256),
];
/** Of calls that all relays share, so that their events meet. */
const callNames = [
  ...PROTOTYPE_NAMES.map((name) => name.replace(/^_+/, '_')),
  'a',
  '0',
  '.',
  '..',
  '-',
  'x'.repeat(100),
];
const texts = [
  ...PROTOTYPE_NAMES,
  PROTOTYPE_NAMES.join(' '),
  filled('a b c d e f ', 4_096),
  filled('good bad not awful! ', 4_096),
  filled(`${HALF_CHARACTER} `, 4_096),
  filled('\u0000\u001f', 4_096),
  filled('**** f*** ', 4_096),
  filled('😡', 4_096),
  unpackable(4_096, 7),
  'x'.repeat(4_096),
  ' ',
  '???',
  'I want to cancel my account',
];
/** What no schema takes, in the place of any field. */
const nonsense = [undefined, null, '', -1, 0.5, 2 ** 53, NaN, 'x'.repeat(4_097), [], {}, true, '__proto__'];

/** Of events that no schema takes: each costs the endpoint three attempts. */
const REFUSED_SHARE = 0.05;
/** Of events about a call of another relay. */
const FOREIGN_SHARE = 0.1;

const relayIds = PROTOTYPE_NAMES.filter((name) => relayIdSchema.safeParse(name).success);

/** So many hostile relays; each has its PBX with another, and the last one that of the control calls. */
export function hostileRelays(count: number): RelayIdentity[] {
  return Array.from({ length: count }, (_, index) => ({
    relayId: `${relayIds[index % relayIds.length] ?? 'r'}${index < relayIds.length ? '' : String(index)}`,
    pbx:
      index === count - 1 ? controlRelay.pbx : (PROTOTYPE_NAMES[Math.floor(index / 2) % PROTOTYPE_NAMES.length] ?? 'p'),
  }));
}

/** Makes events of a few relays on shared calls: most follow the schemas with extreme values, the others nearly. */
export class HostileEvents {
  readonly #random: () => number;
  readonly #relays: readonly RelayIdentity[];
  /** Calls of the control relay that are stored, which are named too. */
  readonly #victims: readonly string[];
  readonly #last: SentEvent[] = [];
  /** The next seq of each call, so that most utterances can be folded. */
  readonly #seqs = new Map<string, number>();

  constructor(random: () => number, relays: readonly RelayIdentity[], victims: readonly string[]) {
    this.#random = random;
    this.#relays = relays;
    this.#victims = victims;
  }

  next(now: number): SentEvent {
    const chance = this.#random();
    // A repeat of what was sent, some of it long ago and long out of order.
    if (chance < 0.1 && this.#last.length > 0) return pick(this.#random, this.#last);
    const sender = pick(this.#random, this.#relays);
    const sent = {
      sender,
      event: this.#random() < FOREIGN_SHARE ? this.#foreign(sender, now) : this.#valid(sender, now),
    };
    this.#last.push(sent);
    if (this.#last.length > 500) this.#last.shift();
    return chance < 1 - REFUSED_SHARE ? sent : { sender, event: this.#spoilt(sent.event) };
  }

  /** About a call of the control relay, under that relay's name or under the sender's own. */
  #foreign(sender: RelayIdentity, now: number): AnyEvent {
    const event = this.#valid(sender, now);
    const named = this.#random() < 0.5 ? { ...event, ...controlRelay } : event;
    const [victim] = this.#victims.length > 0 ? [pick(this.#random, this.#victims)] : [];
    if (victim === undefined) return named;
    const calls = (event['calls'] as object[] | undefined)?.map((call) => ({ ...call, callId: victim }));
    return { ...named, ...('callId' in event && { callId: victim }), ...(calls && { calls: calls.slice(0, 1) }) };
  }

  /** One field, at any depth, holds something else. */
  #spoilt(event: AnyEvent): AnyEvent {
    const copy = structuredClone<AnyEvent>(event);
    let place: Record<string, unknown> = copy;
    for (;;) {
      const field = pick(
        this.#random,
        Object.keys(place).filter((key) => key !== 'type'),
      );
      const inner = place[field];
      const isDeep = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0;
      if (isDeep && this.#random() < 0.8) {
        place = inner as Record<string, unknown>;
        continue;
      }
      place[field] = pick(this.#random, nonsense);
      return copy;
    }
  }

  #instant(now: number): number {
    const wild = [0, 1, now - MAX_CALL_MS, now + 14 * 60_000, now - 14 * 86_400_000, Date.UTC(2099, 11, 31)];
    return this.#random() < 1 - REFUSED_SHARE / 4 ? now : pick(this.#random, wild);
  }

  #duration(): number {
    return pick(this.#random, [0, 1, 4_000, 60_000, MAX_CALL_MS, 2 * MAX_CALL_MS]);
  }

  #name(): string {
    return pick(this.#random, names);
  }

  #scope() {
    return { agentId: this.#name(), campaign: this.#name(), inGroup: this.#name() };
  }

  #valid(sender: RelayIdentity, now: number): AnyEvent {
    const callId = `${sender.pbx}-${pick(this.#random, callNames)}`;
    const head = { version: 1, ...sender, callId, callStartedAt: this.#instant(now - 60_000) };
    const draw = this.#random();
    if (draw < 0.1) return { type: 'CallStarted', ...head, engine: this.#name() };
    if (draw < 0.2)
      return { type: 'CallDescribed', ...head, describedAt: this.#instant(now), metadata: this.#metadata() };
    if (draw < 0.8) return this.#utterance(head, now);
    if (draw < 0.9) return this.#ticks(sender, now);
    if (draw < 0.95) return this.#agents(sender, now);
    return {
      type: 'CallEnded',
      ...head,
      endedAt: this.#instant(now),
      lastSeq: pick(this.#random, [0, 1, 5_000, 100_000]),
      reason: pick(this.#random, ['hangup', 'lost', 'drained']),
    };
  }

  #metadata() {
    return {
      linkedid: this.#name(),
      agent: { id: this.#name(), name: this.#name() },
      caller: { number: this.#name(), name: this.#name() },
      campaign: this.#name(),
      inGroup: this.#name(),
      queue: this.#name(),
      recordingUrl: `https://example.com/${'x'.repeat(2_000)}`,
      queueMs: this.#duration(),
    };
  }

  #utterance(head: { callId: string }, now: number): AnyEvent {
    const next = this.#seqs.get(head.callId) ?? 1;
    const seq = this.#random() < 0.8 ? next : pick(this.#random, [1, next + 1, next + 4_999, 100_000]);
    if (seq === next) this.#seqs.set(head.callId, next + 1);
    const startMs = this.#random() < 0.7 ? seq * 1_000 : this.#duration();
    return {
      type: 'UtteranceTranscribed',
      ...head,
      seq,
      channel: pick(this.#random, ['agent', 'caller', 'mixed']),
      startMs,
      endMs: this.#random() < 0.9 ? startMs + 900 : this.#duration(),
      text: pick(this.#random, texts),
      engine: this.#name(),
      confidence: pick(this.#random, [0, 1, Number.MIN_VALUE]),
      gapBeforeMs: this.#duration(),
      scope: this.#scope(),
      spokenAt: this.#instant(now),
      transcribedAt: this.#instant(now),
      publishedAt: this.#instant(now),
    };
  }

  #ticks(sender: RelayIdentity, now: number): AnyEvent {
    const leg = () => ({
      channel: pick(this.#random, ['agent', 'caller', 'mixed']),
      engine: this.#name(),
      lastAudioAgeMs: this.#duration(),
      speechMs: this.#duration(),
      silenceMs: this.#duration(),
      engineLagMs: this.#duration(),
      engineDownMs: this.#duration(),
      gapCount: 1_000_000,
    });
    const calls = callNames.slice(0, 1 + Math.floor(this.#random() * callNames.length)).map((name) => ({
      callId: `${sender.pbx}-${name}`,
      atMs: this.#duration(),
      lastSeq: pick(this.#random, [0, 1, 100_000]),
      scope: this.#scope(),
      legs: Array.from({ length: Math.floor(this.#random() * 16) }, leg),
    }));
    return {
      type: 'CallsTicked',
      version: 1,
      ...sender,
      tickedAt: this.#instant(now),
      part: pick(this.#random, [1, 2, 1_000]),
      parts: pick(this.#random, [1, 2, 1_000]),
      spooledEvents: Number.MAX_SAFE_INTEGER,
      calls,
    };
  }

  #agents(sender: RelayIdentity, now: number): AnyEvent {
    const agents = Array.from({ length: Math.floor(this.#random() * 200) }, () => ({
      id: this.#name(),
      name: this.#name(),
      state: pick(this.#random, ['INCALL', 'PAUSED', 'READY']),
      since: this.#instant(now),
      campaign: this.#name(),
      inGroups: [this.#name()],
      callId: `${sender.pbx}-${pick(this.#random, callNames)}`,
      callsToday: Number.MAX_SAFE_INTEGER,
    }));
    return {
      type: 'AgentsListed',
      version: 1,
      ...sender,
      listedAt: this.#instant(now),
      part: 1,
      parts: 1,
      agents,
    };
  }
}
