import type { RuleRow } from '#core/contracts/http/rules.ts';
import type { Alert } from '#core/alert.ts';
import type { StoredRule } from '../adapters/rule-table.ts';

/** Rules with counts of their alerts, sorted by name. */
export function ruleRows(rules: readonly StoredRule[], alerts: readonly Alert[]): RuleRow[] {
  return rules
    .map(({ rule, changedBy }): RuleRow => {
      const hits = alerts.filter(({ reasons }) => reasons.some(({ ruleId }) => ruleId === rule.ruleId));
      const verdicts = hits.flatMap(({ handling }) => handling?.verdict ?? []);
      return {
        rule,
        hits: hits.length,
        judged: verdicts.length,
        falseAlarms: verdicts.filter((verdict) => verdict === 'false-alarm').length,
        ...(changedBy && { changedBy }),
      };
    })
    .sort((a, b) => a.rule.name.localeCompare(b.rule.name));
}
