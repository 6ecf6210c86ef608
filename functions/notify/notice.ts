import type { CallState } from '#core/call/state.ts';
import { ringSentence } from '#core/ring-sentence.ts';
import { isImmediate, type Alert, type Level } from '#core/alert.ts';
import { plainLine } from '#core/text/plain-line.ts';
import { isolatedName } from '#core/text/plain-name.ts';
import type { HeldNotices } from '../adapters/held-notice-table.ts';

/**
 * What people read, whichever notifier sends it. Every text is a plain line: a notifier escapes what its own format would
 * read as markup.
 */
export interface Notice {
  readonly level: Level;
  /** One line: the level, and the agent or how many alerts. */
  readonly title: string;
  /** Each rule and why it fired, most severe first. */
  readonly reasons: readonly string[];
  /** The utterance; empty if time alone raised the alert. */
  readonly words: string;
  /** Labelled facts of the call, in order. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Where the page shows it, and what the link is called. */
  readonly link: string;
  readonly linkText: string;
  /** The alert that it is about; undefined for a summary of several. */
  readonly alert?: NoticeSubject;
}

/** The alert that a notice is about. */
export interface NoticeSubject {
  readonly callId: string;
  readonly alertId: string;
  /** The alert was raised a while ago and nobody has acknowledged it. */
  readonly isReminder: boolean;
  /** The alert needs a person while the call lasts. */
  readonly isImmediate: boolean;
  /** When the utterance that caused it ended. */
  readonly raisedAt: number;
  /** The relay that transcribes the call; undefined if unknown. */
  readonly relayId: string | undefined;
  /** What a telephone notifier speaks: nothing about the customer. */
  readonly sentence: string;
}

/** Longer texts end with an ellipsis. */
const NAME_LENGTH = 200;
const REASON_LENGTH = 500;
const WORDS_LENGTH = 4096;
/** Reasons beyond these are counted. */
const MAX_REASONS = 20;

/** @param call undefined if it is unknown */
export function noticeOf(
  alert: Alert,
  call: Pick<CallState, 'metadata' | 'relayId'> | undefined,
  { siteUrl, isReminder }: { siteUrl: string; isReminder: boolean },
): Notice {
  const metadata = call?.metadata ?? {};
  const { agent, caller, campaign, inGroup, queue } = metadata;
  const agentName = nameOf(agent?.name) || nameOf(agent?.id);
  const facts: [string, string][] = [
    ['Agent', agentName],
    ['Caller', [nameOf(caller?.name), nameOf(caller?.number)].filter(Boolean).join(', ')],
    ['Campaign', nameOf(campaign)],
    ['Team', nameOf(inGroup ?? queue)],
    ['At', clockOf(alert.atMs)],
  ];
  const who = agentName || `call ${alert.callId}`;
  const level = alert.level.toUpperCase();
  return {
    level: alert.level,
    title: isReminder ? `${level}, nobody has taken it: ${who}` : `${level}: ${who}`,
    reasons: listOf(
      alert.reasons.map(
        ({ ruleName, ruleVersion, explanation }) => `${ruleName} (rule v${ruleVersion}): ${explanation}`,
      ),
    ),
    words: plainLine(alert.text, WORDS_LENGTH),
    facts: facts.filter(([, value]) => value !== ''),
    link: pageAt(siteUrl, `calls/${encodeURIComponent(alert.callId)}`),
    linkText: 'Open the call',
    alert: {
      callId: alert.callId,
      alertId: alert.alertId,
      isReminder,
      isImmediate: isImmediate(alert),
      raisedAt: alert.raisedAt,
      relayId: call?.relayId,
      sentence: ringSentence(alert, metadata),
    },
  };
}

/** The one notice in place of those beyond the limits, of one level. */
export function summaryNoticeOf(
  level: Level,
  held: readonly HeldNotices[],
  { siteUrl, windowMinutes }: { siteUrl: string; windowMinutes: number },
): Notice {
  const countOf = ({ byRule, byCall, byFloor }: HeldNotices) => byRule + byCall + byFloor;
  const total = held.reduce((sum, each) => sum + countOf(each), 0);
  const [first] = held;
  const whose = held.length === 1 && first ? `of rule ${nameOf(first.ruleName)}` : `of ${held.length} rules`;
  return {
    level,
    title: `${level.toUpperCase()}: ${alertsOf(total)} ${whose} in the last ${windowMinutes} min`,
    reasons: listOf(
      held
        .toSorted((a, b) => countOf(b) - countOf(a))
        .map((each) => `${each.ruleName}: ${alertsOf(countOf(each))}${each.byRule > 0 ? ', muted: too many' : ''}`),
    ),
    words: '',
    facts: [],
    link: pageAt(siteUrl, 'alerts'),
    linkText: 'Open the alerts',
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

const nameOf = (name = ''): string => isolatedName(plainLine(name, NAME_LENGTH));

function listOf(reasons: readonly string[]): string[] {
  const shown = reasons.slice(0, MAX_REASONS).map((reason) => plainLine(reason, REASON_LENGTH));
  const more = reasons.length - shown.length;
  return more === 0 ? shown : [...shown, `and ${more} more`];
}

function alertsOf(count: number): string {
  return `${count} more ${count === 1 ? 'alert' : 'alerts'}`;
}

function pageAt(siteUrl: string, path: string): string {
  return `${siteUrl.replace(/\/$/, '')}/${path}`;
}

/** Call time as mm:ss. */
function clockOf(atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
