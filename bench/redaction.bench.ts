import { ManualClock } from '../edge-relay/clock.fake.ts';
import { CallRedaction } from '../edge-relay/call/call-redaction.ts';
import { languageOf } from '#core/redaction/languages/languages.ts';
import { Redactor } from '#core/redaction/redactor.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { randomFrom } from '../functions/ingest/example-traffic.fake.ts';
import { Reader, type Reading } from './redaction/readings.ts';
import { voices } from './redaction/voices.ts';

const READINGS = 10_000;
const SEED = 20_261_126;
/** Fewer digits say nothing of a number. */
const LEAST_DIGITS = 3;
const SHOWN = 5;

/** What left of one conversation. */
interface Left {
  readonly finals: readonly string[];
  readonly partials: readonly string[];
}

export default {
  about: `Redaction: numbers that leave the relay and numbers falsely taken, of ${READINGS} readings a language`,
  run(args) {
    const count = Number(args[0] ?? READINGS);
    const seed = Number(args[1] ?? SEED);
    const figures: Figures = {};
    const rows: Record<string, Figures> = {};
    for (const [tag, voice] of Object.entries(voices)) {
      const redactor = new Redactor([languageOf(tag), languageOf('en')].flatMap((each) => each ?? []).filter(isFirst));
      const reader = new Reader(voice, randomFrom(seed));
      const startedMs = performance.now();
      const row: Figures = {
        cards: count / 2,
        cardsLeaked: leaks(count / 2, () => reader.card(), redactor),
        nationalNumbers: count / 2,
        nationalNumbersLeaked: leaks(count / 2, () => reader.national(), redactor),
        harmless: count,
        harmlessTaken: taken(count, reader, redactor),
      };
      row.microsecondsAReading = Math.round(((performance.now() - startedMs) / (2 * count)) * 1_000);
      rows[tag] = row;
      for (const [name, value] of Object.entries(row)) figures[`${tag}.${name}`] = value;
    }
    console.table(rows);
    return Promise.resolve({ figures, peers: {} });
  },
} satisfies Benchmark;

function isFirst<T>(value: T, at: number, list: readonly T[]): boolean {
  return list.indexOf(value) === at;
}

function leaks(count: number, next: () => Reading, redactor: Redactor): number {
  let leaked = 0;
  for (let i = 0; i < count; i++) {
    const reading = next();
    const left = converse(reading, redactor);
    if (!isLeaked(reading, left)) continue;
    if (leaked++ < SHOWN)
      console.log('leaked:', JSON.stringify(reading.turns.map(({ text }) => text)), JSON.stringify(left.finals));
  }
  return leaked;
}

function taken(count: number, reader: Reader, redactor: Redactor): number {
  let falsely = 0;
  for (let i = 0; i < count; i++) {
    const text = reader.harmless();
    const { finals } = converse({ turns: [{ side: 'caller', text, pauseMs: 0 }], groups: [] }, redactor);
    if (finals.join(' ') === text) continue;
    if (falsely++ < SHOWN) console.log('taken:', JSON.stringify(text), JSON.stringify(finals));
  }
  return falsely;
}

/** Plays the turns as a call's finals, each after partials that grow word by word. */
function converse({ turns, groups }: Reading, redactor: Redactor): Left {
  const clock = new ManualClock();
  const call = new CallRedaction(clock, redactor);
  const [finals, partials]: [string[], string[]] = [[], []];
  for (const { side, text, pauseMs } of turns) {
    const words = text.split(' ');
    for (let spoken = 1; spoken <= words.length; spoken += 3) {
      call.speechUnderWay(side, true);
      if (groups.length > 0) partials.push(call.unfinished(side, words.slice(0, spoken).join(' ')));
      clock.advance(300);
    }
    call.utterance(side, text, (shown) => finals.push(shown));
    clock.advance(pauseMs);
  }
  clock.advance(600_000);
  call.flush('long');
  return { finals, partials };
}

/** Whether three or more digits of the number can be read in one place or in several. */
function isLeaked({ groups }: Reading, { finals, partials }: Left): boolean {
  // "And" stands in numbers and everywhere else.
  const said = groups.flatMap((group) => group.split(' ')).filter((word) => !['y', 'e', 'et'].includes(word));
  const isSaid = (words: readonly string[]) => {
    const numberWords = new Set(said);
    const read = words.filter((word) => numberWords.has(word.replace(/[^\p{L}\p{N}-]/gu, '')) && word.length > 1);
    const digits = read.reduce((sum, word) => sum + (/^\d+$/.test(word) ? word.length : 1), 0);
    return digits >= LEAST_DIGITS;
  };
  return isSaid(finals.flatMap((text) => text.split(' '))) || partials.some((text) => isSaid(text.split(' ')));
}
