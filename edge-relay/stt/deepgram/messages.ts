import { z } from 'zod';
import { canonicalTag } from '#core/language.ts';
import { mostCounted } from '../../call/utterances.ts';
import type { SttListener, SttResult } from '../engine.ts';
import { wordsWithTimes } from '../spread-words.ts';

/** Times of words that come a little before the stream's beginning, or not at all, must not cost the words. */
const seconds = z.number().catch(0).transform(notNegative);
const secondsOfWord = z.number().transform(notNegative).optional().catch(undefined);

function notNegative(value: number): number {
  return Math.max(0, value);
}

const wordSchema = z.object({
  word: z.string().catch(''),
  punctuated_word: z.string().optional().catch(undefined),
  start: secondsOfWord,
  end: secondsOfWord,
  confidence: z.number().optional().catch(undefined),
  /** Sent by multilingual models alone. */
  language: z.string().optional().catch(undefined),
});

const alternativeSchema = z.object({
  transcript: z.string().catch(''),
  confidence: z.number().optional().catch(undefined),
  words: z.array(wordSchema).catch([]),
  /** Of a multilingual model: what was spoken, most of it first. */
  languages: z.array(z.string()).catch([]),
});

const messageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Results'),
    channel_index: z.array(z.int().nonnegative()).catch([0]),
    start: seconds,
    duration: seconds,
    is_final: z.boolean().catch(false),
    speech_final: z.boolean().catch(false),
    channel: z.object({ alternatives: z.array(alternativeSchema).catch([]) }),
  }),
  z.object({ type: z.literal('UtteranceEnd'), channel: z.array(z.int().nonnegative()).catch([0]) }),
]);

/** Emits the result in one of Deepgram's messages; messages that are not about speech are ignored. */
export function emitDeepgramMessage(
  message: unknown,
  listener: Pick<SttListener, 'partial' | 'final' | 'endpoint'>,
): void {
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success) return;
  if (parsed.data.type === 'UtteranceEnd') {
    listener.endpoint(parsed.data.channel[0] ?? 0);
    return;
  }
  const { is_final: isFinal, speech_final: isEndpoint } = parsed.data;
  const result = resultOf(parsed.data);
  if (isFinal) listener.final(result);
  else listener.partial(result);
  if (isEndpoint) listener.endpoint(result.channelIndex);
}

type Results = Extract<z.infer<typeof messageSchema>, { type: 'Results' }>;

function resultOf({ channel_index, start, duration, channel }: Results): SttResult {
  const best = channel.alternatives[0];
  const words = (best?.words ?? []).map(({ word, punctuated_word: text = word, start: from, end, confidence }) => ({
    text,
    startMs: from === undefined ? undefined : milliseconds(from),
    endMs: end === undefined ? undefined : milliseconds(end),
    confidence,
  }));
  const text = best?.transcript === '' ? words.map((word) => word.text).join(' ') : (best?.transcript ?? '');
  const spoken = { text, startMs: milliseconds(start), endMs: milliseconds(start + duration) };
  const timed = wordsWithTimes(words, spoken);
  const language = best && languageOf(best);
  return {
    channelIndex: channel_index[0] ?? 0,
    ...spoken,
    endMs: Math.max(spoken.endMs, timed.at(-1)?.endMs ?? 0),
    words: timed,
    ...(language !== undefined && { language }),
    ...(best?.confidence !== undefined && { confidence: best.confidence }),
  };
}

/** By its words, where they say: the order of the list is not the same in all versions of the service. */
function languageOf({ words, languages }: z.infer<typeof alternativeSchema>): string | undefined {
  const counts = new Map<string, number>();
  for (const { language } of words) if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  return canonicalTag(mostCounted(counts) ?? languages[0] ?? '');
}

const milliseconds = (value: number) => Math.round(value * 1_000);
