import { Resampler } from '../../audio/resampler.ts';
import { samplesOf } from '../../audio/samples.ts';
import { tokenize } from '#core/text/tokens.ts';
import { type AudioFormat, bytesPerMs, type SttResult, type SttWord } from '../engine.ts';
import { isInvented } from '../invented-text.ts';
import { findRepetition, withoutRepetitions } from '../repetition.ts';
import { audioOfCut, quietestPlace, type SpeechCut } from '../speech-cutter.ts';
import { spreadWords } from '../spread-words.ts';
import type { OfflineRecognizer, Vad } from './library.ts';
import { DETECTOR_RATE, hasVoice } from './voice-gate.ts';
import { calm, wordsOfTokens } from './words.ts';

/** Less voice than this is none: a model of this kind makes words of whatever it is given. */
const MIN_VOICED_MS = 200;
/** Nobody says more words than these in the time that a voice was there. */
const MOST_WORDS = 2;
const MOST_WORDS_PER_SECOND = 7;
/** How long a person needs for so many words at least. */
const shortestMs = (wordCount: number) => ((wordCount - MOST_WORDS) / MOST_WORDS_PER_SECOND) * 1_000;
/** The pause after the words helps to find their end; more of it only costs time. */
const AFTER_VOICE_MS = 240;
/** A model that goes round in circles is given shorter audio, but nothing below this. */
const MIN_HALF_MS = 1_500;
/** Said so often in a row, it is worth a second look; what is left of it is judged as invented text is. */
const suspectRepeats = (wordCount: number) => (wordCount === 1 ? 4 : wordCount < 4 ? 3 : 2);
const mostRepeats = (wordCount: number) => (wordCount === 1 ? 7 : 3);

/** What a model makes of audio: a text, and the times of its words since the beginning of the audio where it knows them. */
interface Recognized {
  readonly text: string;
  readonly words: readonly SttWord[];
}

const NOTHING: Recognized = { text: '', words: [] };

/** Transcribes pieces of speech with a model that takes whole pieces, and lets nothing through where nobody spoke. */
export class PieceRecognizer {
  readonly #recognizer: OfflineRecognizer;
  readonly #detector: Vad;

  constructor(recognizer: OfflineRecognizer, detector: Vad) {
    this.#recognizer = recognizer;
    this.#detector = detector;
  }

  /** Blocks. The result has no text where nobody spoke. */
  recognize(cut: SpeechCut, sampleRate: AudioFormat['sampleRate']): SttResult {
    const { startMs, endMs } = cut;
    const samples = atDetectorRate(samplesOf(audioOf(cut, { sampleRate, channelCount: 1 })), sampleRate);
    const { text, words } = this.#recognize(samples);
    const said = cut.isUnfinished ? text.replace(/[.…]+$/, '') : text;
    return { channelIndex: 0, text: said, startMs, endMs, words: wordsOf(said, words, cut) };
  }

  #recognize(samples: Float32Array): Recognized {
    if (!hasVoice(this.#detector, samples, MIN_VOICED_MS)) return NOTHING;
    const recognized = this.#decode(samples);
    const { text } = recognized;
    if (isInvented(text)) return NOTHING;
    const isTooMuch = !hasVoice(this.#detector, samples, shortestMs(tokenize(text).length));
    if (!isTooMuch && !findRepetition(text, suspectRepeats)) return recognized;
    if (samples.length >= 2 * MIN_HALF_MS * (DETECTOR_RATE / 1_000)) return this.#recognizeHalves(samples);
    return isTooMuch ? NOTHING : { text: withoutRepetitions(text, mostRepeats), words: [] };
  }

  /** Each half by itself, cut at the quietest place. */
  #recognizeHalves(samples: Float32Array): Recognized {
    const place = middleOf(samples);
    const [first, second] = [samples.subarray(0, place), samples.subarray(place)].map((half) => this.#recognize(half));
    const texts = [first?.text.replace(/[.…]+$/, ''), second?.text].filter(Boolean);
    return { text: texts.join(' '), words: [] };
  }

  #decode(samples: Float32Array): Recognized {
    const stream = this.#recognizer.createStream();
    stream.acceptWaveform({ samples, sampleRate: DETECTOR_RATE });
    this.#recognizer.decode(stream);
    const { text, tokens = [], timestamps = [] } = this.#recognizer.getResult(stream);
    const isTimed = timestamps.length > 0 && timestamps.length === tokens.length;
    return {
      text: calm(text.trim()),
      words: isTimed ? wordsOfTokens({ text, tokens, timestamps, start_time: 0 }) : [],
    };
  }
}

function audioOf(cut: SpeechCut, format: AudioFormat): Buffer {
  const endMs = Math.min(cut.endMs, cut.voiceEndMs + AFTER_VOICE_MS);
  const audio = cut.audio.subarray(0, Math.round(endMs - cut.startMs) * bytesPerMs(format));
  return audioOfCut({ ...cut, endMs, audio }, format);
}

/** The model's own times where they are of these very words; else the words spread over the time of the voice. */
function wordsOf(text: string, timed: readonly SttWord[], { startMs, voiceStartMs, voiceEndMs }: SpeechCut): SttWord[] {
  if (timed.length > 0 && timed.map((word) => word.text).join(' ') === text)
    return timed.map((word) => ({ ...word, startMs: word.startMs + startMs, endMs: word.endMs + startMs }));
  return spreadWords({ text, startMs: voiceStartMs, endMs: voiceEndMs });
}

const STEP_SAMPLES = DETECTOR_RATE / 50;

/** The quietest place in the middle third. */
function middleOf(samples: Float32Array): number {
  const energies = Array.from({ length: Math.floor(samples.length / STEP_SAMPLES) }, (_, step) =>
    samples
      .subarray(step * STEP_SAMPLES, (step + 1) * STEP_SAMPLES)
      .reduce((energy, sample) => energy + sample * sample, 0),
  );
  return quietestPlace(energies, Math.floor(energies.length / 3), Math.ceil((2 * energies.length) / 3)) * STEP_SAMPLES;
}

function atDetectorRate(samples: Int16Array, sampleRate: number): Float32Array {
  const raised = sampleRate === DETECTOR_RATE ? samples : new Resampler(sampleRate, DETECTOR_RATE).push(samples);
  return Float32Array.from(raised, (sample) => sample / 32_768);
}
