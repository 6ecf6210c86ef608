import type { z } from 'zod';

/** What a person should do about an issue of the rule schema; undefined where the schema has its own message. */
export function wordingOf(issue: z.core.$ZodRawIssue): string | undefined {
  const field = String(issue.path?.at(-1) ?? '');
  switch (issue.code) {
    case 'invalid_type':
      return ['number', 'int'].includes(issue.expected) ? 'Give a number.' : undefined;
    case 'too_small':
      return issue.origin === 'string' ? 'This must not be empty.' : `Give at least ${amount(field, issue.minimum)}.`;
    case 'too_big':
      return issue.origin === 'string'
        ? `Give at most ${String(issue.maximum)} characters.`
        : `Give at most ${amount(field, issue.maximum)}.`;
    default:
      return undefined;
  }
}

/** A bound in the unit that people think in. */
function amount(field: string, value: number | bigint): string {
  return field.endsWith('Ms') ? `${Number(value) / 1000} seconds` : String(value);
}
