import type { CallMetadata } from './call/events.ts';
import type { Alert } from './alert.ts';

/** A name may be long; the sentence is not. */
const NAME_BEGINNING = /^.{0,80}/u;

/**
 * What is spoken to someone whom an alert calls: how grave, on whose call, and by which rule. Nothing that the customer
 * said, and not who they are: a telephone may be answered by anybody.
 */
export function ringSentence(
  { level, reasons }: Pick<Alert, 'level' | 'reasons'>,
  { agent, campaign, inGroup, queue }: CallMetadata,
): string {
  const agentName = spoken(agent?.name) || spoken(agent?.id);
  const team = spoken(inGroup ?? queue);
  const rule = spoken(reasons[0]?.ruleName);
  const place = spoken(campaign) ? `campaign ${spoken(campaign)}` : team && `queue ${team}`;
  const where = [agentName ? `the call of ${agentName}` : 'a call', place].filter(Boolean).join(', ');
  return `Earshot: ${level} alert on ${where}.${rule && ` Rule: ${rule}.`}`;
}

/** A name as it can be spoken: signs that a speech engine reads aloud or takes for markup become gaps. */
function spoken(name = ''): string {
  const words = name
    .replace(/[^\p{L}\p{M}\p{N}' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (NAME_BEGINNING.exec(words)?.[0] ?? '').trim();
}
