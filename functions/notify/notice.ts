import type { CallState } from '#core/call/state.ts';
import { ringSentence } from '#core/ring-sentence.ts';
import { isImmediate, type Alert, type Level } from '#core/alert.ts';

/** What people read about one alert, whichever notifier sends it. */
export interface AlertNotice {
  readonly level: Level;
  /** One line: the level and the agent. */
  readonly title: string;
  /** Each rule and why it fired, most severe first. */
  readonly reasons: readonly string[];
  /** The utterance; empty if time alone raised the alert. */
  readonly words: string;
  /** Labelled facts of the call, in order. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** The page's address of the call. */
  readonly link: string;
  /** The alert was raised a while ago and nobody has acknowledged it. */
  readonly isReminder: boolean;
  /** The alert needs a person while the call lasts. */
  readonly isImmediate: boolean;
  readonly callId: string;
  readonly alertId: string;
  /** When the utterance that caused it ended. */
  readonly raisedAt: number;
  /** The relay that transcribes the call; undefined if unknown. */
  readonly relayId: string | undefined;
  /** What a telephone notifier speaks: nothing about the customer. */
  readonly sentence: string;
}

/** @param call undefined if it is unknown */
export function noticeOf(
  alert: Alert,
  call: Pick<CallState, 'metadata' | 'relayId'> | undefined,
  { siteUrl, isReminder }: { siteUrl: string; isReminder: boolean },
): AlertNotice {
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
  const level = alert.level.toUpperCase();
  return {
    level: alert.level,
    title: isReminder ? `${level}, nobody has taken it: ${who}` : `${level}: ${who}`,
    reasons: alert.reasons.map(
      ({ ruleName, ruleVersion, explanation }) => `${ruleName} (rule v${ruleVersion}): ${explanation}`,
    ),
    words: alert.text,
    facts: facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== ''),
    link: `${siteUrl.replace(/\/$/, '')}/calls/${encodeURIComponent(alert.callId)}`,
    isReminder,
    isImmediate: isImmediate(alert),
    callId: alert.callId,
    alertId: alert.alertId,
    raisedAt: alert.raisedAt,
    relayId: call?.relayId,
    sentence: ringSentence(alert, metadata),
  };
}

/** A notice as plain text. */
export function textOf({ title, reasons, words, facts, link }: AlertNotice): string {
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
