import type { SttResult } from './engine.ts';
import { withoutWordsBefore } from './result-times.ts';

/** Voice so shortly after a final is the end of what was made final. */
const SAME_VOICE_MS = 500;

interface ChannelState {
  /** All before this is final. */
  finalMs: number;
  /** Whether a partial has come since the last final. */
  hasPartial: boolean;
  /** Audio that was lost and not yet reported with a final. */
  gapMs: number;
  /** Where voice was last heard. */
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

  partial({ channelIndex, text }: SttResult): void {
    this.#channel(channelIndex).hasPartial = text !== '';
  }

  /**
   * `sentMs`: the end of what was sent to the engine, beyond which nothing can be final.
   * @returns what had not been final before, and the gap before it; undefined when nothing is new.
   */
  final(result: SttResult, sentMs: number): { readonly result: SttResult; readonly gapBeforeMs: number } | undefined {
    const channel = this.#channel(result.channelIndex);
    const fresh = this.withoutFinalWords(result);
    channel.finalMs = Math.max(channel.finalMs, Math.min(Math.floor(result.endMs), sentMs));
    channel.hasPartial = false;
    if (!fresh) return undefined;
    const gapBeforeMs = channel.gapMs;
    channel.gapMs = 0;
    return { result: fresh, gapBeforeMs };
  }

  withoutFinalWords(result: SttResult): SttResult | undefined {
    return withoutWordsBefore(result, this.#channel(result.channelIndex).finalMs);
  }

  /** Voice was heard on the channel since its last final. */
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

  /** Nothing is under way on a connection that was left. */
  forgetPartials(): void {
    for (const channel of this.#channels) channel.hasPartial = false;
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
  return { finalMs: 0, hasPartial: false, gapMs: 0, voiceMs: 0 };
}
