import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Alert } from '#core/alert.ts';
import { isCustomer } from '#core/ids.ts';
import { foldUtterances } from '#core/judging/fold.ts';
import { compileRules, type CompiledRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { labelOf } from '#core/sentiment/score.ts';
import { vader } from '#core/sentiment/vader/vader.ts';
import { readCorpus, type CorpusCall } from './alerts/corpus.ts';
import { isEven, labelOfText, readLabels, sha1Of, type Label, type Labels } from './alerts/labels.ts';
import { alertsPage, type JudgedCall } from './alerts/page.ts';
import type { Benchmark, Figures } from './benchmark.ts';

const USAGE = 'npm run bench -- alerts --corpus FILE [--labels FILE] [--page FILE] [--half tune|hold-out] [--show]';
const PAGE = '.local/alerts.html';

/** A caller's line with its label and the default rules that fire on it. */
interface LabelledLine {
  readonly text: string;
  readonly compound: number;
  readonly label: Label;
  readonly fired: ReadonlySet<string>;
}

export default {
  about: 'Alerts of the default rules on a corpus of conversations, and how often they are right (--corpus FILE)',
  run(args) {
    const { values } = parseArgs({
      args,
      options: {
        corpus: { type: 'string' },
        labels: { type: 'string' },
        page: { type: 'string', default: PAGE },
        half: { type: 'string' },
        show: { type: 'boolean', default: false },
      },
    });
    if (values.corpus === undefined) throw new Error(`Name a corpus: ${USAGE}`);
    const rules = compileRules(defaultRules);
    const calls = readCorpus(values.corpus);
    const judged = calls.map((call): JudgedCall => ({ call, alerts: alertsOn(call, rules) }));

    const reasons = judged.flatMap(({ alerts }) =>
      alerts.flatMap(({ reasons }) => reasons.map(({ ruleId }) => ruleId)),
    );
    const byRule = countsOf(reasons);
    console.table(
      Object.fromEntries(
        Object.entries(byRule).map(([rule, alerts]) => [rule, { alerts, perCall: round(alerts / calls.length) }]),
      ),
    );
    const aboutCaller = judged.flatMap(({ alerts }) => alerts.filter(({ kind }) => kind === 'alert'));
    const figures: Figures = {
      calls: calls.length,
      alerts: aboutCaller.length,
      alertsACall: round(aboutCaller.length / calls.length),
      criticalAlerts: aboutCaller.filter(({ level }) => level === 'critical').length,
    };
    const peers: Record<string, Figures> = {};
    if (values.labels !== undefined) {
      const labels = readLabels(values.labels);
      const lines = labelledLines(calls, labels, rules).filter(({ text }) => isInHalf(text, values.half));
      Object.assign(
        figures,
        signFigures(lines, ({ compound }) => compound),
        intentFigures(lines),
      );
      peers['plain VADER'] = signFigures(lines, ({ text }) => vader.polarity(text).compound);
      console.table({ earshot: signsOnly(figures), ...peers });
      if (values.show) showWrong(lines);
    }
    const page = resolve(values.page);
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, alertsPage(judged, JSON.stringify({ ...figures, byRule }, undefined, 1)));
    console.log(`To read them: ${page}`);
    return Promise.resolve({ figures, peers });
  },
} satisfies Benchmark;

/** First alerts only: what follows within a cooldown notifies nobody. */
function alertsOn({ state, utterances }: CorpusCall, rules: CompiledRules): Alert[] {
  return foldUtterances(state, utterances, rules).alerts.filter(({ follows }) => follows === undefined);
}

function labelledLines(calls: readonly CorpusCall[], labels: Labels, rules: CompiledRules): LabelledLine[] {
  const lines = new Map<string, LabelledLine>();
  for (const { state, utterances } of calls) {
    for (const utterance of utterances) {
      const label = isCustomer(utterance.channel) ? labelOfText(labels, utterance.text) : undefined;
      if (!label || lines.has(utterance.text)) continue;
      const alone = { ...utterance, seq: 1 };
      const reasons = alertsOn({ id: '', state, utterances: [alone] }, rules).flatMap(({ reasons }) => reasons);
      const fired = new Set(reasons.map(({ ruleId }) => ruleId));
      lines.set(utterance.text, { text: utterance.text, compound: utterance.score?.compound ?? 0, label, fired });
    }
  }
  return [...lines.values()];
}

/** Percent of the lines whose sign is right, of the negative ones that are found, and of the positive called negative. */
function signFigures(lines: readonly LabelledLine[], compoundOf: (line: LabelledLine) => number): Figures {
  const signed = lines.filter(({ label }) => label.sign !== undefined);
  const isCalled = (line: LabelledLine, sign: string) => labelOf(compoundOf(line)) === sign;
  const of = (sign: string) => signed.filter(({ label }) => label.sign === sign);
  const percent = (some: readonly LabelledLine[], isRight: (line: LabelledLine) => boolean) =>
    round((100 * some.filter(isRight).length) / Math.max(1, some.length));
  return {
    lines: signed.length,
    signRightPercent: percent(signed, (line) => isCalled(line, line.label.sign ?? '')),
    negativeFoundPercent: percent(of('negative'), (line) => isCalled(line, 'negative')),
    positiveFalsePercent: percent(of('positive'), (line) => isCalled(line, 'negative')),
    neutralFalsePercent: percent(of('neutral'), (line) => !isCalled(line, 'neutral')),
  };
}

function signsOnly(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => name.endsWith('Percent')));
}

/** Precision and recall of each intent that is labelled somewhere. */
function intentFigures(lines: readonly LabelledLine[]): Figures {
  const intents = [...new Set(lines.flatMap(({ label }) => label.intents))].sort();
  const figures: Figures = {};
  for (const intent of intents) {
    const wanted = lines.filter(({ label }) => label.intents.includes(intent));
    const found = lines.filter(({ fired }) => fired.has(intent));
    const right = wanted.filter(({ fired }) => fired.has(intent)).length;
    figures[`${intent}PrecisionPercent`] = round((100 * right) / Math.max(1, found.length));
    figures[`${intent}RecallPercent`] = round((100 * right) / Math.max(1, wanted.length));
  }
  return figures;
}

function showWrong(lines: readonly LabelledLine[]): void {
  for (const { text, compound, label, fired } of lines) {
    const isSignWrong = label.sign !== undefined && labelOf(compound) !== label.sign;
    const missed = label.intents.filter((intent) => !fired.has(intent));
    if (!isSignWrong && missed.length === 0) continue;
    console.log(`${(label.sign ?? '').padEnd(8)} ${compound.toFixed(2).padStart(5)}  ${missed.join(',')}  ${text}`);
  }
}

/** Lines are tuned on one half, that whose SHA-1 is even, and reported on the other. */
function isInHalf(text: string, half: string | undefined): boolean {
  if (half === undefined) return true;
  if (half !== 'tune' && half !== 'hold-out') throw new Error(`Halves are tune and hold-out: ${USAGE}`);
  return isEven(sha1Of(text)) === (half === 'tune');
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
