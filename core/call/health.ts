import { z } from 'zod';
import { channelSchema } from '../ids.ts';
import type { CallTick, LegTick } from './events.ts';

/** The health of a leg: `late` means that text arrives too late, `unheard` that there is no audio or no engine. */
export const legHealthSchema = z.enum(['heard', 'late', 'unheard']);
export type LegHealth = z.infer<typeof legHealthSchema>;

/** The health of a call's channels, as of its newest tick. */
export const callHealthSchema = z.object({
  atMs: z.int().nonnegative(),
  legs: z.partialRecord(channelSchema, legHealthSchema),
});
export type CallHealth = z.infer<typeof callHealthSchema>;

/** A leg without audio or engine for this long is unheard. */
export const UNHEARD_MS = 10_000;
/** Text that arrives this long after the speech is late. */
export const LATE_MS = 5_000;

/** How long a leg had been without audio or engine at the tick. */
export function unheardMs({ lastAudioAgeMs, engineDownMs = 0 }: LegTick): number {
  return Math.max(lastAudioAgeMs, engineDownMs);
}

/** The health of one leg. */
export function legHealthOf(leg: LegTick): LegHealth {
  if (unheardMs(leg) >= UNHEARD_MS) return 'unheard';
  return leg.engineLagMs >= LATE_MS ? 'late' : 'heard';
}

/** The health of a call; of two legs of one channel the worse one counts. */
export function callHealthOf({ atMs, legs }: CallTick): CallHealth {
  const health: CallHealth['legs'] = {};
  for (const leg of legs) {
    const [before, now] = [health[leg.channel] ?? 'heard', legHealthOf(leg)];
    health[leg.channel] = rank(before) > rank(now) ? before : now;
  }
  return { atMs, legs: health };
}

/** Whether every channel has the same health; the time of the tick is ignored. */
export function isSameHealth(a: CallHealth | undefined, b: CallHealth | undefined): boolean {
  return channelSchema.options.every((channel) => a?.legs[channel] === b?.legs[channel]);
}

function rank(health: LegHealth): number {
  return legHealthSchema.options.indexOf(health);
}
