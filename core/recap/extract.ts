import { baseLanguage } from '../language.ts';
import { isCustomer, type Channel } from '../ids.ts';
import { LEAVING, MONEY_BACK, WANTS_HIGHER } from '../text/intents.ts';
import { phraseBook, type PhraseGroup, type Reading } from '../text/phrases.ts';
import { tokenize } from '../text/tokens.ts';
import { dueIn } from './due.ts';
import { quoteAround, quoteOf } from './quote.ts';
import {
  MAX_CATCH_UP_SENTENCES,
  type RecapDraft,
  type RecapInput,
  type RecapLine,
  type RecapSection,
  type RecapSentence,
} from './recap.ts';
import { ANYTHING_ELSE, ASKED, CALLER_PROMISES, CLOSING, DONE, PROMISED, SMALL_TALK, TROUBLE } from './statements.ts';

/** Of the final recap, in each section. */
const MAX_OF_SECTION = 3;
/** The reason of a call is said among its first lines. */
const REASON_WITHIN_LINES = 10;
/** Words besides small talk that make a line worth showing. */
const SUBSTANTIAL_WORDS = 3;
/** Lines of the agent within which what a caller asked is answered. */
const ANSWER_WITHIN_LINES = 6;
/** Scored lines of the caller before and after which the mood is compared. */
const MOOD_SPAN = 3;
const TURNING_POINT = 0.6;

interface Groups {
  readonly done: PhraseGroup;
  readonly promised: PhraseGroup;
  readonly asked: PhraseGroup;
  readonly trouble: PhraseGroup;
  readonly smallTalk: PhraseGroup;
  readonly demands: PhraseGroup;
  readonly anythingElse: PhraseGroup;
  readonly promisedByCaller: PhraseGroup;
  readonly closing: PhraseGroup;
}

let opened: { readonly book: ReturnType<typeof phraseBook>; readonly groups: Groups } | undefined;

/** Built on first use: whoever asks for no recap does not pay for it. */
function statements() {
  if (opened) return opened;
  const book = phraseBook();
  const demands = [LEAVING, WANTS_HIGHER, MONEY_BACK];
  opened = {
    book,
    groups: {
      done: book.add(DONE.phrases, DONE.ignore),
      promised: book.add(PROMISED.phrases, PROMISED.ignore),
      asked: book.add(ASKED.phrases, ASKED.ignore),
      trouble: book.add(TROUBLE.phrases, TROUBLE.ignore),
      smallTalk: book.add(SMALL_TALK),
      anythingElse: book.add(ANYTHING_ELSE),
      promisedByCaller: book.add(CALLER_PROMISES.phrases, CALLER_PROMISES.ignore),
      closing: book.add(CLOSING),
      demands: book.add(
        demands.flatMap(({ phrases }) => phrases),
        demands.flatMap(({ ignore }) => ignore),
      ),
    },
  };
  return opened;
}

/** A line, and what is found in it. */
interface ReadLine extends RecapLine {
  readonly index: number;
  readonly isRead: boolean;
  readonly words: number;
  find(group: keyof Groups): { readonly start: number; readonly end: number } | undefined;
}

/**
 * A recap in the words that were said, found by patterns: no model is asked and nothing is put in other words. The reason
 * is the caller's first line of substance, promises and what is done are found by phrases, turning points are alerts and
 * the mood.
 */
export function extractRecap({ lines, alerts, isOver }: RecapInput): RecapDraft {
  // A line without a word says nothing, and could not be quoted.
  const read = lines.filter(({ text }) => tokenize(text).length > 0).map(readLine);
  const sentences = isOver ? finalSentences(read, alerts) : catchUpSentences(read, alerts);
  const unreadLines = read.filter(({ isRead }) => !isRead).length;
  return { sentences, ...(unreadLines > 0 && { unreadLines }) };
}

function readLine(line: RecapLine, index: number): ReadLine {
  const { book, groups } = statements();
  const isRead = line.language === undefined || baseLanguage(line.language) === 'en';
  const reading: Reading | undefined = isRead ? book.read(line.text) : undefined;
  const find: ReadLine['find'] = (group) => reading?.matchesOf(groups[group])[0];
  const small = reading?.matchesOf(groups.smallTalk) ?? [];
  const words = tokenize(line.text).filter(
    ({ start, end }) => !small.some((match) => start >= match.start && end <= match.end),
  ).length;
  return { ...line, index, isRead, words, find };
}

