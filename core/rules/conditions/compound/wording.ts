import type { RuleChannel } from '../../channel.ts';
import { MAX_QUOTE_LENGTH, shortened } from '../../../kept.ts';
import { signed } from '../score-below.ts';
import { spelledOut } from '../wording.ts';
import type { Part, PartCondition, Phase, SidedCondition } from './schema.ts';

type Descriptions = {
  [T in PartCondition['type']]: (condition: Extract<PartCondition, { type: T }>) => string;
};

/** What a condition looks for, as a noun. */
const descriptions: Descriptions = {
  phrase: ({ phrases }) => listed(phrases),
  profanity: () => 'swearing',
  'score-below': ({ below }) => `line under ${signed(below)}`,
  'rolling-below': ({ below }) => `mood under ${signed(below)}`,
  'consecutive-negative': ({ count }) => `${count} negative utterances in a row`,
  'phrase-count': ({ phrases, count, withinMs }) => `${listed(phrases)}, ${count} times in ${spelledOut(withinMs)}`,
  interruptions: ({ count, withinMs }) => `${count} interruptions in ${spelledOut(withinMs)}`,
  'talk-ratio': ({ above }) => `${Math.round(above * 100)} % of the talking`,
};

const sides: Record<RuleChannel, string> = { caller: 'caller', agent: 'agent', any: 'anybody' };

/** `caller: said “manager”`. */
export function foundWords(channel: RuleChannel, explanation: string): string {
  return `${sides[channel]}: ${explanation}`;
}

/** `agent: no “my manager” and 2 more within 30 s`. */
export function missingWords({ channel, condition }: SidedCondition, span = ''): string {
  return [`${sides[channel]}: no ${describe(condition)}`, span].filter(Boolean).join(' ');
}

/** `caller: “manager”`, `not agent: “my manager” or agent: swearing`. */
export function describedPart({ not, match, conditions }: Part): string {
  const described = conditions.map(({ channel, condition }) => `${sides[channel]}: ${describe(condition)}`);
  return `${not ? 'not ' : ''}${described.join(match === 'all' ? ' and ' : ' or ')}`;
}

/** `within 30 s`, `in the first 1 min`; empty where the whole call counts. */
export function spanWords(within: { ms?: number | undefined; turns?: number | undefined }, phase?: Phase): string {
  if (within.ms !== undefined) return `within ${spelledOut(within.ms)}`;
  if (within.turns !== undefined) return `within ${within.turns} ${within.turns === 1 ? 'turn' : 'turns'}`;
  return phase?.type === 'first' ? `in the first ${spelledOut(phase.lastsMs)}` : '';
}

/** The phase of a call, for a condition on it; empty where that says nothing more. */
export function phaseWords(phase: Phase | undefined): string {
  switch (phase?.type) {
    case 'first':
      return `in the first ${spelledOut(phase.lastsMs)}`;
    case 'last':
      return `in the last ${spelledOut(phase.lastsMs)}`;
    case 'after':
      return `after ${sides[phase.channel]} said ${listed(phase.phrases)}`;
    default:
      return '';
  }
}

function describe(condition: PartCondition): string {
  const description = descriptions[condition.type] as (condition: PartCondition) => string;
  return description(condition);
}

function listed(phrases: readonly string[]): string {
  const more = phrases.length - 1;
  return `“${shortened(phrases[0] ?? '', MAX_QUOTE_LENGTH / 2)}”${more > 0 ? ` and ${more} more` : ''}`;
}
