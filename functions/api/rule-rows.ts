import type { RuleRow } from '#core/contracts/http/rules.ts';
import type { Alert } from '#core/alert.ts';
import type { HeldNotices } from '../adapters/held-notice-table.ts';
import type { StoredRule } from '../adapters/rule-table.ts';

/** Rules with counts of their alerts, sorted by name. */
/** @param held what was held back in the last minutes */
export function ruleRows(
  rules: readonly StoredRule[],
  alerts: readonly Alert[],
  held: readonly Pick<HeldNotices, 'ruleId' | 'byRule'>[],
): RuleRow[] {
  return rules
    .map(({ rule, changedBy }): RuleRow => {
      const hits = alerts.filter(({ reasons }) => reasons.some(({ ruleId }) => ruleId === rule.ruleId));
      const verdicts = hits.flatMap(({ handling }) => handling?.verdict ?? []);
      const muted = held.filter(({ ruleId }) => ruleId === rule.ruleId).reduce((sum, { byRule }) => sum + byRule, 0);
      return {
        rule,
        hits: hits.length,
        judged: verdicts.length,
        falseAlarms: verdicts.filter((verdict) => verdict === 'false-alarm').length,
        ...(muted > 0 && { muted }),
        ...(changedBy && { changedBy }),
      };
    })
    .sort((a, b) => a.rule.name.localeCompare(b.rule.name));
}
