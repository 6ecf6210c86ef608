import { z } from 'zod';
import { levelSchema, type Level } from './alert.ts';
import { instantSchema } from './fields.ts';

/**
 * How many notices people are sent. The limits hold for any span of time of the window's length; what is beyond them is
 * counted in a summary.
 */
export const noticeLimitsSchema = z.strictObject({
  windowMinutes: z.int().min(1, 'Give 1 to 60 minutes.').max(60, 'Give 1 to 60 minutes.'),
  /** Of one rule, on all calls. */
  perRule: z.int().min(2, 'Give at least 2.').max(100, 'Give at most 100.'),
  /** Of one call, by all rules. */
  perCall: z.int().min(4, 'Give at least 4.').max(100, 'Give at most 100.'),
  /** Of all calls. */
  perFloor: z.int().min(8, 'Give at least 8.').max(200, 'Give at most 200.'),
});
export type NoticeLimits = z.infer<typeof noticeLimitsSchema>;

export const usualNoticeLimits: NoticeLimits = { windowMinutes: 10, perRule: 15, perCall: 6, perFloor: 60 };

/** How many notices of a limit each level finds free, however many alerts of less severe levels there were. */
export function keptFor(limit: number): Readonly<Record<Level, number>> {
  return { warning: 0, urgent: Math.floor(limit / 4), critical: Math.max(2, Math.ceil(limit / 4)) };
}

/** A notice that was sent, as far as the limits ask. */
export const sentNoticeSchema = z.object({
  at: instantSchema,
  /** The rule that it counts for. */
  ruleId: z.string().max(64),
  callId: z.string().max(128),
  level: levelSchema,
});
export type SentNotice = z.infer<typeof sentNoticeSchema>;

/** The limit that kept a notice back. */
export const noticeLimitSchema = z.enum(['rule', 'call', 'floor']);
export type NoticeLimit = z.infer<typeof noticeLimitSchema>;

/** A notice that is to be sent. */
export interface WantedNotice {
  /** The rules that fired, most severe first. */
  readonly ruleIds: readonly string[];
  readonly callId: string;
  readonly level: Level;
}

/**
 * Whether a notice may be sent at an instant (epoch ms). It counts for the first of its rules that has room, so that a rule
 * which fires all the time keeps back no other rule that fires with it. One call uses at most half of what a rule or a call
 * may have, and of what is kept for the alert's level one rule and one call use at most half.
 * @param sent the notices of the window, in the order of their instants
 * @returns the notices of the window with this one, or the limit that keeps it back
 */
export function admitNotice(
  sent: readonly SentNotice[],
  { ruleIds, callId, level }: WantedNotice,
  { windowMinutes, perRule, perCall, perFloor }: NoticeLimits,
  now: number,
): { readonly sent: readonly SentNotice[] } | { readonly heldBy: NoticeLimit } {
  // Clocks of concurrent functions differ; the order of the notices does not.
  const at = Math.max(now, sent.at(-1)?.at ?? 0);
  const recent = sent.filter((notice) => notice.at > at - windowMinutes * 60_000);
  const ofCall = recent.filter((notice) => notice.callId === callId);
  const ofRule = (notices: readonly SentNotice[], ruleId: string) =>
    notices.filter((notice) => notice.ruleId === ruleId).length;

  const share = Math.floor(Math.min(perRule, perCall) / 2);
  const ruleId = ruleIds.find((id) => ofRule(recent, id) < perRule && ofRule(ofCall, id) < share);
  if (ruleId === undefined) return { heldBy: 'rule' };
  const notice = { at, ruleId, callId, level };
  if (!hasRoom(ofCall, notice, perCall, ['ruleId'])) return { heldBy: 'call' };
  if (!hasRoom(recent, notice, perFloor, ['ruleId', 'callId'])) return { heldBy: 'floor' };
  return { sent: [...recent, notice] };
}

/** @param sharers by whom the part that is kept for a level is shared: each uses at most half of it */
function hasRoom(
  sent: readonly SentNotice[],
  notice: SentNotice,
  limit: number,
  sharers: readonly ('ruleId' | 'callId')[],
): boolean {
  const kept = keptFor(limit);
  const moreSevere = levelSchema.options.slice(levelSchema.options.indexOf(notice.level) + 1);
  const keptForOthers = moreSevere.reduce((sum, level) => sum + kept[level], 0);
  const sentMoreSevere = sent.filter(({ level }) => moreSevere.includes(level)).length;
  const free = limit - Math.max(keptForOthers, sentMoreSevere) - (sent.length - sentMoreSevere);
  if (free <= 0) return false;
  if (free > kept[notice.level]) return true;
  const ofLevel = sent.filter(({ level }) => level === notice.level);
  return sharers.every((sharer) => {
    return ofLevel.filter((each) => each[sharer] === notice[sharer]).length < kept[notice.level] / 2;
  });
}

/** How long after the end of its span a summary is sent: longer than the functions run that still count in it. */
const SUMMARY_DELAY_MS = 60_000;

/** When the summary is sent that counts a notice held back at an instant (both epoch ms). */
export function summaryDueAt(now: number, { windowMinutes }: Pick<NoticeLimits, 'windowMinutes'>): number {
  const spanMs = windowMinutes * 60_000;
  return (Math.floor(now / spanMs) + 1) * spanMs + SUMMARY_DELAY_MS;
}

/** The summaries that count what was held back lately: in the span that runs, and in the one before. */
export function latestSummaries(now: number, limits: Pick<NoticeLimits, 'windowMinutes'>): readonly number[] {
  const due = summaryDueAt(now, limits);
  return [due, due - limits.windowMinutes * 60_000];
}
