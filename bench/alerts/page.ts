import type { Alert } from '#core/alert.ts';
import { isCustomer } from '#core/ids.ts';
import type { CorpusCall } from './corpus.ts';

/** A call with the alerts on it. */
export interface JudgedCall {
  readonly call: CorpusCall;
  readonly alerts: readonly Alert[];
}

/** A page to read the alerts in their conversations. */
export function alertsPage(judged: readonly JudgedCall[], summary: string): string {
  const calls = judged.filter(({ alerts }) => alerts.length > 0).map(callSection);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Alerts on a corpus</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
li { list-style: none; padding: 2px 8px; border-left: 4px solid transparent; }
.agent { color: #767676; } .warning { border-color: #c90; } .urgent { border-color: #d40; } .critical { border-color: #b00; }
b { font-weight: 600; } small { color: #595959; } pre { overflow-x: auto; }
</style>
<h1>Alerts on a corpus</h1><pre>${escaped(summary)}</pre>
${calls.join('\n')}
</html>
`;
}

function callSection({ call, alerts }: JudgedCall): string {
  const lines = call.utterances.map(({ seq, channel, text, score }) => {
    const here = alerts.filter((alert) => alert.seq === seq);
    const reasons = here.flatMap(({ reasons }) => reasons.map((one) => `${one.ruleName}: ${one.explanation}`));
    const why = reasons.length > 0 ? `<br><b>${escaped(reasons.join(' · '))}</b>` : '';
    const scored = score && isCustomer(channel) ? ` <small>${score.compound.toFixed(2)}</small>` : '';
    return `<li class="${channel} ${here[0]?.level ?? ''}">${escaped(text)}${scored}${why}</li>`;
  });
  return `<h2>${escaped(call.id)}</h2><ul>${lines.join('')}</ul>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
