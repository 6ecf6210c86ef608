import { z } from 'zod';

import { conditionKind, numbersIn, type Memory, type Moment } from './condition.ts';
import { judgesChannel } from '../channel.ts';
import { phrasesSchema, spelledOut } from './wording.ts';

/** An utterance that begins in time may last 8 s and take another 2 s to become text. */
export const GRACE_MS = 10_000;

const NEVER = -1;

/** The rule's channel must say one of these phrases in the first `withinMs` of the call. */
export const notSaidWithin = conditionKind({
  schema: z.object({
    type: z.literal('not-said-within'),
    phrases: phrasesSchema,
    withinMs: z.int().min(5_000).max(3_600_000),
  }),
  isTimed: true,

  compile({ phrases, withinMs }, { ruleId, channel, changedAt, phrases: book }) {
    const group = book.add(phrases);

    /** Whether the moment proves that all speech of that time has become text. */
    const isOver = ({ atMs, utterance }: Moment) =>
      atMs >= withinMs + GRACE_MS ||
      (utterance !== undefined && judgesChannel(channel, utterance.channel) && utterance.startMs > withinMs);

    return {
      remember({ reading, utterance }, memory) {
        const { saidSeq, dueSeq } = recalled(memory);
        const isEarlier = saidSeq === NEVER || utterance.seq < saidSeq;
        if (!isEarlier || utterance.startMs > withinMs || reading.matchesOf(group).length === 0) return memory;
        return [utterance.seq, utterance.endMs, dueSeq];
      },

      watch(moment, call, memory) {
        // A rule that is newer than the call could not be followed from its start.
        if (changedAt > call.startedAt) return {};
        const before = recalled(memory);
        const isDue = moment.inScope && isOver(moment);
        // The earliest proof counts, in any order of arrival.
        const dueSeq = isDue && (before.dueSeq === NEVER || moment.seq < before.dueSeq) ? moment.seq : before.dueSeq;
        const isKnown = dueSeq !== NEVER && call.nextSeq > dueSeq;
        const isSaid = before.saidSeq !== NEVER && before.saidSeq <= dueSeq;
        const isShown = moment.inScope || call.deadlines[ruleId] !== undefined;
        return {
          ...(dueSeq !== before.dueSeq && { memory: [before.saidSeq, before.saidMs, dueSeq] }),
          ...(isKnown &&
            !isSaid && {
              episode: {
                startMs: 0,
                dueMs: withinMs,
                explanation: `not said in the first ${spelledOut(withinMs)}: “${phrases[0] ?? ''}”`,
              },
            }),
          ...(isShown && {
            deadline: { dueMs: withinMs, ...(before.saidSeq !== NEVER && { doneMs: before.saidMs }) },
          }),
        };
      },
    };
  },
});

function recalled(memory: Memory) {
  const [saidSeq = NEVER, saidMs = 0, dueSeq = NEVER] = numbersIn(memory);
  return { saidSeq, saidMs, dueSeq };
}
