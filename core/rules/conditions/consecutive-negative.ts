import { z } from 'zod';
import { isCustomer } from '../../ids.ts';
import { conditionKind } from './condition.ts';

/** At least `count` consecutive utterances of the customer were negative. */
export const consecutiveNegative = conditionKind({
  schema: z.object({ type: z.literal('consecutive-negative'), count: z.int().min(2).max(50) }),
  channels: ['caller', 'any'],

  compile: ({ count }) => ({
    judge({ call: { consecutiveNegative: inARow }, utterance }) {
      // What is not scored leaves the run as it was.
      if (!utterance.score || !isCustomer(utterance.channel) || inARow < count) return undefined;
      return { explanation: `${inARow} negative utterances in a row`, matches: [] };
    },
  }),
});
