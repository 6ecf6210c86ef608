/** What is asked of the server beyond the speech and the model. */
export interface Asked {
  readonly language: string | undefined;
  readonly vocabulary: readonly string[];
}

/** A field that a server may not know, with the ways of asking for it, the richest first; the last asks for nothing. */
interface OptionalField {
  /** How the server's words name it in a refusal. */
  readonly name: RegExp;
  readonly ways: readonly ((form: FormData, asked: Asked) => void)[];
}

const nothing = () => undefined;
const set = (name: string, value: string) => (form: FormData) => {
  form.append(name, value);
};

/** In the order in which the words of a refusal are searched for them. */
const fields: readonly OptionalField[] = [
  {
    name: /timestamp_granularit/i,
    ways: [
      (form) => {
        form.append('timestamp_granularities[]', 'word');
        form.append('timestamp_granularities[]', 'segment');
      },
      set('timestamp_granularities[]', 'word'),
      nothing,
    ],
  },
  {
    name: /response_format|verbose_json/i,
    ways: [
      set('response_format', 'verbose_json'),
      set('response_format', 'json'),
      set('response_format', 'text'),
      nothing,
    ],
  },
  { name: /temperature/i, ways: [set('temperature', '0'), nothing] },
  {
    name: /prompt/i,
    ways: [
      (form, { vocabulary }) => {
        if (vocabulary.length > 0) form.append('prompt', vocabulary.join(', '));
      },
      nothing,
    ],
  },
  {
    name: /language/i,
    ways: [
      (form, { language }) => {
        if (language !== undefined) form.append('language', language);
      },
      nothing,
    ],
  },
];

/**
 * The form that a server accepts: each time it refuses a field by name, the next simpler way of asking is taken, for
 * all pieces that follow. Times of words and probabilities are lost with it, words are not.
 */
export class RequestForm {
  readonly #ways: number[] = fields.map(() => 0);
  readonly #refusals: string[] = [];

  /** The refusals that made it simpler, in the server's own words. */
  get refusals(): readonly string[] {
    return this.#refusals;
  }

  /** Identifies the way of asking, so that a refusal of an older one is not counted twice. */
  get version(): number {
    return this.#refusals.length;
  }

  fill(form: FormData, asked: Asked): void {
    fields.forEach(({ ways }, i) => ways[this.#ways[i] ?? 0]?.(form, asked));
  }

  /** @returns whether the server's words name a field that can be asked for more simply, which then it is. */
  simplify(words: string): boolean {
    const named = fields.findIndex(({ name, ways }, i) => name.test(words) && (this.#ways[i] ?? 0) < ways.length - 1);
    if (named === -1) return false;
    this.#ways[named] = (this.#ways[named] ?? 0) + 1;
    this.#refusals.push(words);
    return true;
  }
}
