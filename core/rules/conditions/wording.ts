import { z } from 'zod';
import { hasWords } from '../../text/phrases.ts';
import type { RuleChannel } from '../channel.ts';
import type { Match } from '../../alert.ts';

const phraseSchema = z.string().trim().max(100).refine(hasWords, 'A phrase must have a word or a number in it.');

/** Words or phrases that a rule looks for. */
export const phrasesSchema = z.array(phraseSchema).min(1, 'At least one phrase is needed.').max(500);

/** `“cancel”, “refund”`: the matches, each distinct text once. */
export function quoted(matches: readonly Match[]): string {
  const wordings = new Map(matches.map(({ text }) => [text.toLowerCase(), text]));
  return [...wordings.values()].map((text) => `“${text}”`).join(', ');
}

/** `20 s`, `2 min`, `1 min 30 s`. */
export function spelledOut(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes > 0 ? `${minutes} min` : '', rest > 0 || minutes === 0 ? `${rest} s` : ''].filter(Boolean).join(' ');
}

/** A rule's channel, in an explanation. */
export function sideOf(channel: RuleChannel): string {
  return { caller: 'the caller', agent: 'the agent', any: 'anybody' }[channel];
}
