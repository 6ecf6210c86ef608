import { z } from 'zod';
import type { SttResult } from '../engine.ts';
import { whisperTag } from '../languages.ts';
import { isInvented } from '../invented-text.ts';
import { type ReceivedWord, wordsWithTimes } from '../spread-words.ts';

/** The piece of speech that was sent, in milliseconds since the first sample of its stream. */
interface Piece {
  readonly startMs: number;
  readonly endMs: number;
}

/** An answer in which no text can be found. */
export class UnreadableAnswerError extends Error {
  override readonly name = 'UnreadableAnswerError';
}

const optionalNumber = z.number().optional().catch(undefined);

const segmentSchema = z.object({
  text: z.string().catch(''),
  start: optionalNumber,
  end: optionalNumber,
  no_speech_prob: optionalNumber,
  avg_logprob: optionalNumber,
  compression_ratio: optionalNumber,
});
type Segment = z.infer<typeof segmentSchema>;

/** `verbose_json`, `json`, and what servers make of them. */
const answerSchema = z.object({
  text: z.string().optional().catch(undefined),
  /** A name such as `english`, or a code. */
  language: z.string().optional().catch(undefined),
  words: z
    .array(z.object({ word: z.string(), start: optionalNumber, end: optionalNumber }))
    .nullish()
    .catch(undefined),
  segments: z.array(segmentSchema).nullish().catch(undefined),
});
type Answer = z.infer<typeof answerSchema>;

/**
 * The result of a piece of speech from a server's answer: `verbose_json` with the times of words and the segments'
 * probabilities, plain `json`, a JSON string, or plain text. What the model invented is left out.
 * @throws {UnreadableAnswerError} when there is no text in it
 */
export function resultOfAnswer(body: string, contentType: string | null, piece: Piece): SttResult {
  const { text: whole, language: named, words, segments } = readAnswer(body, contentType);
  const kept = (segments ?? []).filter((segment) => !isDoubtful(segment));
  const isWhole = kept.length === (segments ?? []).length;
  const said = isWhole && whole !== undefined ? whole : kept.map(({ text }) => text.trim()).join(' ');
  const text = isInvented(said) ? '' : said.trim();
  const spoken = { text, startMs: piece.startMs, endMs: piece.endMs };
  const language = named && whisperTag(named);
  const received = isWhole ? words : words?.filter((word) => kept.some((segment) => isIn(word, segment)));
  return {
    channelIndex: 0,
    ...spoken,
    ...(language !== undefined && { language }),
    words: text === '' ? [] : wordsWithTimes((received ?? []).map(wordIn(piece)), spoken),
  };
}

function readAnswer(body: string, contentType: string | null): Answer {
  const value = jsonIn(body);
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'object' && value !== null)
    return readObject(Array.isArray(value) ? { segments: value } : value);
  if (/\bjson\b/.test(contentType ?? '')) throw new UnreadableAnswerError('the server answered with broken JSON');
  if (/\bhtml\b/.test(contentType ?? '') || /^\s*</.test(body))
    throw new UnreadableAnswerError('the server answered with a web page: is this the address of its API?');
  return { text: body };
}

function readObject(value: object): Answer {
  const answer = answerSchema.parse(value);
  if (answer.text === undefined && !answer.segments)
    throw new UnreadableAnswerError('the server answered without a text');
  return answer;
}

/** Undefined when it is no JSON. */
function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** By the thresholds that Whisper's own decoder uses (openai/whisper, `transcribe.py`). */
function isDoubtful({
  text,
  no_speech_prob: noSpeech = 0,
  avg_logprob: logProb = 0,
  compression_ratio: ratio = 0,
}: Segment) {
  return (noSpeech > 0.6 && logProb < -1) || ratio > 2.4 || isInvented(text);
}

function isIn({ start, end }: { start?: number | undefined; end?: number | undefined }, segment: Segment): boolean {
  if (start === undefined || end === undefined) return true;
  const middle = (start + end) / 2;
  return middle >= (segment.start ?? -Infinity) && middle <= (segment.end ?? Infinity);
}

/** Times of a word within its piece: what was put behind it is no part of it. */
function wordIn({ startMs, endMs }: Piece) {
  const at = (seconds: number | undefined) =>
    seconds === undefined ? undefined : Math.min(endMs, Math.max(startMs, Math.round(startMs + seconds * 1_000)));
  return ({ word, start, end }: NonNullable<Answer['words']>[number]): ReceivedWord => ({
    text: word,
    startMs: at(start),
    endMs: at(end),
  });
}
