import { z } from 'zod';
import { isCustomer } from '../../ids.ts';
import { conditionKind } from './condition.ts';

/** So many of the customer's utterances in a row were negative. */
export const consecutiveNegative = conditionKind({
  schema: z.object({ type: z.literal('consecutive-negative'), count: z.int().min(2).max(50) }),
  channels: ['caller', 'any'],

  compile: ({ count }) => ({
    judge({ call: { consecutiveNegative: inARow }, utterance }) {
      if (!isCustomer(utterance.channel) || inARow < count) return undefined;
      return { explanation: `${inARow} negative utterances in a row`, matches: [] };
    },
  }),
});
