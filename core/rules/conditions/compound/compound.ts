import { z } from 'zod';
import type { ReasonPart } from '../../../alert.ts';
import type { CallState, ScoredUtterance } from '../../../call/state.ts';
import { isCustomer } from '../../../ids.ts';
import { judgesChannel } from '../../channel.ts';
import {
  conditionKind,
  type Check,
  type CompileContext,
  type ConditionKind,
  type Episode,
  type Memory,
  type Moment,
  type UtteranceContext,
  type UtteranceFinding,
} from '../condition.ts';
import { wordKinds } from '../registry.ts';
import { GRACE_MS } from '../not-said-within.ts';
import { decoded, encoded, NEVER, occurrence, type CompoundMemory, type Occurrence, type Wait } from './memory.ts';
import { awaitsTime, compoundFields, isPureAbsence, type Compound, type Part, type PartCondition } from './schema.ts';
import { foundWords, missingWords, phaseWords, spanWords } from './wording.ts';

const withinOne = {
  error: 'Give seconds or turns, not both.',
  path: ['withinTurns'],
};
const hasOneSpan = ({ withinMs, withinTurns }: Compound) => withinMs === undefined || withinTurns === undefined;

/** Each part came true, all within so long; what must not come true did not, for so long after. */
export const all = conditionKind({
  schema: z.object({ type: z.literal('all'), ...compoundFields.shape }).refine(hasOneSpan, withinOne),
  channels: ['any'],
  isTimed: awaitsTime,
  contradictions,
  compile: (condition, context) => compileCompound(condition, context, 'all'),
});

/** One of the parts came true. */
export const any = conditionKind({
  schema: z.object({ type: z.literal('any'), ...compoundFields.shape }).refine(hasOneSpan, withinOne),
  channels: ['any'],
  isTimed: awaitsTime,
  contradictions: (condition) => [
    ...contradictions(condition),
    ...condition.parts.flatMap(({ not }, at) =>
      not
        ? [{ field: `parts.${at}.not`, message: 'Only where all parts must hold can one of them be an absence.' }]
        : [],
    ),
  ],
  compile: (condition, context) => compileCompound(condition, context, 'any'),
});

function contradictions({ parts }: Compound) {
  const sides = parts.flatMap(({ conditions }, part) =>
    conditions.flatMap(({ channel, condition }, at) => {
      const channels = kinds.get(condition.type)?.channels;
      if (!channels || channels.includes(channel)) return [];
      const field = `parts.${part}.conditions.${at}.channel`;
      return [{ field, message: `This condition can listen to: ${channels.join(', ')}.` }];
    }),
  );
  const absences = parts.flatMap(({ not, match, conditions }, part) =>
    not && match === 'all' && conditions.length > 1
      ? [{ field: `parts.${part}.match`, message: 'What must not happen is any of these conditions.' }]
      : [],
  );
  return [...sides, ...absences];
}

type AnyPart = ConditionKind<(typeof wordKinds)[number]['schema']>;
const kinds = new Map(wordKinds.map((kind) => [kind.schema.shape.type.value, kind as unknown as AnyPart]));

/** A condition of a part, compiled. */
interface Leaf {
  readonly part: Part;
  readonly sided: Part['conditions'][number];
  readonly check: Check;
  readonly judgesAlone: boolean;
}

/** Where an utterance stands in the call. */
interface Place extends Pick<ScoredUtterance, 'seq' | 'startMs' | 'endMs'> {
  readonly turn: number;
}

