import type { Item, Result } from '@aws-sdk/client-transcribe-streaming';
import { canonicalTag } from '#core/language.ts';
import type { SttListener, SttResult } from '../engine.ts';
import { type ReceivedWord, wordsWithTimes } from '../spread-words.ts';

/** Emits one of Transcribe's results. It ends a result where the speaker pauses, so a final is an endpoint too. */
export function emitTranscribeResult(
  result: Result,
  listener: Pick<SttListener, 'partial' | 'final' | 'endpoint'>,
): void {
  const parsed = resultOf(result);
  if (result.IsPartial) {
    listener.partial(parsed);
    return;
  }
  listener.final(parsed);
  listener.endpoint(parsed.channelIndex);
}

function resultOf({ ChannelId, StartTime = 0, EndTime = 0, Alternatives, LanguageCode }: Result): SttResult {
  const best = Alternatives?.[0];
  const items = wordsOf(best?.Items ?? []);
  const text = best?.Transcript ?? items.map((item) => item.text).join(' ');
  const startMs = milliseconds(StartTime);
  const spoken = { text, startMs, endMs: Math.max(startMs, milliseconds(EndTime)) };
  const words = wordsWithTimes(items, spoken);
  // Sent only where Transcribe was asked to find it out.
  const language = LanguageCode && canonicalTag(LanguageCode);
  const known = words.flatMap(({ confidence }) => confidence ?? []);
  return {
    channelIndex: Number(/^ch_(\d+)$/.exec(ChannelId ?? '')?.[1] ?? 0),
    ...spoken,
    endMs: Math.max(spoken.endMs, words.at(-1)?.endMs ?? 0),
    words,
    ...(language !== undefined && { language }),
    ...(known.length > 0 && { confidence: known.reduce((sum, value) => sum + value, 0) / known.length }),
  };
}

/** Punctuation comes as an item of its own and belongs to the word before it. */
function wordsOf(items: readonly Item[]): ReceivedWord[] {
  const words: ReceivedWord[] = [];
  for (const { Type, Content = '', StartTime, EndTime, Confidence } of items) {
    const last = words.at(-1);
    if (Type === 'punctuation') {
      if (last) words[words.length - 1] = { ...last, text: last.text + Content };
    } else
      words.push({
        text: Content,
        startMs: StartTime === undefined ? undefined : milliseconds(StartTime),
        endMs: EndTime === undefined ? undefined : milliseconds(EndTime),
        confidence: Confidence,
      });
  }
  return words;
}

const milliseconds = (seconds: number) => Math.round(seconds * 1_000);
