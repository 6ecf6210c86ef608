import { samplesOf } from '../../edge-relay/audio/samples.ts';
import { codedSpeech, type SpeechCode } from '../../edge-relay/stt/coded-speech.fake.ts';

const FORMAT = { sampleRate: 8_000, channelCount: 1 } as const;
/** As coded speech has it: silence before the first word, a word with the silence after it, and after each sentence. */
const LEAD_MS = 200;
const WORD_MS = 200;
const STEP_MS = 240;
const PAUSE_MS = 600;
/** The level of word 0; each further word is one louder, so that no two words of a side are alike. */
const FIRST_LEVEL = 2_000;
const MAX_LEVEL = 32_767;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A word that was spoken, in milliseconds since the side began to speak. */
export interface SpokenWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface Speech {
  readonly words: readonly SpokenWord[];
  readonly samples: Int16Array;
}

/** Words by their numbers: word 0 is "xaaaa". Nothing in them is a digit, which the relay would remove. */
export const NUMBERED_CODE: SpeechCode = {
  levelOf: (word) => FIRST_LEVEL + numberOf(word),
  wordAt: (level) => (level < FIRST_LEVEL ? undefined : wordOf(level - FIRST_LEVEL)),
};

/** Sentences of random lengths without end, of words that are spoken once each. */
export function speakFor(durationMs: number, random: () => number): Speech {
  const words: SpokenWord[] = [];
  const sentences: string[] = [];
  for (let atMs = LEAD_MS; atMs < durationMs; atMs += PAUSE_MS) {
    const sentence: string[] = [];
    for (let count = 1 + Math.floor(random() * 9); count > 0; count--) {
      const text = wordOf(words.length);
      sentence.push(text);
      words.push({ text, startMs: atMs, endMs: atMs + WORD_MS });
      atMs += STEP_MS;
    }
    sentences.push(sentence.join(' '));
  }
  if (FIRST_LEVEL + words.length > MAX_LEVEL)
    throw new Error('more words than there are levels: fewer restarts, please');
  return { words, samples: samplesOf(codedSpeech(sentences, FORMAT, NUMBERED_CODE)) };
}

/** The number of a word, the other way round than {@link wordOf}. */
export function numberOf(word: string): number {
  return Array.from(word.slice(1)).reduce((number, letter) => LETTERS.length * number + LETTERS.indexOf(letter), 0);
}

function wordOf(number: number): string {
  const letterAt = (place: number) => LETTERS[Math.floor(number / LETTERS.length ** place) % LETTERS.length] ?? '';
  return `x${letterAt(3)}${letterAt(2)}${letterAt(1)}${letterAt(0)}`;
}
