import { higherLevel, type Level, type Match, type Reason } from '#core/alert.ts';
import type { Contribution } from '#core/sentiment/score.ts';

/** A stretch of an utterance with one set of marks. */
export interface Segment {
  readonly text: string;
  /** The word that moved the score, where this is one. */
  readonly contribution?: Contribution;
  /** The names of the rules that matched here. */
  readonly rules: readonly string[];
  /** The highest level among them. */
  readonly level?: Level;
}

/** A rule's match in an utterance. */
export interface RuleMatch extends Match {
  readonly ruleName: string;
  readonly level: Level;
}

/** What an alert's rules found, as marks. */
export function matchesOf(reasons: readonly Reason[]): RuleMatch[] {
  return reasons.flatMap(({ ruleName, level, matches }) => matches.map((match) => ({ ...match, ruleName, level })));
}

/**
 * Cuts an utterance where a mark begins or ends. Joined together the segments are the text; marks that lie outside
 * of it are cut off.
 */
export function segmentsOf(
  text: string,
  contributions: readonly Contribution[],
  matches: readonly RuleMatch[],
): Segment[] {
  const cuts = [...contributions, ...matches].flatMap(({ start, end }) => [start, end]);
  const edges = [...new Set([0, ...cuts.filter((at) => at > 0 && at < text.length), text.length])].sort(
    (a, b) => a - b,
  );
  return edges.slice(1).map((end, index) => {
    const start = edges[index] ?? 0;
    const covers = (mark: { start: number; end: number }) => mark.start <= start && mark.end >= end;
    const contribution = contributions.find(covers);
    const found = matches.filter(covers);
    const rules = [...new Set(found.map(({ ruleName }) => ruleName))];
    return {
      text: text.slice(start, end),
      rules,
      ...(found.length > 0 ? { level: found.map(({ level }) => level).reduce(higherLevel) } : {}),
      ...(contribution ? { contribution } : {}),
    };
  });
}
