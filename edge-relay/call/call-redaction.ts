import type { Channel } from '#core/ids.ts';
import type { Clock } from '../clock.ts';
import type { SaidText } from '#core/redaction/cells.ts';
import { hasLetters } from '#core/redaction/announced.ts';
import type { Subject } from '#core/redaction/languages/language.ts';
import { type Doubt, type Findings, type Redactor, replaced } from '#core/redaction/redactor.ts';
import type { SaidBefore } from '#core/redaction/session.ts';

/** How long the rest of a number is waited for: of digits in a sentence, and while a number is being read out. */
const WAIT_MS = 8_000;
const READING_WAIT_MS = 15_000;
/** Voice without words is noise after so long, and nobody reads a number out for longer than that. */
const NOISE_MS = 30_000;
const MAX_HELD_MS = 120_000;
/** How long what was said counts for what is said then. */
const MEMORY_MS = 60_000;
const MAX_REMEMBERED = 60;
/** Fewer digits of a sentence are not waited for. */
const LEAST_DIGITS = 3;
/** So many are taken for a number that is being read out. */
const READING_DIGITS = 4;
/** So few words of the other side are no more than a confirmation. */
const CONFIRMATION_WORDS = 8;
/** After so many words without a digit, those of a sentence in which no number is named were no beginning of one. */
const SENTENCE_WORDS = 24;
/** Timers are not set anew for each frame of audio. */
const VOICE_STEP_MS = 250;

interface Said extends SaidBefore {
  readonly at: number;
  /** Publishes its text; undefined once that was done. */
  release: ((text: string) => void) | undefined;
}

/** What one side of a call said. */
class Side {
  said: Said[] = [];
  heldSince: number | undefined;
  waitMs = WAIT_MS;
  /** Whether what waits stands alone, or was named as a number that is redacted. */
  isNamed = false;
  /** Since its last digit. */
  wordsSince = 0;
  lastWordsAt = 0;
  lastVoiceAt = 0;
  cancelWait: () => void = () => undefined;
}

/**
 * Redacts what the sides of one call say. Texts that may hold the beginning of a number wait for the rest of it, since
 * only the whole says what it is; a text without digits never waits. Each waits for its own side only: what the other
 * side says in between changes nothing.
 */
export class CallRedaction {
  readonly #clock: Clock;
  readonly #redactor: Redactor;
  readonly #sides = new Map<Channel, Side>();
  /** What the digits to come are, as either side said last. */
  #subject: { subject: Subject; at: number } | undefined;

  constructor(clock: Clock, redactor: Redactor) {
    this.#clock = clock;
    this.#redactor = redactor;
  }

