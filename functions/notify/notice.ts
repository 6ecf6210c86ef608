import type { CallState } from '#core/call/state.ts';
import { ringSentence } from '#core/ring-sentence.ts';
import { isForNow, type Alert, type Level } from '#core/alert.ts';

/** What people read about one alert, whichever way it reaches them. */
export interface Notice {
  readonly level: Level;
  /** One line: how grave, and who. */
  readonly title: string;
  /** The rule and why it fired, the gravest first. */
  readonly reasons: readonly string[];
  /** What was said; empty where time alone set it off. */
  readonly words: string;
  /** Labelled facts of the call, in order. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Where the page shows the call. */
  readonly link: string;
  /** It was raised a while ago and nobody has acknowledged it. */
  readonly isReminder: boolean;
  /** It calls for a person while the call lasts. */
  readonly isForNow: boolean;
  readonly callId: string;
  readonly alertId: string;
  /** When the words that caused it ended. */
  readonly raisedAt: number;
  /** The relay that transcribes the call, as far as it is known. */
  readonly relayId: string | undefined;
  /** What is spoken to someone who is called: nothing about the customer. */
  readonly sentence: string;
}

/** @param call as far as it is known */
export function noticeOf(
  alert: Alert,
  call: Pick<CallState, 'metadata' | 'relayId'> | undefined,
  { siteUrl, isReminder }: { siteUrl: string; isReminder: boolean },
): Notice {
  const metadata = call?.metadata ?? {};
  const { agent, caller, campaign, inGroup, queue } = metadata;
  const agentName = agent?.name ?? agent?.id;
  const facts: [string, string | undefined][] = [
    ['Agent', agentName],
    ['Caller', [caller?.name, caller?.number].filter(Boolean).join(', ')],
    ['Campaign', campaign],
    ['Team', inGroup ?? queue],
    ['At', clockOf(alert.atMs)],
  ];
  const who = agentName === undefined ? `call ${alert.callId}` : agentName;
  const grade = alert.level.toUpperCase();
  return {
    level: alert.level,
    title: isReminder ? `${grade}, nobody has taken it: ${who}` : `${grade}: ${who}`,
    reasons: alert.reasons.map(
      ({ ruleName, ruleVersion, explanation }) => `${ruleName} (rule v${ruleVersion}): ${explanation}`,
    ),
    words: alert.text,
    facts: facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== ''),
    link: `${siteUrl.replace(/\/$/, '')}/calls/${encodeURIComponent(alert.callId)}`,
    isReminder,
    isForNow: isForNow(alert),
    callId: alert.callId,
    alertId: alert.alertId,
    raisedAt: alert.raisedAt,
    relayId: call?.relayId,
    sentence: ringSentence(alert, metadata),
  };
}

/** A notice as plain text. */
export function textOf({ title, reasons, words, facts, link }: Notice): string {
  return [
    title,
    ...reasons.map((reason) => `- ${reason}`),
    ...(words ? [`"${words}"`] : []),
    ...facts.map(([label, value]) => `${label}: ${value}`),
    link,
  ].join('\n');
}

/** Call time as mm:ss. */
function clockOf(atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
