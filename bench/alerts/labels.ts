import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sentimentLabelSchema, type SentimentLabel } from '#core/sentiment/score.ts';

/** What a person says of a line: how its speaker feels, and what they want. */
export interface Label {
  readonly sign: SentimentLabel | undefined;
  /** Ids of the rules that should fire. */
  readonly intents: readonly string[];
}

/** Lines that were labelled, by the SHA-1 of their text without outer white space. */
export type Labels = ReadonlyMap<string, Label>;

/** Names of intents that labels may use instead of a rule's id. */
const ALIASES: Readonly<Record<string, string>> = {
  'higher-up': 'wants-higher',
  higher: 'wants-higher',
  complaint: 'complains',
  refund: 'money-back',
  money: 'money-back',
  legal: 'legal-threat',
  swearing: 'profanity',
  insult: 'profanity',
  harm: 'threatens-harm',
  repeated: 'repeated-contact',
  repeat: 'repeated-contact',
  competitor: 'goes-public',
  public: 'goes-public',
};

const SIGNS: Readonly<Record<string, SentimentLabel>> = {
  ...Object.fromEntries(sentimentLabelSchema.options.map((label) => [label, label])),
  '+': 'positive',
  '1': 'positive',
  pos: 'positive',
  '0': 'neutral',
  neu: 'neutral',
  '-': 'negative',
  '-1': 'negative',
  neg: 'negative',
};

const rowSchema = z.object({
  sha1: z.string().regex(/^[0-9a-f]{40}$/i),
  sign: z.union([z.string(), z.number()]).transform(String).optional(),
  intents: z
    .union([z.array(z.string()), z.string().transform((list) => list.split(/[\s,]+/).filter(Boolean))])
    .default([]),
});

/**
 * Reads labels: a line each, as JSON (`sha1`, `sign`, `intents`) or these three separated by tabs.
 * @throws Error naming the line that is none
 */
export function readLabels(file: string): Labels {
  const labels = new Map<string, Label>();
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      if (line.trim() === '') return;
      const row = rowSchema.safeParse(fieldsOf(line));
      const sign = row.data?.sign === undefined ? undefined : SIGNS[row.data.sign];
      if (!row.success || (row.data.sign !== undefined && row.data.sign !== '' && !sign))
        throw new Error(`${file}, line ${at + 1}: give sha1, sign (positive, neutral, negative) and intents.`);
      const { sha1, intents } = row.data;
      labels.set(sha1.toLowerCase(), { sign, intents: intents.map((name) => ALIASES[name] ?? name) });
    });
  return labels;
}

/** The label of a text. */
export function labelOfText(labels: Labels, text: string): Label | undefined {
  return labels.get(sha1Of(text)) ?? labels.get(createHash('sha1').update(text).digest('hex'));
}

/** The SHA-1 of a text without outer white space, in hexadecimal digits. */
export function sha1Of(text: string): string {
  return createHash('sha1').update(text.trim()).digest('hex');
}

/** Whether a number in hexadecimal digits is even. */
export function isEven(hexadecimal: string): boolean {
  return Number.parseInt(hexadecimal.slice(-1), 16) % 2 === 0;
}

function fieldsOf(line: string): unknown {
  if (line.startsWith('{')) return JSON.parse(line) as unknown;
  const [sha1, sign, intents = ''] = line.split('\t');
  return { sha1, sign: sign === '' ? undefined : sign, intents };
}
