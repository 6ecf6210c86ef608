import { createScorer, type Scorer } from './vader.ts';
import { vaderVocabulary } from './vocabulary.ts';

/** VADER with the words and phrases of telephone calls. */
export const telephone: Scorer = createScorer(vaderVocabulary());
