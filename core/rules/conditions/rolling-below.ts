import { z } from 'zod';
import { fractionSchema } from '../../fields.ts';
import { conditionKind } from './condition.ts';
import { signed } from './score-below.ts';

/** The mean of fewer utterances says too little. */
const LEAST_UTTERANCES = 3;

/** The call's rolling mood is below this. */
export const rollingBelow = conditionKind({
  schema: z.object({ type: z.literal('rolling-below'), below: fractionSchema(-1, 1) }),
  channels: ['caller', 'any'],

  compile: ({ below }) => ({
    judge({ call: { mood }, utterance }) {
      // What is not scored leaves the mood as it was.
      if (!utterance.score) return undefined;
      if (mood.window.length < LEAST_UTTERANCES || mood.rolling >= below) return undefined;
      return { explanation: `mood fell to ${signed(mood.rolling)}, under ${signed(below)}`, matches: [] };
    },
  }),
});
