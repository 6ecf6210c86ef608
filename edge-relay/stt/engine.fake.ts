import type { SttEngine } from './engine.ts';
import { CodedRecognizer, type CodedWord } from './coded-speech.fake.ts';

/** An engine in this process that understands coded speech: what it emits depends on the audio alone. */
export function openCodedEngine(): SttEngine {
  return {
    name: 'coded',
    replayRate: 100,
    maxChannels: 2,
    open: (format, _context, listener) => {
      const resultOf = (words: readonly CodedWord[], startMs: number, endMs: number, channelIndex: number) => ({
        channelIndex,
        text: words.map(({ text }) => text).join(' '),
        words,
        startMs,
        endMs,
      });
      const recognizers = Array.from(
        { length: format.channelCount },
        (_, channel) =>
          new CodedRecognizer(format, channel, {
            partial: (words, startMs, endMs) => {
              listener.partial(resultOf(words, startMs, endMs, channel));
            },
            final: (words, startMs, endMs) => {
              listener.final(resultOf(words, startMs, endMs, channel));
              listener.endpoint(channel);
            },
          }),
      );
      return Promise.resolve({
        bufferedBytes: 0,
        send: (audio) => {
          for (const recognizer of recognizers) recognizer.push(audio);
        },
        finish: () => {
          for (const recognizer of recognizers) recognizer.end();
          listener.closed();
        },
        abort: () => undefined,
      });
    },
    close: () => Promise.resolve(),
  };
}
