import { z } from 'zod';
import {
  isPattern,
  MAX_PATTERN_LENGTH,
  parsePattern,
  parseSurroundings,
  PatternError,
  sizeOf,
} from '../../text/pattern.ts';
import type { RuleChannel } from '../channel.ts';
import type { Match } from '../../alert.ts';
import { MAX_QUOTE_LENGTH, shortened } from '../../kept.ts';

const phraseSchema = phraseIn(parsePattern);

/** Parts that the phrases of one list with signs in them may have together. */
const MAX_PARTS = 5_000;

/** Words or phrases that a rule looks for. */
export const phrasesSchema = listOf(phraseSchema);

/** Longer phrases in which those mean something else, and with `…` what stands before or after them. */
export const exceptionsSchema = listOf(phraseIn((text) => parseSurroundings(text) ?? parsePattern(text)));

function phraseIn(parse: (text: string) => unknown) {
  return z
    .string()
    .trim()
    .max(MAX_PATTERN_LENGTH)
    .superRefine((text, context) => {
      const message = problemOf(text, parse);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    });
}

function listOf(schema: typeof phraseSchema) {
  return z
    .array(schema)
    .min(1, 'At least one phrase is needed.')
    .max(500)
    .refine(
      (phrases) => phrases.filter(isPattern).reduce((sum, phrase) => sum + partsOf(phrase), 0) <= MAX_PARTS,
      'These phrases stand for too many others: shorten the list, or make two rules of it.',
    );
}

function partsOf(phrase: string): number {
  return problemOf(phrase, parsePattern) === undefined ? sizeOf(parsePattern(phrase)) : 0;
}

function problemOf(text: string, parse: (text: string) => unknown): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

/** Texts that an explanation quotes at most. */
const MAX_QUOTES = 3;

/** `“cancel”, “refund” and 5 more`: the first matches, each distinct text once. */
export function quoted(matches: readonly Match[]): string {
  const wordings = [...new Map(matches.map(({ text }) => [text.toLowerCase(), text])).values()];
  const quotes = wordings.slice(0, MAX_QUOTES).map((text) => `“${shortened(text, MAX_QUOTE_LENGTH)}”`);
  const more = wordings.length - quotes.length;
  return `${quotes.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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
