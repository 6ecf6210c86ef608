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

/** Conditions on words, judged with each utterance; they may be parts of a compound one. A new one is a file and a line here. */
export const wordKinds = [
  phrase,
  profanity,
  scoreBelow,
  rollingBelow,
  consecutiveNegative,
  phraseCount,
  interruptions,
  talkRatio,
] as const;

/** Conditions that time alone fulfils. A new one is a file and a line here. */
export const timeKinds = [notSaidWithin, deadAir, longCall, unheard] as const;

/** Every kind of condition that stands alone. */
export const conditionKinds = [...wordKinds, ...timeKinds] as const;
