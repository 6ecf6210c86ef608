import { z } from 'zod';
import { unheardMs } from '../../call/health.ts';
import { beganAtMs, conditionKind } from './condition.ts';
import { judgesChannel } from '../channel.ts';
import { spelledOut } from './wording.ts';

/** No leg of the rule's channel has had both audio and an engine for this long. */
export const unheard = conditionKind({
  schema: z.object({ type: z.literal('unheard'), afterMs: z.int().min(5_000).max(600_000) }),
  isTimed: true,

  compile({ afterMs }, { channel }) {
    const who = { caller: 'the caller', agent: 'the agent', any: 'nobody' }[channel];
    const verb = channel === 'any' ? 'was heard' : 'was not heard';
    return {
      watch(moment) {
        const legs = moment.legs.filter((leg) => judgesChannel(channel, leg.channel));
        const lostMs = Math.min(...legs.map(unheardMs));
        if (!moment.inScope || legs.length === 0 || lostMs < afterMs) return {};
        const startMs = beganAtMs(moment, lostMs);
        return {
          episode: { startMs, dueMs: startMs + afterMs, explanation: `${who} ${verb} for ${spelledOut(afterMs)}` },
        };
      },
    };
  },
});
