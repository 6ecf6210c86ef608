import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const RATE = 8_000;

/** One sound of a line without anybody speaking; a sample between -1 and 1 at a time in seconds. */
type Sound = (seconds: number, random: () => number) => number;

const sine = (hertz: number, seconds: number) => Math.sin(2 * Math.PI * hertz * seconds);
/** On for some seconds, then off. */
const cadence = (seconds: number, on: number, off: number) => (seconds % (on + off) < on ? 1 : 0);
const noise = (random: () => number) => random() + random() + random() - 1.5;
/** Middle C upwards, as half tones. */
const note = (halfTones: number) => 261.6 * 2 ** (halfTones / 12);
const at = (melody: readonly number[], index: number) => note(melody[Math.floor(index) % melody.length] ?? 0);
const MELODY = [0, 4, 7, 12, 9, 5, 2, 7];
const CHORDS = [0, -3, -7, -5];
const KEYS = [
  [697, 1_209],
  [770, 1_336],
  [852, 1_477],
  [941, 1_336],
] as const;

const sounds = {
  silence: () => 0,
  dither: (_, random) => Math.round(2 * random() - 1) / 32_768,
  'white noise': (_, random) => 0.05 * noise(random),
  'loud white noise': (_, random) => 0.2 * noise(random),
  'a tone': (t) => 0.25 * sine(440, t),
  'a tone of 1 kHz, on and off': (t) => 0.25 * sine(1_000, t) * cadence(t, 1, 1),
  'American ring-back': (t) => 0.15 * (sine(440, t) + sine(480, t)) * cadence(t, 2, 4),
  'British ring-back': (t) => 0.15 * (sine(400, t) + sine(450, t)) * (t % 3 < 1 ? cadence(t % 3, 0.4, 0.2) : 0),
  busy: (t) => 0.15 * (sine(480, t) + sine(620, t)) * cadence(t, 0.5, 0.5),
  DTMF: (t) => {
    const [low, high] = KEYS[Math.floor(t / 0.3) % KEYS.length] ?? KEYS[0];
    return 0.2 * (sine(low, t) + sine(high, t)) * cadence(t, 0.12, 0.18);
  },
  'music on hold: a piano': (t) => {
    const [hertz, since] = [at(MELODY, t / 0.4), t % 0.4];
    return 0.2 * Math.exp(-3 * since) * (sine(hertz, t) + 0.5 * sine(2 * hertz, t) + 0.25 * sine(3 * hertz, t));
  },
  'music on hold: strings': (t) => {
    const root = at(CHORDS, t / 2);
    return 0.08 * (sine(root, t) + sine(1.26 * root, t) + sine(1.5 * root, t)) * (1 + 0.3 * sine(5, t));
  },
  'music on hold: a flute': (t) => {
    const phase = 2 * Math.PI * 1.5 * at(MELODY, t / 0.7) * t + 3 * Math.sin(2 * Math.PI * 5.5 * t);
    return 0.2 * (Math.sin(phase) + 0.4 * Math.sin(2 * phase)) * Math.min(1, (t % 0.7) * 8);
  },
  'music on hold: drums': (t, random) =>
    0.4 * Math.exp(-12 * (t % 0.5)) * sine(60, t) + 0.15 * Math.exp(-40 * (t % 0.25)) * noise(random),
  'music on hold: a bass': (t) => {
    const hertz = at(MELODY, t / 0.25) / 2;
    const harmonics = [1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, n) => sum + sine(n * hertz, t) / n, 0);
    return 0.15 * harmonics * Math.exp(-4 * (t % 0.25));
  },
  coughs: (t, random) => {
    const since = t % 2.3;
    const burst =
      since < 0.05 ? since / 0.05 : Math.exp(-10 * (since - 0.05)) + (since > 0.5 ? Math.exp(-12 * (since - 0.5)) : 0);
    return 0.35 * burst * (0.7 * noise(random) + 0.5 * sine(180, t));
  },
} as const satisfies Record<string, Sound>;

/** What comes over a telephone line while nobody speaks, at 8 kHz, the same each time. */
export function lineSounds(seconds: number): [name: string, samples: Int16Array][] {
  const made = Object.entries(sounds).map(([name, sound]: [string, Sound]) => {
    const random = seeded();
    const samples = Int16Array.from({ length: seconds * RATE }, (_, i) => toSample(sound(i / RATE, random)));
    return [name, samples] as [string, Int16Array];
  });
  return [...made, ['brown noise', brownNoise(seconds)]];
}

function brownNoise(seconds: number): Int16Array {
  const random = seeded();
  let level = 0;
  return Int16Array.from({ length: seconds * RATE }, () => toSample((level = 0.99 * level + 0.01 * noise(random))));
}

function seeded(): () => number {
  const generator = xoroshiro128plus(7);
  return () => uniformFloat64(generator);
}

function toSample(value: number): number {
  return Math.round(32_767 * Math.max(-1, Math.min(1, value)));
}
