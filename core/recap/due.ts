const UNIT = '(?:minutes?|mins?|hours?|days?|weeks?|months?)';
const NUMBER =
  '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|(?:twenty|forty)[ -]?(?:four|eight)|a few|a couple of|some)';
const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const PART = '(?: (?:morning|afternoon|evening|night|lunchtime|at noon))?';
const CLOCK = '(?:(?: at)? \\d{1,2}(?::\\d{2})? ?(?:a\\.?m\\.?|p\\.?m\\.?|o.clock)| at \\d{1,2}(?::\\d{2})?)?';
const SPAN = `(?:${NUMBER}(?: (?:to|or|and|-) ${NUMBER}|-\\d{1,3})? (?:business |working )?${UNIT})`;
const PREPOSITION = '(?:(?:by|on|before|until|no later than|at the latest|this|next|from|for|around) )?';

const DUE = new RegExp(
  `\\b(?:${[
    `(?:within|in|after) (?:the next )?(?:about |around |roughly |approximately )?${SPAN}(?: or so)?`,
    `(?:by|at|before|until) (?:the )?end of (?:the |this |next )?(?:day|week|month|year|business(?: day)?)`,
    `${PREPOSITION}(?:today|tonight|tomorrow)${PART}${CLOCK}`,
    `(?:first thing )${PREPOSITION}(?:tomorrow|${DAY})${PART}`,
    `${PREPOSITION}(?:next |this |coming )?${DAY}${PART}${CLOCK}`,
    // “This month will be free” is what is promised.
    `(?:this|next|by next|later this) (?:week|month|morning|afternoon|evening|weekend)(?! (?:will|is|was|would))`,
    `${PREPOSITION}(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}`,
    `${PREPOSITION}${MONTH} (?:the )?\\d{1,2}(?:st|nd|rd|th)?`,
    `${PREPOSITION}the \\d{1,2}(?:st|nd|rd|th)`,
    `(?:by|before|until|at) \\d{1,2}(?::\\d{2})? ?(?:a\\.?m\\.?|p\\.?m\\.?|o.clock)`,
    `up to ${SPAN}`,
    `(?:as soon as (?:possible|i (?:can|know)|we (?:can|know))|straight away|right away|immediately|shortly|soon|later)`,
  ].join('|')})\\b`,
  'iu',
);

/** By when something is said to happen, in the words of a line: `tomorrow morning`, `within 3 business days`. */
export function dueIn(text: string): string | undefined {
  return DUE.exec(text)?.[0].trim();
}
