import { z } from 'zod';
import { UNHEARD_MS, unheardMs } from '../../call/health.ts';
import { beganAtMs, conditionKind } from './condition.ts';
import { listensTo } from '../channel.ts';
import { spelledOut } from './wording.ts';

/** Nobody of the rule's side spoke for so long, though we hear them. */
export const deadAir = conditionKind({
  schema: z.object({ type: z.literal('dead-air'), afterMs: z.int().min(5_000).max(600_000) }),
  isTimed: true,

  compile({ afterMs }, { channel }) {
    const who = { caller: 'the caller was silent', agent: 'the agent was silent', any: 'nobody spoke' }[channel];
    return {
      watch(moment) {
        const ours = moment.legs.filter((leg) => listensTo(channel, leg.channel));
        const silentMs = Math.min(...ours.map(({ silenceMs }) => silenceMs));
        const isHeard = ours.some((leg) => unheardMs(leg) < UNHEARD_MS);
        if (!moment.inScope || !isHeard || silentMs < afterMs) return {};
        const startMs = beganAtMs(moment, silentMs);
        return { episode: { startMs, dueMs: startMs + afterMs, explanation: `${who} for ${spelledOut(afterMs)}` } };
      },
    };
  },
});
