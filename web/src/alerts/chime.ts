import type { Level } from '#core/alert.ts';

/** Tones of each level in Hz; the more severe, the more of them. */
const tones: Record<Level, readonly number[]> = {
  warning: [660],
  urgent: [660, 880],
  critical: [880, 660, 880],
};

const TONE_S = 0.18;
const VOLUME = 0.12;

let context: AudioContext | undefined;

/** Sounds an alert level. A browser that has not been touched yet stays silent. */
export function chime(level: Level): void {
  context ??= new AudioContext();
  const audio = context;
  tones[level].forEach((frequency, index) => {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    const startS = audio.currentTime + index * TONE_S;
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(VOLUME, startS);
    gain.gain.exponentialRampToValueAtTime(0.001, startS + TONE_S);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(startS);
    oscillator.stop(startS + TONE_S);
  });
}
