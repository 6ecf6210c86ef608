import { createScorer, type Scorer } from './scorer.ts';
import { vaderVocabulary } from './vocabulary.ts';

/** VADER as published: the figures of the reference implementation, `vaderSentiment` 3.3.2, on every text. */
export const vader: Scorer = createScorer(vaderVocabulary());
