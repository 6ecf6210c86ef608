import { z } from 'zod';
import { conditionKind } from './condition.ts';
import { sideOf } from './wording.ts';

/** The rule's channel has more than this share of the talk, once both sides together have talked for `afterMs`. */
export const talkRatio = conditionKind({
  schema: z.object({
    type: z.literal('talk-ratio'),
    above: z.number().min(0.5, 'Give at least 50 %.').max(1, 'Give at most 100 %.'),
    afterMs: z.int().min(10_000).max(7_200_000),
  }),
  channels: ['agent', 'caller'],

  compile({ above, afterMs }, { channel }) {
    return {
      judge({ call: { channels } }) {
        const [agentMs, callerMs] = [channels.agent?.speechMs ?? 0, channels.caller?.speechMs ?? 0];
        const bothMs = agentMs + callerMs;
        const share = (channel === 'agent' ? agentMs : callerMs) / bothMs;
        if (bothMs < afterMs || share <= above) return undefined;
        return { explanation: `${sideOf(channel)} does ${Math.round(share * 100)} % of the talking`, matches: [] };
      },
    };
  },
});
