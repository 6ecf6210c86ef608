import { readFileSync } from 'node:fs';
import { exampleCall, said } from '#core/call/example-call.ts';
import { foldUtterances } from '#core/judging/fold.ts';
import { compileRules } from '#core/rules/compile.ts';
import { exampleRule } from '#core/rules/example-rule.ts';
import type { Rule } from '#core/rules/rule.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { medianOf, passes } from './passes.ts';

const RULES = 500;
const PHRASES_A_RULE = 10;
/** One phrase in so many was really said somewhere; the others only begin or end like what was said. */
const SAID_PHRASES = 20;
const CALLER_LINES = ['callers-tuning.tsv', 'callers-held-out.tsv'];

/** Rules found in a text, by number. */
type Finder = (text: string) => number[];

export default {
  about: `Alert rules: microseconds an utterance with ${RULES} rules and ${RULES * PHRASES_A_RULE} phrases`,
  run() {
    const texts = utteranceTexts();
    const words = texts.join(' ').split(/\s+/).length / texts.length;
    const rules = phraseRules(texts);
    console.log(`${texts.length} utterances of ${words.toFixed(1)} words, ${rules.length} rules`);

    const compileStartMs = performance.now();
    const compiled = compileRules(rules);
    compiled.phrases.read('');
    const compileMs = performance.now() - compileStartMs;

    const oneByOne = rules.map((rule) => compileRules([rule]));
    const oracle: Finder = (text) => numbers(oneByOne, ({ phrases }) => phrases.read(text).phrases().length > 0);
    const ours: Finder = (text) => reasonsOf(text).map((ruleId) => Number(ruleId.slice('rule-'.length)));
    const reasonsOf = (text: string) =>
      foldUtterances(exampleCall, [said({ seq: 1, text })], compiled).alerts.flatMap(({ reasons }) =>
        reasons.map(({ ruleId }) => ruleId),
      );

    // The peer only finds phrases; we fold, judge, merge and remember besides.
    const call = texts.map((text, at) => said({ seq: at + 1, text }));
    const microseconds = (seconds: number[]) => round((medianOf(seconds) / texts.length) * 1e6);
    const figures: Figures = {
      microsecondsAnUtterance: microseconds(passes([call], (all) => foldUtterances(exampleCall, all, compiled))),
      microsecondsToReadPhrases: microseconds(passes(texts, (text) => compiled.phrases.read(text).phrases())),
      compileMs: round(compileMs),
      rules: rules.length,
      phrases: rules.length * PHRASES_A_RULE,
      rulesFound: count(texts, ours),
      differencesFromOneRuleAtATime: differences(texts, ours, oracle),
    };
    const byExpressions = expressionFinder(rules);
    const missed = (text: string) => byExpressions(text).filter((rule) => !ours(text).includes(rule));
    const peers: Record<string, Figures> = {
      'one RegExp a rule': {
        microsecondsAnUtterance: microseconds(passes(texts, byExpressions)),
        rulesFound: count(texts, byExpressions),
        rulesFoundThatEarshotMisses: count(texts, missed),
      },
    };
    console.table({ earshot: figures, ...peers });
    return Promise.resolve({ figures, peers });
  },
} satisfies Benchmark;

/** How alert rules are mostly written; it knows no inflections and no contractions. */
function expressionFinder(rules: readonly Rule[]): Finder {
  const expressions = rules.map(({ condition }) => {
    const phrases = condition.type === 'phrase' ? condition.phrases : [];
    return new RegExp(`\\b(?:${phrases.join('|')})\\b`, 'i');
  });
  return (text) => numbers(expressions, (expression) => expression.test(text));
}

/** Caller lines, two to an utterance: an utterance has up to 8 s of speech. */
function utteranceTexts(): string[] {
  const lines = CALLER_LINES.flatMap((file) =>
    readFileSync(`core/sentiment/telephone/fixtures/${file}`, 'utf8').split('\n').filter(Boolean),
  ).map((line) => line.split('\t')[1] ?? line);
  return lines.flatMap((line, at) => (at % 2 === 0 ? [`${line}, ${lines[at + 1] ?? line}`] : []));
}

/** Phrases of two to four words, cut from what is said; in most of them one word stands that was not said there. */
function phraseRules(texts: readonly string[]): Rule[] {
  const said = texts.map((text) => text.toLowerCase().match(/[a-z']+/g) ?? []);
  const words = said.flat();
  const phraseAt = (n: number) => {
    const line = said[(n * 31) % said.length] ?? [];
    const from = (n * 7) % Math.max(1, line.length - 4);
    const phrase = line.slice(from, from + 2 + (n % 3));
    if (n % SAID_PHRASES !== 0) phrase[n % phrase.length] = words[(n * 97) % words.length] ?? '';
    return phrase.join(' ') || 'nothing said';
  };
  return Array.from({ length: RULES }, (_, rule) => {
    const phrases = Array.from({ length: PHRASES_A_RULE }, (_, at) => phraseAt(rule * PHRASES_A_RULE + at));
    return exampleRule({ type: 'phrase', phrases }, { ruleId: `rule-${rule}` });
  });
}

function numbers<T>(items: readonly T[], isFound: (item: T) => boolean): number[] {
  return items.flatMap((item, at) => (isFound(item) ? [at] : []));
}

function count(texts: readonly string[], find: Finder): number {
  return texts.reduce((sum, text) => sum + find(text).length, 0);
}

function differences(texts: readonly string[], one: Finder, other: Finder): number {
  const sorted = (found: number[]) => found.toSorted((a, b) => a - b).join();
  return texts.filter((text) => sorted(one(text)) !== sorted(other(text))).length;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
