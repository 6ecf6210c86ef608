import { z } from 'zod';
import type { SttListener, SttResult } from '../engine.ts';

const seconds = z.number().nonnegative();

const wordSchema = z.object({
  word: z.string(),
  punctuated_word: z.string().optional(),
  start: seconds,
  end: seconds,
  confidence: z.number().optional(),
});

const messageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Results'),
    channel_index: z.array(z.int().nonnegative()).min(1),
    start: seconds,
    duration: seconds,
    is_final: z.boolean().default(false),
    speech_final: z.boolean().default(false),
    channel: z.object({
      alternatives: z.array(
        z.object({ transcript: z.string(), confidence: z.number().optional(), words: z.array(wordSchema).default([]) }),
      ),
    }),
  }),
  z.object({ type: z.literal('UtteranceEnd'), channel: z.array(z.int()).default([0]) }),
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
  return {
    channelIndex: channel_index[0] ?? 0,
    text: best?.transcript ?? '',
    startMs: milliseconds(start),
    endMs: milliseconds(start + duration),
    words: (best?.words ?? []).map((word) => ({
      text: word.punctuated_word ?? word.word,
      startMs: milliseconds(word.start),
      endMs: milliseconds(word.end),
      ...(word.confidence !== undefined && { confidence: word.confidence }),
    })),
    ...(best?.confidence !== undefined && { confidence: best.confidence }),
  };
}

const milliseconds = (value: number) => Math.round(value * 1_000);
