import { consecutiveNegative } from './consecutive-negative.ts';
import { deadAir } from './dead-air.ts';
import { interruptions } from './interruptions.ts';
import { longCall } from './long-call.ts';
import { notSaidWithin } from './not-said-within.ts';
import { phrase } from './phrase.ts';
import { phraseCount } from './phrase-count.ts';
import { profanity } from './profanity.ts';
import { rollingBelow } from './rolling-below.ts';
import { scoreBelow } from './score-below.ts';
import { talkRatio } from './talk-ratio.ts';
import { unheard } from './unheard.ts';

/** Every kind of condition: a new one is a file and a line here. */
export const conditionKinds = [
  phrase,
  profanity,
  scoreBelow,
  rollingBelow,
  consecutiveNegative,
  phraseCount,
  notSaidWithin,
  interruptions,
  deadAir,
  talkRatio,
  longCall,
  unheard,
] as const;

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  -readonly [At in keyof Kinds]: Kinds[At]['schema'];
};

export const conditionSchemas = conditionKinds.map(({ schema }) => schema) as unknown as SchemasOf<
  typeof conditionKinds
>;