type Alerts = RecapInput['alerts'];

function finalSentences(lines: readonly ReadLine[], alerts: Alerts): RecapSentence[] {
  const reasons = distinct([...reasonOf(lines), ...furtherReasons(lines)]).slice(0, MAX_OF_SECTION);
  const open = openIn(lines, reasons).slice(-MAX_OF_SECTION);
  return [
    ...reasons,
    ...momentsOf(lines, alerts).slice(0, MAX_OF_SECTION),
    ...doneIn(lines).slice(-MAX_OF_SECTION),
    ...promisesIn(lines).slice(-MAX_OF_SECTION),
    ...open,
    ...endOf(lines, [...reasons, ...open]),
  ];
}

/** Why they call, the gravest that happened, and where it stands. */
function catchUpSentences(lines: readonly ReadLine[], alerts: Alerts): RecapSentence[] {
  const reason = reasonOf(lines);
  const taken = new Set(reason.flatMap(({ seqs }) => seqs));
  const moment = momentsOf(lines, alerts).find(({ seqs }) => seqs.every((seq) => !taken.has(seq)));
  for (const seq of moment?.seqs ?? []) taken.add(seq);
  const now = nowOf(lines, taken);
  return [...reason, ...(moment ? [moment] : []), ...(now ? [now] : [])].slice(0, MAX_CATCH_UP_SENTENCES);
}

function quoted(
  section: RecapSection,
  line: ReadLine,
  at?: { readonly start: number; readonly end: number },
  more: Partial<RecapSentence> = {},
): RecapSentence {
  const isPart = at !== undefined && (section === 'done' || section === 'promised');
  const text = isPart ? quoteAround(line.text, at) : quoteOf(line.text, at);
  return { section, text, isQuote: true, by: line.channel, seqs: [line.seq], ...more };
}

const isOfCustomer = ({ channel }: { channel: Channel }) => isCustomer(channel);

/** The caller's first line of substance that asks for something, says what is wrong, or is no answer to a question. */
function reasonOf(lines: readonly ReadLine[]): RecapSentence[] {
  const first = lines.filter(isOfCustomer).slice(0, REASON_WITHIN_LINES);
  const substantial = first.filter(({ words }) => words >= SUBSTANTIAL_WORDS);
  const line = substantial.find((each) => pointOf(each) ?? !isAnswer(lines, each.index));
  return line ? [quoted('reason', line, pointOf(line))] : [];
}

/** What the caller answers to whether there is anything else. */
function furtherReasons(lines: readonly ReadLine[]): RecapSentence[] {
  return lines.flatMap((line) => {
    if (isOfCustomer(line) || !line.find('anythingElse')) return [];
    const [next] = lines.slice(line.index + 1);
    if (!next || !isOfCustomer(next) || next.words < SUBSTANTIAL_WORDS || next.find('closing')) return [];
    const at = pointOf(next);
    return at ? [quoted('reason', next, at)] : [];
  });
}

/** What makes a caller's line one of substance. */
function pointOf(line: ReadLine) {
  return line.find('demands') ?? line.find('trouble') ?? line.find('asked');
}

/** Whether the agent asked something just before. */
function isAnswer(lines: readonly ReadLine[], index: number): boolean {
  const before = lines[index - 1];
  return before !== undefined && !isOfCustomer(before) && isQuestion(before);
}

/** Where alerts fired, the gravest first and of those the last, then where the mood turned most. */
function momentsOf(lines: readonly ReadLine[], alerts: Alerts): RecapSentence[] {
  const bySeq = new Map(lines.map((line) => [line.seq, line]));
  const seen = new Set<number>();
  const fired = alerts
    .toSorted((a, b) => b.severity - a.severity || b.seq - a.seq)
    .flatMap(({ seq, ruleName }) => {
      const line = bySeq.get(seq);
      if (!line || seen.has(seq)) return [];
      seen.add(seq);
      return [quoted('moment', line, pointOf(line), { ruleName })];
    });
  const turn = turningPointOf(lines);
  const isNear = turn && fired.some(({ seqs }) => Math.abs((bySeq.get(seqs[0] ?? 0)?.index ?? 0) - turn.index) <= 2);
  return turn && !isNear ? [...fired, quoted('moment', turn)] : fired;
}

