import { z } from 'zod';
import { RECENT_INTERRUPTIONS } from '../../call/talk.ts';
import { conditionKind } from './condition.ts';
import { sideOf, spelledOut } from './wording.ts';

/** The rule's channel interrupted the other at least `count` times within `withinMs`. */
export const interruptions = conditionKind({
  schema: z.object({
    type: z.literal('interruptions'),
    count: z.int().min(1).max(RECENT_INTERRUPTIONS),
    withinMs: z.int().min(1_000).max(7_200_000),
  }),
  channels: ['agent', 'caller'],

  compile({ count, withinMs }, { channel }) {
    return {
      judge({ call: { talk } }) {
        const timesMs = channel === 'any' ? [] : (talk.interruptions[channel]?.recentMs ?? []);
        const recent = timesMs.filter((atMs) => atMs > talk.heardUntilMs - withinMs);
        if (recent.length < count) return undefined;
        const times = recent.length === 1 ? 'once' : `${recent.length} times`;
        return { explanation: `${sideOf(channel)} interrupted ${times} in ${spelledOut(withinMs)}`, matches: [] };
      },
    };
  },
});
