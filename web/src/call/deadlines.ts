import type { CallSummary } from '#core/call/summary.ts';

/** Something owed in a call, as it stands at a call time. */
export type Owed = {
  readonly ruleId: string;
  readonly ruleName: string;
} & (
  | { readonly kind: 'done'; readonly atMs: number }
  | { readonly kind: 'running'; readonly leftMs: number }
  | { readonly kind: 'missed' }
);

/** What is owed in a call of this length; of a call that is over nothing runs any more. */
export function owedOf({ deadlines, status }: CallSummary, lengthMs: number): Owed[] {
  return deadlines.map(({ ruleId, ruleName, dueMs, doneMs }) => {
    if (doneMs !== undefined) return { ruleId, ruleName, kind: 'done', atMs: doneMs };
    const leftMs = dueMs - lengthMs;
    return leftMs > 0 && status === 'live'
      ? { ruleId, ruleName, kind: 'running', leftMs }
      : { ruleId, ruleName, kind: 'missed' };
  });
}
