import { tokenize } from '#core/text/tokens.ts';
import { findRepetition } from './repetition.ts';

/**
 * Models of the Whisper kind write something where nobody speaks: a name for the sound, or the same few words over and
 * over. What a person may well have said ("thank you for watching") is no such thing: whether a voice was there has to
 * be judged by the audio.
 */

/** Only marks for sounds and music: `[BLANK_AUDIO]`, `(music)`, `*coughs*`, `♪ ♪`, in any nesting and number. */
const MARKS = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|<[^>]*>|[♪♫♩♬]/gu;

/** Nobody says the same words so many times in a row: one word, or several. */
const mostRepeats = (wordCount: number) => (wordCount === 1 ? 7 : 3);

/** Whether a model made a text up, as far as the text alone shows. */
export function isInvented(text: string): boolean {
  const spoken = text.replace(MARKS, ' ');
  if (tokenize(spoken).length === 0) return text.trim() !== '';
  const repetition = findRepetition(spoken, mostRepeats);
  if (!repetition) return false;
  const { start, end } = repetition;
  return tokenize(spoken.slice(0, start)).length === 0 && tokenize(spoken.slice(end)).length === 0;
}
