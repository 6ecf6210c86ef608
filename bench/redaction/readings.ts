import type { Voice } from './voices.ts';

/** One step of a conversation. */
export interface Turn {
  readonly side: 'caller' | 'agent';
  readonly text: string;
  /** Silence before it. */
  readonly pauseMs: number;
}

/** A number that is read out. */
export interface Reading {
  readonly turns: readonly Turn[];
  /** How its parts were said: none of them may be read anywhere. */
  readonly groups: readonly string[];
}

const CARD_BEGINNINGS = ['4', '51', '53', '55', '2221', '2603', '6011', '34', '37', '36'];

export class Reader {
  readonly #voice: Voice;
  readonly #random: () => number;

  constructor(voice: Voice, random: () => number) {
    this.#voice = voice;
    this.#random = random;
  }

  card(): Reading {
    return this.#read(this.#pick(this.#voice.cardOpenings), this.#cardNumber(), true);
  }

  national(): Reading {
    const { openings, make } = this.#pick(this.#voice.nationals);
    return this.#read(this.#pick(openings), make(this.#random), false);
  }

  /** A text whose numbers all stay. */
  harmless(): string {
    const { harmless, quantities } = this.#voice;
    if (this.#random() < 0.3) return this.#pick(quantities);
    const length = 6 + Math.floor(this.#random() * 7);
    const number = Array.from({ length }, () => Math.floor(this.#random() * 10)).join('');
    const way = this.#random();
    const said =
      way < 0.3
        ? number
        : way < 0.6
          ? this.#cut(number).join(' ')
          : this.#cut(number)
              .map((group) => this.#say(group))
              .join(way < 0.8 ? ' ' : ', ');
    return this.#pick(harmless).replace('#', said);
  }

  #read(opening: string, number: string, isCard: boolean): Reading {
    const groups = this.#cut(number, isCard);
    const isWritten = this.#random() < 0.25;
    const said = groups.map((group) => (isWritten ? group : this.#say(group)));
    const [fillers, splits] = [this.#random() * 0.8, this.#random() < 0.6 ? this.#random() : 0];
    const turns: Turn[] = [];
    let text = opening;
    said.forEach((group, at) => {
      if (at > 0 && this.#random() < splits) {
        turns.push({ side: 'caller', text, pauseMs: this.#pause() });
        if (this.#random() < 0.5)
          turns.push({ side: 'agent', text: this.#pick(this.#voice.confirmations), pauseMs: 800 });
        text = '';
      } else if (at > 0) text += this.#pick([' ', ', ', ' … ', '. ', ' - ']).replace(/^(?=\S)/, '');
      if (at > 0 && this.#random() < fillers) text += ` ${this.#pick(this.#voice.fillers)} `;
      text = `${text} ${group}`;
    });
    turns.push({ side: 'caller', text: `${text} ${this.#pick(this.#voice.closings)}`, pauseMs: this.#pause() });
    return { turns: turns.map((turn) => ({ ...turn, text: turn.text.replace(/\s+/g, ' ').trim() })), groups: said };
  }

  #pause(): number {
    return this.#pick([300, 900, 1_600, 3_000, 5_000, 7_000]);
  }

  #cut(number: string, isCard = false): string[] {
    const way = this.#random();
    if (isCard && way < 0.4) return number.match(/.{1,4}/g) ?? [];
    if (way < 0.5) return number.match(/.{1,2}/g) ?? [];
    if (way < 0.6) return [number];
    const groups: string[] = [];
    for (let at = 0; at < number.length;) {
      const size = 2 + Math.floor(this.#random() * 4);
      groups.push(number.slice(at, at + size));
      at += size;
    }
    return groups;
  }

  /** Digits of a group as words: one by one, in pairs, with a hundred, doubled. */
  #say(group: string): string {
    const { digits, pair, triple, twice, thrice } = this.#voice;
    const way = this.#random();
    const word = (digit: string) => digits[Number(digit)] ?? '';
    if (/^[1-9]\d$/.test(group) && way < 0.7) return pair(Number(group));
    if (/^[1-9]\d\d$/.test(group) && way < 0.4) return triple(Number(group));
    if (/^(?:[1-9]\d){2}$/.test(group) && way < 0.4)
      return `${pair(Number(group.slice(0, 2)))} ${pair(Number(group.slice(2)))}`;
    const parts = way < 0.7 ? (group.match(/(\d)\1\1|(\d)\2|./g) ?? []) : Array.from(group);
    return parts
      .map((part) => {
        if (/^[A-Z]$/.test(part)) return part;
        const digit = word(part.charAt(0));
        return part.length === 3 ? thrice(digit) : part.length === 2 ? twice(digit) : digit;
      })
      .join(' ');
  }

  #cardNumber(): string {
    const begin = this.#pick(CARD_BEGINNINGS);
    const length = /^3[47]/.test(begin) ? 15 : begin === '36' ? 14 : 16;
    let body = begin;
    while (body.length < length - 1) body += String(Math.floor(this.#random() * 10));
    let sum = 0;
    Array.from(body)
      .reverse()
      .forEach((digit, at) => {
        const value = at % 2 === 0 ? 2 * Number(digit) : Number(digit);
        sum += value > 9 ? value - 9 : value;
      });
    return body + String((10 - (sum % 10)) % 10);
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }
}
