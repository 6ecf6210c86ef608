import type { Item, Result } from '@aws-sdk/client-transcribe-streaming';
import type { SttListener, SttResult, SttWord } from '../engine.ts';

/** Emits one of Transcribe's results. It ends a result where the speaker pauses, so a final is an endpoint too. */
export function emitTranscribeResult(
  result: Result,
  listener: Pick<SttListener, 'partial' | 'final' | 'endpoint'>,
): void {
  const told = resultOf(result);
  if (result.IsPartial) {
    listener.partial(told);
    return;
  }
  listener.final(told);
  listener.endpoint(told.channelIndex);
}

function resultOf({ ChannelId, StartTime = 0, EndTime = 0, Alternatives }: Result): SttResult {
  const best = Alternatives?.[0];
  const words = wordsOf(best?.Items ?? []);
  const known = words.flatMap(({ confidence }) => confidence ?? []);
  return {
    channelIndex: Number(/^ch_(\d+)$/.exec(ChannelId ?? '')?.[1] ?? 0),
    text: best?.Transcript ?? '',
    startMs: milliseconds(StartTime),
    endMs: milliseconds(EndTime),
    words,
    ...(known.length > 0 && { confidence: known.reduce((sum, value) => sum + value, 0) / known.length }),
  };
}

/** Punctuation comes as an item of its own and belongs to the word before it. */
function wordsOf(items: readonly Item[]): SttWord[] {
  const words: SttWord[] = [];
  for (const { Type, Content = '', StartTime = 0, EndTime = 0, Confidence } of items) {
    const last = words.at(-1);
    if (Type === 'punctuation') {
      if (last) words[words.length - 1] = { ...last, text: last.text + Content };
    } else
      words.push({
        text: Content,
        startMs: milliseconds(StartTime),
        endMs: milliseconds(EndTime),
        ...(Confidence !== undefined && { confidence: Confidence }),
      });
  }
  return words;
}

const milliseconds = (seconds: number) => Math.round(seconds * 1_000);
