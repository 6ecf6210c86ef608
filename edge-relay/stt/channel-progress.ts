import type { SttResult, SttWord } from './engine.ts';
import { withoutFirstWords } from './result-times.ts';

/** Voice so shortly after a final is the end of what was made final. */
const SAME_VOICE_MS = 500;
/** Words of one channel that an engine may repeat. */
const REMEMBERED_WORDS = 200;
/** Words that no endpoint followed are an utterance after so much audio without new ones. */
const NO_NEW_WORDS_MS = 3_000;
/** An engine that makes so much silence final has found a pause of the speaker. */
const FINAL_SILENCE_MS = 1_000;

interface ChannelState {
  /** All before this is final. */
  finalMs: number;
  /** What the present connection says of the audio before this was final on an earlier one. */
  replayedToMs: number;
  /** The words that the present connection made final, with their times, the newest last. */
  finalWords: string[];
  /** Where the last words ended that no endpoint has followed. */
  unendedMs: number | undefined;
  /** Where the stream stood when a partial last brought other words. */
  newWordsMs: number;
  lastPartial: string;
  isFinalAsked: boolean;
  /** Whether a partial has come since the last final. */
  hasPartial: boolean;
  /** Audio that was lost and not yet reported with a final. */
  gapMs: number;
  /** Where voice last was. */
  voiceMs: number;
}

/** How far the speech of each channel is transcribed. Times are milliseconds since the beginning of the stream. */
export class ChannelProgress {
  readonly #channels: ChannelState[];
  gapCount = 0;

  constructor(channelCount: number) {
    this.#channels = Array.from({ length: channelCount }, newChannel);
  }

  /** `voices`: the channels on which somebody may be speaking, as bits. */
  voice(voices: number, atMs: number): void {
    if (voices === 0) return;
    for (let index = 0; index < this.#channels.length; index++)
      if (voices & (1 << index)) this.#channel(index).voiceMs = atMs;
  }

  /** `streamMs`: the length of the stream when it came. */
  partial({ channelIndex, text }: SttResult, streamMs: number): void {
    const channel = this.#channel(channelIndex);
    channel.hasPartial = text !== '';
    if (text === channel.lastPartial) return;
    channel.lastPartial = text;
    if (text !== '') channel.newWordsMs = streamMs;
  }

  /**
   * `sentMs`: the end of what was sent to the engine, beyond which nothing can be final.
   * @returns what had not been final before, and the gap before it; undefined when nothing is new.
   */
  final(result: SttResult, sentMs: number): { readonly result: SttResult; readonly gapBeforeMs: number } | undefined {
    const channel = this.#channel(result.channelIndex);
    const fresh = this.withoutFinalWords(result);
    channel.finalMs = Math.max(channel.finalMs, Math.min(Math.floor(result.endMs), sentMs));
    channel.hasPartial = channel.isFinalAsked = false;
    channel.lastPartial = '';
    if (!fresh) return undefined;
    channel.finalWords = [...channel.finalWords, ...fresh.words.map(identityOf)].slice(-REMEMBERED_WORDS);
    channel.unendedMs = channel.newWordsMs = Math.min(fresh.words.at(-1)?.endMs ?? fresh.endMs, sentMs);
    const gapBeforeMs = channel.gapMs;
    channel.gapMs = 0;
    return { result: fresh, gapBeforeMs };
  }

  /**
   * After a replay, words before the last final are not new. On an unbroken stream all are, wherever they begin, but
   * those that the connection has sent with these very times.
   */
  withoutFinalWords(result: SttResult): SttResult | undefined {
    const { replayedToMs, finalWords } = this.#channel(result.channelIndex);
    return withoutFirstWords(
      result,
      (word) => (word.startMs + word.endMs) / 2 < replayedToMs || finalWords.includes(identityOf(word)),
    );
  }

  /** The engine gave up on audio of a channel: it is not sent again, and is a gap. */
  gaveUp(channelIndex: number, startMs: number, endMs: number): void {
    const channel = this.#channel(channelIndex);
    const lostMs = endMs - Math.max(startMs, channel.finalMs);
    if (lostMs <= 0) return;
    channel.finalMs = endMs;
    channel.hasPartial = false;
    this.#gap([channel], lostMs);
  }

  /** The speaker paused after the words so far. */
  ended(channelIndex: number): void {
    this.#channel(channelIndex).unendedMs = undefined;
  }

  /** Whether a final without words says that the speaker has paused, which the engine does not say itself. */
  isPause({ channelIndex, text, startMs, endMs }: SttResult): boolean {
    return text === '' && endMs - startMs > FINAL_SILENCE_MS && this.#channel(channelIndex).unendedMs !== undefined;
  }

  /** Channels whose last words no endpoint followed, and after which nothing new has come for long. */
  overdueEndpoints(streamMs: number): number[] {
    return this.#indexesOf(
      ({ unendedMs, hasPartial, newWordsMs }) =>
        unendedMs !== undefined && !hasPartial && streamMs - Math.max(unendedMs, newWordsMs) > NO_NEW_WORDS_MS,
    );
  }

