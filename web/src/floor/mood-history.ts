/** The floor's mood at one time. */
export interface MoodSample {
  readonly at: number;
  readonly mood: number;
}

/** A sample so often, and so many of them: the last quarter of an hour. */
const SAMPLE_EVERY_MS = 15_000;
const SAMPLES = 60;

/** The history with the mood of now, where a new sample is due. */
export function withSample(
  history: readonly MoodSample[],
  mood: number | undefined,
  now: number,
): readonly MoodSample[] {
  const last = history.at(-1);
  if (mood === undefined || (last && now - last.at < SAMPLE_EVERY_MS)) return history;
  return [...history, { at: now, mood }].slice(-SAMPLES);
}