function turningPointOf(lines: readonly ReadLine[]): ReadLine | undefined {
  const scored = lines.filter((line) => isOfCustomer(line) && line.score !== undefined);
  let best: { line: ReadLine; by: number } | undefined;
  for (let at = MOOD_SPAN; at + MOOD_SPAN <= scored.length; at++) {
    const by = Math.abs(meanOf(scored.slice(at, at + MOOD_SPAN)) - meanOf(scored.slice(at - MOOD_SPAN, at)));
    const line = scored[at];
    if (line && by >= TURNING_POINT && by > (best?.by ?? 0)) best = { line, by };
  }
  return best?.line;
}

function meanOf(lines: readonly ReadLine[]): number {
  return lines.reduce((sum, { score = 0 }) => sum + score, 0) / lines.length;
}

const isQuestion = ({ text }: RecapLine) => text.trimEnd().endsWith('?');

function doneIn(lines: readonly ReadLine[]): RecapSentence[] {
  return distinct(
    lines.flatMap((line) => {
      const at = isOfCustomer(line) || isQuestion(line) ? undefined : line.find('done');
      return at ? [quoted('done', line, at)] : [];
    }),
  );
}

function promisesIn(lines: readonly ReadLine[]): RecapSentence[] {
  return distinct(lines.flatMap((line) => promiseIn(line) ?? []));
}

function promiseIn(line: ReadLine): RecapSentence | undefined {
  const at = isQuestion(line) ? undefined : line.find(line.channel === 'caller' ? 'promisedByCaller' : 'promised');
  if (!at) return undefined;
  const due = dueIn(quoteAround(line.text, at));
  return quoted('promised', line, at, due === undefined ? {} : { due });
}

/** Those that say the same are said once: the last. */
function distinct(sentences: readonly RecapSentence[]): RecapSentence[] {
  const byText = new Map(sentences.map((sentence) => [sentence.text.toLowerCase(), sentence]));
  return [...byText.values()].sort((a, b) => (a.seqs[0] ?? 0) - (b.seqs[0] ?? 0));
}

/** What the caller asked or demanded, and nobody answered; what was demanded needs a promise or a deed. */
function openIn(lines: readonly ReadLine[], reason: readonly RecapSentence[]): RecapSentence[] {
  const known = new Set(reason.flatMap(({ seqs }) => seqs));
  return distinct(
    lines.flatMap((line) => {
      if (!isOfCustomer(line)) return [];
      const demand = line.find('demands');
      const after = lines.slice(line.index + 1);
      const answers = after.filter((each) => !isOfCustomer(each)).slice(0, ANSWER_WITHIN_LINES);
      const isSettled = answers.some((answer) => answer.find('promised') ?? answer.find('done'));
      if (demand) return isSettled ? [] : [quoted('open', line, demand)];
      const asked = line.words >= SUBSTANTIAL_WORDS ? line.find('asked') : undefined;
      if (!asked || known.has(line.seq)) return [];
      return answers.length === 0 ? [quoted('open', line, asked)] : [];
    }),
  );
}

/** The caller's last line of substance, or of thanks. */
function endOf(lines: readonly ReadLine[], others: readonly RecapSentence[]): RecapSentence[] {
  const known = new Set(others.flatMap(({ seqs }) => seqs));
  const last = lines.slice(-ANSWER_WITHIN_LINES).filter((line) => isOfCustomer(line) && !known.has(line.seq));
  const line = last.findLast(({ words, score = 0 }) => words >= SUBSTANTIAL_WORDS || score !== 0) ?? last.at(-1);
  return line ? [quoted('ended', line)] : [];
}

/** What was promised last, if it is recent; else what the caller said last. */
function nowOf(lines: readonly ReadLine[], taken: ReadonlySet<number>): RecapSentence | undefined {
  const recent = lines.slice(-ANSWER_WITHIN_LINES).filter(({ seq }) => !taken.has(seq));
  const promise = recent.toReversed().map(promiseIn).find(Boolean);
  if (promise) return promise;
  const line =
    lines.findLast((each) => isOfCustomer(each) && each.words >= SUBSTANTIAL_WORDS && !taken.has(each.seq)) ??
    recent.at(-1);
  return line && quoted('now', line, pointOf(line));
}
