import type { z } from 'zod';
import { utf8Bytes } from '../kept.ts';

/** Of a rule as JSON in UTF-8: far above some hundred phrases. */
const MAX_RULE_BYTES = 32 * 1024;
/** Of all rules together: a response of a function has 6 MB, in which each byte may be escaped. */
export const MAX_ALL_RULES_BYTES = 2 * 1024 * 1024;

/** Refuses a rule that is too large for its row, naming its larger part. Rules that are stored already are not measured. */
export function requireSmallRule(rule: { condition: unknown; scope: unknown }, context: z.RefinementCtx): void {
  const bytes = bytesOf(rule);
  if (bytes <= MAX_RULE_BYTES) return;
  const path = bytesOf(rule.condition) >= bytesOf(rule.scope) ? ['condition'] : ['scope'];
  const message = `A rule has ${MAX_RULE_BYTES / 1024} KB at most, and this one has ${Math.ceil(bytes / 1024)} KB: shorten its lists, or make two of it.`;
  context.addIssue({ code: 'custom', path, message });
}

/** Whether the rules with one that is new or replaces the one of its id are small enough to be read together. */
export function fitsWithOthers(rule: Identified, stored: readonly Identified[]): boolean {
  const others = stored.filter(({ ruleId }) => ruleId !== rule.ruleId);
  return [...others, rule].reduce((sum, one) => sum + bytesOf(one), 0) <= MAX_ALL_RULES_BYTES;
}

interface Identified {
  readonly ruleId: string;
}

function bytesOf(value: unknown): number {
  return utf8Bytes(JSON.stringify(value));
}
