/** Words that have no inflections, so that "even" is not "evening" and "not" is not "noted". */
const FIXED = new Set(
  `a an the this that these those i me my mine we us our ours you your yours he him his she her hers it its they them
  their theirs who whom whose which what when where why how not no nor and or but if then than so as at by for from in
  into of off on onto out over to up with without about after again against before between during through under until
  can could may might must shall should will would once one even ever never every very just only also too here there
  always perhaps yes less else nothing something anything everything morning evening news ad ads id ids`.split(/\s+/),
);

/** The base of each word, followed by its irregular forms. */
const IRREGULAR = `be am is are was were been being; have has had; do does did done; go goes went gone; say said;
  get got gotten; take took taken; make made; come came; give gave given; tell told; know knew known; think thought;
  find found; leave left; feel felt; keep kept; pay paid; buy bought; sell sold; send sent; speak spoke spoken;
  hear heard; hold held; lose lost; mean meant; meet met; run ran; see saw seen; show shown; sit sat; stand stood;
  steal stole stolen; swear swore sworn; teach taught; understand understood; write wrote written; break broke broken;
  bring brought; build built; catch caught; choose chose chosen; draw drew drawn; drive drove driven; eat ate eaten;
  fall fell fallen; fight fought; forget forgot forgotten; forgive forgave forgiven; hang hung; hide hid hidden;
  lead led; lend lent; lie lying; die dying; ring rang rung; rise rose risen; sleep slept; spend spent;
  throw threw thrown; wake woke woken; wear wore worn; win won; agree agreed; disagree disagreed; free freed;
  panic panicked panicking; guarantee guaranteed;
  person people; child children`;

const bases = new Map(
  IRREGULAR.split(';').flatMap((family) => {
    const [base = '', ...forms] = family.trim().split(/\s+/);
    return forms.map((form): [string, string] => [form, base]);
  }),
);

/**
 * What the forms of an English word have in common: its stem before "-ing" ("cancel", "cancels", "cancelled" and
 * "cancelling" share one; "hope" and "hop" do not). Words derived from it ("cancellation") are words of their own.
 * A word of another language gets a key too, always the same one.
 * @param word lower case
 */
export function inflectionKey(word: string): string {
  if (FIXED.has(word)) return word;
  // The suffix keeps the stem of "noted" apart from "not".
  return `${stemOf(bases.get(word) ?? word)}~`;
}

function stemOf(word: string): string {
  if (word.length > 4 && word.endsWith('men')) return stemOfBase(`${word.slice(0, -3)}man`);
  const rest = (ending: string) => (word.endsWith(ending) ? word.slice(0, -ending.length) : '');

  const plural = rest('s');
  if (word.endsWith('ies')) return stemOfBase(word.length > 4 ? `${rest('ies')}y` : plural);
  if (/(?:ss|x|zz|ch|sh)es$/.test(word)) return stemOfBase(rest('es'));
  if (plural.endsWith('ing')) return stemOf(plural);
  if (word.length > 3 && plural && !/[sui]$/.test(plural)) return stemOfBase(plural);

  if (word.endsWith('ied') && word.length > 4) return stemOfBase(`${rest('ied')}y`);
  const stem = rest('ing') || (word.endsWith('eed') ? '' : rest('ed'));
  return stem.length > 1 && syllables(stem) > 0 ? single(stem) : stemOfBase(word);
}

/** The stem of a word without an ending: "hope" gives "hop", "hop" gives "hopp". */
function stemOfBase(word: string): string {
  if (word.endsWith('ie') && word.length > 4) return stemOfBase(`${word.slice(0, -2)}y`);
  if (word.endsWith('e') && !word.endsWith('ee') && syllables(word.slice(0, -1)) > 0) return single(word.slice(0, -1));
  const isShort = syllables(word) === 1 && /(?:^|[^aeiou])[aeiouy][^aeiouwxys]$/.test(vowelled(word));
  return isShort && word.length > 2 ? word + word.slice(-1) : single(word);
}

/** Of a longer word only one of a doubled last letter: "cancell" is "cancel", but "call" stays. */
function single(stem: string): string {
  return /([^aeiou])\1$/.test(stem) && syllables(stem) > 1 ? stem.slice(0, -1) : stem;
}

function syllables(word: string): number {
  return vowelled(word).match(/[aeiouy]+/g)?.length ?? 0;
}

/** The "u" of "qu" and a "y" at the beginning are no vowels. */
function vowelled(word: string): string {
  return word.replaceAll('qu', 'qw').replace(/^y/, 'j');
}
