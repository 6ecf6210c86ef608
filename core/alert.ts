import { z } from 'zod';
import { callIdSchema, channelSchema } from './ids.ts';
import { countSchema } from './fields.ts';
import { leftOut, MAX_QUOTE_LENGTH, shortened } from './kept.ts';
import { personSchema } from './people.ts';

/** Alert levels, least severe first. */
export const levelSchema = z.enum(['warning', 'urgent', 'critical']);
export type Level = z.infer<typeof levelSchema>;

export const ruleKindSchema = z.enum(['alert', 'compliance', 'coaching', 'health']);
export type RuleKind = z.infer<typeof ruleKindSchema>;

/** The text in an utterance that a rule matched, of a long one the beginning; UTF-16 offsets. */
export const matchSchema = z.object({
  text: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});
export type Match = z.infer<typeof matchSchema>;

/** One condition of a compound rule, and whether it is as the rule wants it. */
export const reasonPartSchema = z.object({
  holds: z.boolean(),
  /** For people: `caller: said “manager”`, `agent: no “my manager” within 30 s`. */
  explanation: z.string(),
  /** The utterance that made it true, and the call time at which that ended. */
  seq: z.int().positive().optional(),
  atMs: z.int().nonnegative().optional(),
});
export type ReasonPart = z.infer<typeof reasonPartSchema>;

/** Why one rule fired. */
export const reasonSchema = z.object({
  ruleId: z.string(),
  ruleName: z.string(),
  ruleVersion: z.int().positive(),
  level: levelSchema,
  /** For people: `said "cancel my account"`, `3 negative utterances in a row`. */
  explanation: z.string(),
  matches: z.array(matchSchema),
  /** Further matches that are not kept. */
  moreMatches: countSchema.optional(),
  /** Of a compound rule: each of its conditions. */
  parts: z.array(reasonPartSchema).optional(),
});
export type Reason = z.infer<typeof reasonSchema>;

export const alertStateSchema = z.enum(['open', 'acknowledged', 'resolved']);
export type AlertState = z.infer<typeof alertStateSchema>;

/** A person's judgement on whether an alert was right. */
export const verdictSchema = z.enum(['useful', 'false-alarm']);
export type Verdict = z.infer<typeof verdictSchema>;

const actionSchema = z.object({ by: personSchema, at: z.int().nonnegative() });

/** How people handled an alert. */
export const alertHandlingSchema = z.object({
  /** Incremented by each change; an alert without handling counts as version 0. */
  version: z.int().positive(),
  assignee: personSchema.optional(),
  acknowledged: actionSchema.optional(),
  resolved: actionSchema.optional(),
  verdict: verdictSchema.optional(),
  note: z.string().optional(),
});
export type AlertHandling = z.infer<typeof alertHandlingSchema>;

/** One firing on one call: all rules of one kind that fired on one utterance, at the highest level among them. */
export const alertSchema = z.object({
  alertId: z.string(),
  callId: callIdSchema,
  kind: ruleKindSchema,
  level: levelSchema,
  /** The utterance that caused it, with its channel and text; 0 where time alone did. */
  seq: z.int().nonnegative(),
  channel: channelSchema,
  text: z.string(),
  atMs: z.int().nonnegative(),
  /** When the utterance that caused it ended. */
  raisedAt: z.int().nonnegative(),
  reasons: z.array(reasonSchema).min(1),
  /** Further rules that fired, none more severe; they are not kept. */
  moreReasons: countSchema.optional(),
  /**
   * The alert that this one only adds matches to: its rules fired again during their cooldown. It is shown with that
   * alert, and is neither counted nor notified.
   */
  follows: z.string().optional(),
  state: alertStateSchema,
  /** Missing until a person handles it. */
  handling: alertHandlingSchema.optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Reasons that an alert keeps: the first ones. */
export const MAX_REASONS = 10;

/** Matches that an alert keeps, over all its reasons. */
export const MAX_MATCHES = 40;

/** Parts that an alert keeps, over all its reasons, and the length of each. */
export const MAX_PARTS = 40;
const MAX_PART_LENGTH = 160;

/** Above the longest explanation of any condition. */
const MAX_EXPLANATION_LENGTH = 400;

/** The alert with no more than it may keep of its reasons and their matches, so that no input makes its row large. */
export function withinBounds(alert: Alert): Alert {
  const kept = alert.reasons.slice(0, MAX_REASONS);
  const most = Math.floor(MAX_MATCHES / kept.length);
  const mostParts = Math.floor(MAX_PARTS / kept.length);
  const moreReasons = leftOut(alert.reasons.length - kept.length, alert.moreReasons);
  return {
    ...alert,
    reasons: kept.map((reason) => withFirstParts(withFirstMatches(reason, most), mostParts)),
    ...(moreReasons !== undefined && { moreReasons }),
  };
}

function withFirstMatches({ matches, ...reason }: Reason, most: number): Reason {
  const moreMatches = leftOut(Math.max(0, matches.length - most), reason.moreMatches);
  return {
    ...reason,
    explanation: shortened(reason.explanation, MAX_EXPLANATION_LENGTH),
    matches: matches.slice(0, most).map((match) => ({ ...match, text: shortened(match.text, MAX_QUOTE_LENGTH) })),
    ...(moreMatches !== undefined && { moreMatches }),
  };
}

function withFirstParts(reason: Reason, most: number): Reason {
  if (!reason.parts) return reason;
  const parts = reason.parts.slice(0, most);
  return {
    ...reason,
    parts: parts.map((part) => ({ ...part, explanation: shortened(part.explanation, MAX_PART_LENGTH) })),
  };
}

/** Whether an alert needs a person while the call lasts; compliance and coaching alerts are reviewed later. */
export function isImmediate({ kind }: Pick<Alert, 'kind'>): boolean {
  return kind === 'alert' || kind === 'health';
}

/** The higher of two levels. */
export function higherLevel(a: Level, b: Level): Level {
  return levelSchema.options.indexOf(a) >= levelSchema.options.indexOf(b) ? a : b;
}
