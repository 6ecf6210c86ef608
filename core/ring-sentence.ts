import type { CallMetadata } from './call/events.ts';
import type { Alert } from './alert.ts';

/** A name may be long; the sentence is not. */
const NAME_BEGINNING = /^.{0,80}/u;

/**
 * The sentence spoken to a person whom an alert calls: its level, whose call it is on, and the rule. Nothing that the
 * customer said, and not who they are: anybody may answer a telephone.
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

/** A name as it can be spoken: characters that a speech engine would read aloud or parse as markup become spaces. */
function spoken(name = ''): string {
  const words = name
    .replace(/[^\p{L}\p{M}\p{N}' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (NAME_BEGINNING.exec(words)?.[0] ?? '').trim();
}