function compileCompound(compound: Compound, context: CompileContext, match: 'all' | 'any'): Check {
  const { parts, withinMs, withinTurns, phase } = compound;
  const { version, changedAt } = context;
  const leaves = parts.flatMap((part) =>
    part.conditions.map((sided): Leaf => ({ part, sided, ...compilePart(sided.condition, sided.channel, context) })),
  );
  const phaseGroup = phase?.type === 'after' ? context.phrases.add(phase.phrases) : undefined;
  const isPure = isPureAbsence(compound);
  const awaits = awaitsTime(compound);
  const countsTurns = withinTurns !== undefined;
  const span = spanWords({ ms: withinMs, turns: withinTurns }, isPure ? phase : undefined);
  /** The one channel whose next words prove that a wait is over; undefined where several are awaited. */
  const awaitedChannels = new Set(leaves.filter(({ part }) => part.not).map(({ sided }) => sided.channel));
  const [awaitedChannel] = awaitedChannels.size === 1 ? awaitedChannels : [];
  const startsAtOnce = isPure && awaits && phase?.type !== 'after' && phase?.type !== 'last';

  /** Nothing is remembered of an utterance in which nothing is found. */
  const isSeldom = !countsTurns && (!phase || phase.type === 'first') && !leaves.some(({ check }) => check.remember);

  const fromStart: Wait = { ...startOf(NEVER), found: [] };
  const initial: CompoundMemory = {
    turn: 0,
    side: 0,
    phaseSeq: 0,
    isInScope: false,
    last: leaves.map(() => NEVER),
    own: leaves.map(() => []),
    waits: startsAtOnce ? [fromStart] : [],
  };
  const recall = (memory: Memory) => decoded(version, leaves.length, memory) ?? initial;

  /** The call time until which something is awaited; Infinity where only turns or the call's end bound it. */
  function dueMsOf({ endMs }: Wait): number {
    const firstMs = isPure && phase?.type === 'first' ? phase.lastsMs : Infinity;
    return Math.min(endMs + (withinMs ?? Infinity), firstMs);
  }

  function isWithin(one: Occurrence, now: Place): boolean {
    if (one.seq === 0) return false;
    if (countsTurns) return now.turn - one.turn <= withinTurns;
    return now.endMs - one.endMs <= (withinMs ?? Infinity);
  }

  function isInPhase({ startMs, seq }: Place, phaseSeq: number): boolean {
    if (phase?.type === 'first') return startMs <= phase.lastsMs;
    return phase?.type !== 'after' || (phaseSeq > 0 && seq > phaseSeq);
  }

  /** Whether what must come true has, at this place. */
  function holdsAt(last: readonly Occurrence[], now: Place): boolean {
    const partHolds = (part: Part) => {
      const truths = leaves.flatMap((leaf, at) => (leaf.part === part ? [isWithin(last[at] ?? NEVER, now)] : []));
      return part.match === 'all' ? truths.every(Boolean) : truths.some(Boolean);
    };
    const truths = parts.filter(({ not }) => !not).map(partHolds);
    return match === 'all' ? truths.every(Boolean) : truths.some(Boolean);
  }

  function isRunning(wait: Wait, now: Place): boolean {
    if (countsTurns) return now.turn <= wait.turn + withinTurns;
    return now.startMs <= dueMsOf(wait);
  }

  /** Words count against a wait if they were said while it ran, and became text in time: then every tick knows them. */
  function breaks(wait: Wait, now: Place, knownMs: number): boolean {
    const isAfter = now.endMs > wait.startMs && now.seq !== wait.seq;
    return isAfter && isRunning(wait, now) && (countsTurns || knownMs <= dueMsOf(wait) + GRACE_MS);
  }

  function findingsIn(context: UtteranceContext, own: readonly Memory[], isLate: boolean) {
    return leaves.map(({ sided, check, judgesAlone }, at) =>
      judges(sided, context.utterance) && (!isLate || judgesAlone) ? check.judge?.(context, own[at] ?? []) : undefined,
    );
  }

  const remember: NonNullable<Check['remember']> = (context, memory, inScope) => {
    const { utterance, call, reading } = context;
    const isLate = utterance.seq !== call.lastUtterance?.seq;
    if (isSeldom && !leaves.some(({ sided, check }) => judges(sided, utterance) && check.judge?.(context, []))) {
      return memory;
    }
    const before = recall(memory);
    const own = before.own.map((some, at) => {
      const { check, sided } = leaves[at] ?? {};
      return (sided && judges(sided, utterance) && check?.remember?.(context, some, inScope)) || some;
    });
    const findings = findingsIn(context, own, isLate);
    const knownMs = utterance.endMs + Math.max(0, utterance.transcribedAt - utterance.spokenAt);
    const isUnwanted = findings.some((finding, at) => finding && leaves[at]?.part.not);

    const side = Number(isCustomer(utterance.channel)) + 1;
    const turn = isLate || !countsTurns || side === before.side ? before.turn : before.turn + 1;
    const now: Place = { seq: utterance.seq, startMs: utterance.startMs, endMs: utterance.endMs, turn };
    const counts = isInPhase(now, before.phaseSeq);
    const broken = before.waits.map((wait) =>
      isUnwanted && counts && !wait.isBroken && breaks(wait, now, knownMs) ? { ...wait, isBroken: true } : wait,
    );
    if (isLate) return rememberedAs(before, { ...before, own, waits: broken }, memory);

    const last = before.last.map((one, at) => {
      const [finding, leaf] = [findings[at], leaves[at]];
      return finding && leaf && counts ? occurrence(now, foundWords(leaf.sided.channel, finding.explanation)) : one;
    });
    const waits = broken.map((wait) =>
      countsTurns && wait.overSeq === 0 && !isRunning(wait, now) && (inScope || !startsAtOnce)
        ? { ...wait, overSeq: now.seq, overMs: now.endMs }
        : wait,
    );
    const isTrigger = counts && findings.some((finding, at) => finding && !leaves[at]?.part.not);
    const newest = waits.at(-1);
    const isAwaited = newest !== undefined && !newest.isBroken && isRunning(newest, now) && phase?.type !== 'last';
    if (awaits && inScope && !isPure && isTrigger && !isAwaited && holdsAt(last, now)) {
      waits.push({ ...startOf(now), found: ofKind(last, false, now) });
    }
    const isPhaseStart =
      phase?.type === 'after' &&
      phaseGroup !== undefined &&
      before.phaseSeq === 0 &&
      judgesChannel(phase.channel, utterance.channel) &&
      reading.matchesOf(phaseGroup).length > 0;
    if (isPhaseStart && isPure && inScope) waits.push({ ...startOf(now), found: [] });
    const after = {
      turn,
      side: countsTurns ? side : 0,
      phaseSeq: isPhaseStart ? now.seq : before.phaseSeq,
      isInScope: phase?.type === 'last' && inScope,
      last,
      own,
      waits,
    };
    return rememberedAs(before, after, memory);
  };

  /** The same memory where nothing changed, so that nothing is written. */
  function rememberedAs(before: CompoundMemory, after: CompoundMemory, memory: Memory): Memory {
    const isSame =
      after.turn === before.turn &&
      after.side === before.side &&
      after.phaseSeq === before.phaseSeq &&
      after.isInScope === before.isInScope &&
      isSameList(after.last, before.last) &&
      isSameList(after.own, before.own) &&
      isSameList(after.waits, before.waits);
    return isSame ? memory : encoded(version, after);
  }

  /** @param unwanted what was found until now of what must not come true; absent where nothing was, to the end */
  function partsOf(found: readonly Occurrence[], unwanted?: readonly Occurrence[]): ReasonPart[] {
    const [toFind, notToFind] = [found.values(), (unwanted ?? []).values()];
    const inPhase = phase?.type === 'first' && isPure ? '' : phaseWords(phase);
    return leaves.map(({ part, sided }): ReasonPart => {
      const { words, seq, endMs } = (part.not ? notToFind : toFind).next().value ?? NEVER;
      if (seq > 0) {
        return { holds: !part.not, explanation: words || foundWords(sided.channel, 'found'), seq, atMs: endMs };
      }
      const awaited = unwanted ? 'so far' : span;
      const during = part.not ? [awaited, inPhase].filter(Boolean).join(' ') : inPhase;
      return { holds: part.not === true, explanation: missingWords(sided, during) };
    });
  }

  /** What was found of the conditions that must hold, or of those that must not. */
  function ofKind(last: readonly Occurrence[], isUnwanted: boolean, now: Place): Occurrence[] {
    return last
      .filter((_, at) => (leaves[at]?.part.not === true) === isUnwanted)
      .map((one) => (isWithin(one, now) ? one : NEVER));
  }

  function explained(parts: ReasonPart[]): Pick<UtteranceFinding, 'explanation' | 'parts'> {
    const held = parts.filter(({ holds }) => holds).map(({ explanation }) => explanation);
    return { explanation: held.join('; '), parts };
  }

  const judge: Check['judge'] = (context, memory) => {
    const { utterance } = context;
    const { last, own, turn } = recall(memory);
    const isNew = last.some(({ seq }, at) => seq === utterance.seq && !leaves[at]?.part.not);
    const now: Place = { seq: utterance.seq, startMs: utterance.startMs, endMs: utterance.endMs, turn };
    if (!isNew || !holdsAt(last, now)) return undefined;
    const matches = findingsIn(context, own, false).flatMap((finding) => finding?.matches ?? []);
    return { ...explained(partsOf(ofKind(last, false, now))), matches: inOrder(matches) };
  };

  const watch: Check['watch'] = (moment, call, memory) => {
    const before = recall(memory);
    // What is owed from the start could not be followed in a call that began before the rule was saved.
    if (startsAtOnce && changedAt > call.startedAt) return {};
    const endMs = endMsOf(call);
    if (phase?.type === 'last') {
      return endMs === undefined ? {} : { more: lastPhase(before, endMs) };
    }
    const waits = before.waits.map((wait) => (startsAtOnce ? withProof(wait, moment) : wait));
    const isOver = (wait: Wait) => {
      if (wait.overSeq > 0 || countsTurns) return wait.overSeq > 0 && call.nextSeq > wait.overSeq;
      return !startsAtOnce && call.nextSeq > moment.seq && moment.seq >= wait.seq && proves(wait, moment);
    };
    const episodes = waits.flatMap((wait) => {
      const endsWithCall = endMs !== undefined && !startsAtOnce;
      if (wait.isBroken || !(isOver(wait) || endsWithCall)) return [];
      const untilMs = wait.overMs > 0 ? wait.overMs : Math.min(dueMsOf(wait), endMs ?? Infinity);
      return [episodeOf(wait, untilMs)];
    });
    return {
      more: episodes,
      ...(!isSameList(waits, before.waits) && { memory: encoded(version, { ...before, waits }) }),
    };
  };

  /** What is owed from the start is over at the earliest moment in scope that proves it, in any order of arrival. */
  function withProof(wait: Wait, moment: Moment): Wait {
    if (countsTurns || !moment.inScope || !proves(wait, moment)) return wait;
    const seq = Math.max(1, moment.seq);
    return wait.overSeq === 0 || seq < wait.overSeq ? { ...wait, overSeq: seq } : wait;
  }

  /** Whether the moment proves that all speech of a wait has become text. */
  function proves(wait: Wait, { atMs, utterance }: Moment): boolean {
    const dueMs = dueMsOf(wait);
    const spokeAgain =
      utterance !== undefined &&
      awaitedChannel !== undefined &&
      judgesChannel(awaitedChannel, utterance.channel) &&
      utterance.startMs > dueMs;
    return atMs >= dueMs + GRACE_MS || spokeAgain;
  }

  function lastPhase({ waits, last, isInScope }: CompoundMemory, endMs: number): Episode[] {
    const fromMs = endMs - (phase?.type === 'last' ? phase.lastsMs : 0);
    if (isPure) {
      const isBroken = last.some(({ seq, endMs: saidMs }) => seq > 0 && saidMs > fromMs);
      return isBroken || !isInScope ? [] : [episodeOf({ ...fromStart, endMs: Math.max(0, fromMs) }, endMs)];
    }
    const found = waits.filter((wait) => !wait.isBroken && wait.endMs > fromMs).at(-1);
    return found ? [episodeOf(found, Math.min(dueMsOf(found), endMs))] : [];
  }

  function episodeOf(wait: Wait, dueMs: number): Episode {
    return { startMs: wait.endMs, dueMs, ...explained(partsOf(wait.found)) };
  }

  const partsAt: Check['partsAt'] = ({ seq, startMs, endMs }, memory) => {
    const { last, turn } = recall(memory);
    const now: Place = { seq, startMs, endMs, turn };
    return partsOf(ofKind(last, false, now), ofKind(last, true, now));
  };

  return awaits ? { remember, watch, partsAt } : { remember, judge, partsAt };
}

function judges({ channel }: Part['conditions'][number], utterance: ScoredUtterance): boolean {
  return judgesChannel(channel, utterance.channel);
}

function compilePart(
  condition: PartCondition,
  channel: Part['conditions'][number]['channel'],
  context: CompileContext,
): Pick<Leaf, 'check' | 'judgesAlone'> {
  const kind = kinds.get(condition.type);
  return { check: kind?.compile(condition, { ...context, channel }) ?? {}, judgesAlone: kind?.judgesAlone ?? false };
}

function startOf({ seq, startMs, endMs, turn }: Place): Omit<Wait, 'found'> {
  return { seq, startMs, endMs, turn, isBroken: false, overSeq: 0, overMs: 0 };
}

/** When somebody hung up, once all of the call is known; of a call that was given up the end is not. */
function endMsOf({ endReason, nextSeq, lastSeq = 0, startedAt, endedAt = startedAt }: CallState): number | undefined {
  return endReason === 'hangup' && nextSeq > lastSeq ? Math.max(0, endedAt - startedAt) : undefined;
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

function inOrder(matches: UtteranceFinding['matches']): UtteranceFinding['matches'] {
  return matches.toSorted((a, b) => a.start - b.start);
}
