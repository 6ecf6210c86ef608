import { z } from 'zod';
import { callIdSchema, channelSchema } from './ids.ts';
import { personSchema } from './people.ts';

/** Alert levels, mildest first. */
export const levelSchema = z.enum(['warning', 'urgent', 'critical']);
export type Level = z.infer<typeof levelSchema>;

export const ruleKindSchema = z.enum(['alert', 'compliance', 'coaching', 'health']);
export type RuleKind = z.infer<typeof ruleKindSchema>;

/** Where a rule's words stand in the utterance; UTF-16 offsets. */
export const matchSchema = z.object({
  text: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});
export type Match = z.infer<typeof matchSchema>;

/** One rule's share in an alert. */
export const reasonSchema = z.object({
  ruleId: z.string(),
  ruleName: z.string(),
  ruleVersion: z.int().positive(),
  level: levelSchema,
  /** For a person: `said "cancel my account"`, `3 negative utterances in a row`. */
  explanation: z.string(),
  matches: z.array(matchSchema),
});
export type Reason = z.infer<typeof reasonSchema>;

export const alertStateSchema = z.enum(['open', 'acknowledged', 'resolved']);
export type AlertState = z.infer<typeof alertStateSchema>;

/** Whether it was right to raise an alert, as a person sees it. */
export const verdictSchema = z.enum(['useful', 'false-alarm']);
export type Verdict = z.infer<typeof verdictSchema>;

const deedSchema = z.object({ by: personSchema, at: z.int().nonnegative() });

/** What people did about an alert. */
export const alertHandlingSchema = z.object({
  /** Grows by one with each change. An alert nobody touched is at 0. */
  version: z.int().positive(),
  assignee: personSchema.optional(),
  acknowledged: deedSchema.optional(),
  resolved: deedSchema.optional(),
  verdict: verdictSchema.optional(),
  note: z.string().optional(),
});
export type AlertHandling = z.infer<typeof alertHandlingSchema>;

/** One firing on one call: all rules of one kind that one utterance set off, at the highest level among them. */
export const alertSchema = z.object({
  alertId: z.string(),
  callId: callIdSchema,
  kind: ruleKindSchema,
  level: levelSchema,
  /** The utterance that caused it, and its words and side. */
  seq: z.int().nonnegative(),
  channel: channelSchema,
  text: z.string(),
  atMs: z.int().nonnegative(),
  /** When the words that caused it ended. */
  raisedAt: z.int().nonnegative(),
  reasons: z.array(reasonSchema).min(1),
  /**
   * The alert that this one only adds words to: its rules fired again while their cooldown lasted. It belongs to that
   * alert's row, and is neither counted nor notified.
   */
  follows: z.string().optional(),
  state: alertStateSchema,
  /** Missing until somebody does something about it. */
  handling: alertHandlingSchema.optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Whether an alert is for a person at once; what is to be talked about later counts neither for a call's risk nor as its alert. */
export function isForNow({ kind }: Pick<Alert, 'kind'>): boolean {
  return kind === 'alert' || kind === 'health';
}

/** The higher of two levels. */
export function higherLevel(a: Level, b: Level): Level {
  return levelSchema.options.indexOf(a) >= levelSchema.options.indexOf(b) ? a : b;
}
