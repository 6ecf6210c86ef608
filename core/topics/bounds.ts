/** Words of a keyphrase, and characters of each. */
export const MAX_WORDS = 3;
export const MAX_WORD_LENGTH = 24;
/** Keyphrases kept of a call: those that say most. */
export const MAX_KEYPHRASES = 16;
export const MAX_KEYPHRASE_LENGTH = MAX_WORDS * (MAX_WORD_LENGTH + 1);
/** Topics that are listed: those of most calls. */
export const MAX_TOPICS = 50;
