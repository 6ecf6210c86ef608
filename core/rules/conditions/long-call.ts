import { z } from 'zod';
import { conditionKind } from './condition.ts';
import { spelledOut } from './wording.ts';

/** The call has lasted for `afterMs`. */
export const longCall = conditionKind({
  schema: z.object({ type: z.literal('long-call'), afterMs: z.int().min(60_000).max(7_200_000) }),
  isTimed: true,

  compile: ({ afterMs }) => ({
    watch({ atMs, inScope }) {
      if (!inScope || atMs < afterMs) return {};
      return { episode: { startMs: 0, dueMs: afterMs, explanation: `lasts longer than ${spelledOut(afterMs)}` } };
    },
  }),
});
