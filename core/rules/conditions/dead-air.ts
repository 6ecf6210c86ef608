import { z } from 'zod';
import { UNHEARD_MS, unheardMs } from '../../call/health.ts';
import { beganAtMs, conditionKind } from './condition.ts';
import { judgesChannel } from '../channel.ts';
import { spelledOut } from './wording.ts';

/** Nobody on the rule's channel spoke for this long, although its audio and engine work. */
export const deadAir = conditionKind({
  schema: z.object({ type: z.literal('dead-air'), afterMs: z.int().min(5_000).max(600_000) }),
  isTimed: true,

  compile({ afterMs }, { channel }) {
    const who = { caller: 'the caller was silent', agent: 'the agent was silent', any: 'nobody spoke' }[channel];
    return {
      watch(moment) {
        const legs = moment.legs.filter((leg) => judgesChannel(channel, leg.channel));
        const silentMs = Math.min(...legs.map(({ silenceMs }) => silenceMs));
        const isHeard = legs.some((leg) => unheardMs(leg) < UNHEARD_MS);
        if (!moment.inScope || !isHeard || silentMs < afterMs) return {};
        const startMs = beganAtMs(moment, silentMs);
        return { episode: { startMs, dueMs: startMs + afterMs, explanation: `${who} for ${spelledOut(afterMs)}` } };
      },
    };
  },
});
