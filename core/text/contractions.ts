/** Contractions that the rules below do not cover. Speech engines often omit the apostrophe. */
const WHOLE: Readonly<Record<string, string>> = {
  "can't": 'can not',
  cannot: 'can not',
  cant: 'can not',
  "won't": 'will not',
  wont: 'will not',
  "shan't": 'shall not',
  "ain't": 'is not',
  aint: 'is not',
  dunno: 'do not know',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'got to',
  gimme: 'give me',
  lemme: 'let me',
  "let's": 'let us',
  im: 'i am',
  ive: 'i have',
  youre: 'you are',
  youve: 'you have',
  youll: 'you will',
  theyre: 'they are',
  theyve: 'they have',
  theyll: 'they will',
  weve: 'we have',
  hes: 'he is',
  shes: 'she is',
  thats: 'that is',
  whats: 'what is',
  wheres: 'where is',
  theres: 'there is',
  ok: 'okay',
};

const ENDINGS: Readonly<Record<string, string>> = { re: 'are', ve: 'have', ll: 'will', m: 'am', d: 'would' };

/** After these "'s" is "is"; after any other word it is a possessive. */
const PRONOUNS = new Set(
  'he she it that this what where who when how why there here everything nothing something'.split(' '),
);

const NOT_WITHOUT_APOSTROPHE = /^(?:do|does|did|is|are|was|were|has|have|had|could|would|should|must|need)(?=nt$)/;

/**
 * The words that a word stands for: "don't" and "dont" are "do" and "not"; "manager's" is "manager".
 * @param word lower case, with straight apostrophes
 */
export function spellOut(word: string): readonly string[] {
  const whole = Object.hasOwn(WHOLE, word) ? WHOLE[word] : undefined;
  if (whole !== undefined) return whole.split(' ');
  const negated = word.endsWith("n't") ? word.slice(0, -3) : NOT_WITHOUT_APOSTROPHE.exec(word)?.[0];
  if (negated) return [negated, 'not'];

  const at = word.lastIndexOf("'");
  if (at < 1) return [word];
  const [front, ending] = [word.slice(0, at), word.slice(at + 1)];
  if (ending === 's') return PRONOUNS.has(front) ? [front, 'is'] : [front];
  const meant = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  return meant === undefined ? [word] : [...spellOut(front), meant];
}
