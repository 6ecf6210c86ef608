import { z } from 'zod';
import { callIdSchema, channelSchema } from './ids.ts';
import { personSchema } from './people.ts';

/** Alert levels, least severe first. */
export const levelSchema = z.enum(['warning', 'urgent', 'critical']);
export type Level = z.infer<typeof levelSchema>;

export const ruleKindSchema = z.enum(['alert', 'compliance', 'coaching', 'health']);
export type RuleKind = z.infer<typeof ruleKindSchema>;

/** The text in an utterance that a rule matched; UTF-16 offsets. */
export const matchSchema = z.object({
  text: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});
export type Match = z.infer<typeof matchSchema>;

/** Why one rule fired. */
export const reasonSchema = z.object({
  ruleId: z.string(),
  ruleName: z.string(),
  ruleVersion: z.int().positive(),
  level: levelSchema,
  /** For people: `said "cancel my account"`, `3 negative utterances in a row`. */
  explanation: z.string(),
  matches: z.array(matchSchema),
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

/** Whether an alert needs a person while the call lasts; compliance and coaching alerts are reviewed later. */
export function isImmediate({ kind }: Pick<Alert, 'kind'>): boolean {
  return kind === 'alert' || kind === 'health';
}

/** The higher of two levels. */
export function higherLevel(a: Level, b: Level): Level {
  return levelSchema.options.indexOf(a) >= levelSchema.options.indexOf(b) ? a : b;
}