  /** Channels whose partial has not changed for long and is not made final; each is named once. */
  overdueFinals(streamMs: number): number[] {
    const overdue = this.#indexesOf(
      ({ hasPartial, isFinalAsked, newWordsMs }) =>
        hasPartial && !isFinalAsked && streamMs - newWordsMs > NO_NEW_WORDS_MS,
    );
    for (const index of overdue) this.#channel(index).isFinalAsked = true;
    return overdue;
  }

  #indexesOf(matches: (channel: ChannelState) => boolean): number[] {
    return this.#channels.flatMap((channel, index) => (matches(channel) ? [index] : []));
  }

  /** There was voice on the channel since its last final. */
  isUnsettled(channelIndex: number): boolean {
    const { hasPartial, voiceMs, finalMs } = this.#channel(channelIndex);
    return hasPartial || voiceMs - finalMs > SAME_VOICE_MS;
  }

  get isSpeechUnderWay(): boolean {
    return this.#channels.some((_, index) => this.isUnsettled(index));
  }

  /** From where on a replay would need the audio; of a channel that is settled, from `settledMs` on. */
  neededFromMs(settledMs: number): number {
    let neededMs = Infinity;
    for (let index = 0; index < this.#channels.length; index++) {
      const { finalMs } = this.#channel(index);
      neededMs = Math.min(neededMs, this.isUnsettled(index) ? finalMs : Math.max(finalMs, settledMs));
    }
    return neededMs;
  }

  /** The audio is gone before any engine has transcribed it. */
  lost(durationMs: number): void {
    this.#gap(this.#channels, durationMs);
  }

  /** The connection is gone, and with it what it knew of words whose audio before `keptFromMs` is not kept. */
  connectionLost(keptFromMs: number): void {
    for (const channel of this.#channels) {
      const forgottenMs = keptFromMs - channel.finalMs;
      if (channel.hasPartial && forgottenMs > 0) this.#gap([channel], forgottenMs);
    }
  }

  /** Nothing is under way on a connection that was left, and the next one may repeat what was final. */
  leaveConnection(): void {
    for (const channel of this.#channels) {
      channel.hasPartial = channel.isFinalAsked = false;
      channel.lastPartial = '';
      channel.finalWords = [];
      channel.replayedToMs = channel.finalMs;
    }
  }

  #gap(channels: readonly ChannelState[], durationMs: number): void {
    if (this.#channels.every(({ gapMs }) => gapMs === 0)) this.gapCount++;
    for (const channel of channels) channel.gapMs += durationMs;
  }

  #channel(index: number): ChannelState {
    return (this.#channels[index] ??= newChannel());
  }
}

function newChannel(): ChannelState {
  return {
    finalMs: 0,
    replayedToMs: 0,
    finalWords: [],
    unendedMs: undefined,
    newWordsMs: 0,
    lastPartial: '',
    isFinalAsked: false,
    hasPartial: false,
    gapMs: 0,
    voiceMs: 0,
  };
}

function identityOf({ text, startMs, endMs }: SttWord): string {
  return `${startMs} ${endMs} ${text}`;
}
