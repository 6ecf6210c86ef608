import { z } from 'zod';
import { conditionKind } from './condition.ts';
import { signed } from './score-below.ts';

/** The mean of fewer utterances says too little. */
const LEAST_UTTERANCES = 3;

/** The call's rolling mood is below this. */
export const rollingBelow = conditionKind({
  schema: z.object({ type: z.literal('rolling-below'), below: z.number().min(-1).max(1) }),
  channels: ['caller', 'any'],

  compile: ({ below }) => ({
    judge({ call: { mood } }) {
      if (mood.window.length < LEAST_UTTERANCES || mood.rolling >= below) return undefined;
      return { explanation: `mood fell to ${signed(mood.rolling)}, under ${signed(below)}`, matches: [] };
    },
  }),
});