  /** `release` is called once with the text that may leave the relay: at once, or when a number in it is complete. */
  utterance(channel: Channel, text: string, release: (text: string) => void): void {
    const now = this.#clock.now();
    const said = this.#redactor.read(text);
    const inherited = this.#inherited(now);
    this.#note(said, channel, now);
    if (said.wordCount <= CONFIRMATION_WORDS) this.#confirm(channel, now);
    const side = this.#side(channel);
    side.lastWordsAt = now;
    const heard: Said = { said, inherited, at: now, release };
    const hasDigits = said.cells.some(({ digits }) => digits.length > 0);
    side.wordsSince = hasDigits ? 0 : side.wordsSince + said.wordCount;
    const isOver = !side.isNamed && side.wordsSince > SENTENCE_WORDS;
    if (side.heldSince !== undefined && isOver) this.#release(side, 'long');
    else if (side.heldSince !== undefined) this.#restart(side);
    if (hasDigits || said.isBare || this.#isSpelling(heard)) this.#receive(side, heard, now);
    else release(text);
  }

  /** Somebody speaks on this side: words that are waited for may be coming. */
  speechUnderWay(channel: Channel, hasWords: boolean): void {
    const side = this.#sides.get(channel);
    if (side?.heldSince === undefined) return;
    const now = this.#clock.now();
    if (hasWords) side.lastWordsAt = now;
    if (now - side.lastVoiceAt < VOICE_STEP_MS || now - side.lastWordsAt > NOISE_MS) return;
    this.#restart(side);
  }

  /** The words of an utterance that is being spoken, as they may be shown. */
  unfinished(channel: Channel, text: string): string {
    const now = this.#clock.now();
    const before = this.#side(channel).said.filter(({ at }) => now - at <= MEMORY_MS);
    return this.#redactor.redactUnfinished(text, before, this.#inherited(now));
  }

  /** Since when words of a side wait, as an instant. */
  heldSince(channel: Channel): number | undefined {
    return this.#sides.get(channel)?.heldSince;
  }

  /** Releases all that waits; `doubt` is how sure it must be that digits at the end begin a number to replace them. */
  flush(doubt: Doubt): void {
    for (const side of this.#sides.values()) this.#release(side, doubt);
  }

  #receive(side: Side, said: Said, now: number): void {
    side.said = [...side.said.filter(({ at, release }) => release ?? now - at <= MEMORY_MS), said];
    if (side.said.length > MAX_REMEMBERED) this.#release(side, 'any');
    side.said = side.said.slice(-MAX_REMEMBERED);
    const findings = this.#redactor.find(side.said, 'none');
    const open = findings.openDigits.reduce((sum, digits) => sum + digits, 0);
    const mayGoOn = (findings.openDigits.at(-1) ?? 0) > 0 || this.#isSpelling(said);
    const subject = said.said.subject ?? said.inherited;
    const isNamed = said.said.isBare || isSensitive(subject);
    const isReading = isNamed || (open >= READING_DIGITS && subject === undefined);
    if (this.#subject && mayGoOn) this.#subject = { ...this.#subject, at: now };
    if (open === 0 && !mayGoOn) this.#release(side, 'none', findings);
    else if (mayGoOn && (isReading || open >= LEAST_DIGITS)) {
      side.heldSince ??= now;
      side.isNamed ||= isNamed;
      side.waitMs = isReading ? READING_WAIT_MS : Math.max(side.waitMs, WAIT_MS);
      this.#restart(side);
    } else this.#releaseLast(side, findings);
  }

  /** Letters belong to the number that was asked for. */
  #isSpelling({ said, inherited }: Said): boolean {
    return said.cells.some(({ letters, subject }) => {
      const isAskedFor = hasLetters(subject) || (said.isBare && hasLetters(inherited));
      return isAskedFor && letters[0]?.isLikely === true;
    });
  }

  #restart(side: Side): void {
    const now = this.#clock.now();
    side.lastVoiceAt = now;
    side.cancelWait();
    const endsAt = Math.min(now + side.waitMs, (side.heldSince ?? now) + MAX_HELD_MS);
    side.cancelWait = this.#clock.after(Math.max(0, endsAt - now), () => {
      this.#release(side, 'long');
    });
  }

  /** The other side says so little that the number goes on. */
  #confirm(by: Channel, now: number): void {
    for (const [channel, side] of this.#sides) {
      if (channel === by || side.heldSince === undefined) continue;
      side.lastWordsAt = now;
      this.#restart(side);
    }
  }

  #release(side: Side, doubt: Doubt, findings: Findings = this.#redactor.find(side.said, doubt)): void {
    side.cancelWait();
    side.heldSince = undefined;
    side.waitMs = WAIT_MS;
    side.isNamed = false;
    side.said.forEach((said, i) => {
      const { release } = said;
      said.release = undefined;
      release?.(replaced(said.said.text, findings.replacements[i] ?? []));
    });
  }

  #releaseLast({ said }: Side, { replacements }: Findings): void {
    const last = said.at(-1);
    const { release } = last ?? {};
    if (!last || !release) return;
    last.release = undefined;
    release(replaced(last.said.text, replacements.at(-1) ?? []));
  }

  #note({ subject }: SaidText, channel: Channel, now: number): void {
    if (subject === undefined) return;
    // "The phone line is bad" does not end the reading of a card.
    const isBeingRead = [...this.#sides].some(([other, side]) => other !== channel && side.heldSince !== undefined);
    if (!isSensitive(subject) && isBeingRead && isSensitive(this.#inherited(now))) return;
    this.#subject = { subject, at: now };
  }

  #inherited(now: number): Subject | undefined {
    return this.#subject && now - this.#subject.at <= MEMORY_MS ? this.#subject.subject : undefined;
  }

  #side(channel: Channel): Side {
    const side = this.#sides.get(channel) ?? new Side();
    this.#sides.set(channel, side);
    return side;
  }
}

function isSensitive(subject: Subject | undefined): boolean {
  return subject !== undefined && subject !== 'harmless' && subject !== 'list';
}
