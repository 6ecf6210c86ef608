import type { Match } from '../alert.ts';

/** Words and phrases that are profane or insult in any context; their inflections ("fucking") match too. */
export const STRONG_WORDS = `
fuck|fucker|fuckin|fking|fkn|fck|fcking|fucked|motherfucker|motherfucking|motherfuckers|fuckwit|fuckhead|fuckface|clusterfuck|wtf|stfu|gtfo
shit|shitty|shite|shitshow|shithead|shithole|shitbag|shitting|bullshit|bullshitting|bullshitter|horseshit|dipshit|apeshit|batshit|chickenshit
bitch|bitchy|bastard|asshole|arsehole|ass hole|arse hole|dickhead|dick head|cunt|twat|wanker|wank|slut|whore|cocksucker|cock sucker|prat
dumbass|jackass|smartass|douchebag|douche|tosser|knobhead|bellend|bell end|scumbag|shyster|tit head|pillock|plonker|arselicker|nonce|twathead
son of a bitch|sob|piece of shit|kiss my ass|kiss my arse|my ass|your ass|my arse|your arse|up yours|screw you|screw your|damn you|go to hell|rot in hell|drop dead|shut up|shut it|shut your mouth|eff off|f off|piss off|sod off|bugger off|get lost|get stuffed|get knotted|up your ass|eat shit|suck my *1|lick my *1|screw (them|this company)
you [*1] prick|(a|the|little|complete|absolute|total|utter|stupid|arrogant|useless) prick|=pricks
{start} f (u|you)|(such|is|are|was|total|complete|what|load of|pile of|more|utter|absolute|your|this) bs {end}|(suck|kick|kiss) *1 ass|(such a|a complete|a total|being a|is a|you) [complete|total|absolute] dick {end}|dick move
(load|piece|full|pile|bunch|heap|crock) of (crap|bull|bollocks)
(what|where|why|who|how) the hell (is|are|do|did|am|was|were|have|will|can) *1
(pissed|pissing) (off|me|us) *1
(you|you guys|you people|you lot|you all|your *2) [really|all|just] suck
f word|(effing|freaking|frigging|fricking|fracking|flipping|flaming) *1 (idiot|idiots|useless|joke|liar|liars|moron|morons|company|people|ridiculous|hell)
`;

/** Insults of whoever is spoken to. */
export const INSULTS = `
you (are|were) *2 {fool}
you [complete|total|utter|absolute|bloody|little|stupid|lying|useless|incompetent|lazy] {fool} {end}
you [complete|total|utter|absolute|bloody|stupid|lying|useless] fools
you [complete|total|utter|absolute|bloody|little|stupid|lying|thieving|useless|incompetent|filthy|dirty|lazy|pathetic|worthless|*1] (idiot|idiots|moron|morons|imbecile|liar|liars|thief|thieves|crook|crooks|scumbag|clown|clowns|muppet|muppets|pig|pigs|cretin|loser|losers|scammers|fraudsters|robbers|parasites|cowboys|cow)
(bunch|pack|load|lot|gang) of [absolute|complete|bloody|lying|thieving|useless|incompetent|total|*1] (idiot|moron|clown|liar|thief|crook|cowboy|joker|amateur|robber|fraudster|scammer|cheat|imbecile|muppet|parasite|criminal|con artist|fool|jerk|monkey)
(are|how) you [*2] (stupid|thick|dumb|dense|deaf|retarded|brainless|mental|simple|blind)
(stupid|dumb|useless|thick|incompetent|ignorant|lying|pathetic|lazy|brainless|clueless) *1 (woman|man|girl|boy|cow|idiot|moron|bot|robot|assistant|agent|person|people|lot|company|fool|liar)
(idiot|idiots|moron|morons|imbecile|imbeciles|retard|retards|nitwit|halfwit|dimwit|cretin|jerk|jerks)
(talk|talking|deal|dealing|work|works|run|speaking) *4 (by|with|to) *1 (idiots|morons|monkeys|clowns|imbeciles|muppets)
(hate|despise|detest) (you|your [*1] guts|you all|you people|this company)
(what|how) (are you|can you be so) [*1] (stupid|thick|dumb|useless|incompetent)
liar
`;

/** Swearing that says little by itself: shown apart. */
export const MILD_WORDS = `
damn|damned|dammit|damnit|goddamn|goddamned|god damn|goddammit|damn (thing|well|it)
(what|who|where|why|how) the (hell|heck|devil)
(bloody|ruddy|flipping|flaming|sodding|effing|freaking|frigging|fricking|friggin|freakin) (hell|useless|ridiculous|joke|idiot|awful|thing|well|stupid|disgrace|company|phone|internet|bank|money|awful|annoying|account|app|website)
for (fucks|chrissake|christ's|christ|god's|god|pete's|heaven's|goodness) [sake]
(load|piece|full|pile|bunch|heap|crock) of (rubbish|garbage|junk)
(this|your|that|such|cut the|no more|same old) crap
crap (service|company|support|phone|internet|product|app|website|hotel|job|experience)
(is|was|are) [*1] (crap|bollocks|bull)
crappy (service|company|support|phone|internet|product|app|website|hotel|job|experience|customer service)
(pissed|piss) *1 off
pissed|pissing (me|us) (about|around)
taking the piss
(sucks|suck) {end}
(you|this|your *2|service|company|it) sucks
pain in the (ass|arse|butt|neck|backside)
bollocks|bugger|arse|crikey hell|jesus christ|jesus h christ|holy crap|screwed [me|us] over|hell no
screw (this|it|that)
`;

/** Where those only look or sound like swearing. */
export const HARMLESS = [
  'hell (yeah|yes|yea|of a)',
  'damn (good|fine|nice|great|right|straight|well done|fast|near)',
  'not [*2] (stupid|idiot|liar|moron|thief)',
  '{i} (am|was|feel|felt) [*3] {fool}',
  '(feel|feeling|felt|make me look|look like) *2 (idiot|fool|idiots|moron)',
  '(shut up|get lost|cock|dick|dog|pig) {capital}',
  '(for|like) dummies',
  '(got|get|getting|gets|was|were|be|am|are|is) lost',
  'shut up shop',
  'jesus college',
];

/** The phrases of such a list. */
export function linesOf(list: string): string[] {
  return list.trim().split(/\s*\n\s*/);
}

/**
 * What speech engines write when they mask profanity ("f***", "****", "[expletive]"), and what people write to pass a
 * filter ("f*ck", "sh!t", "@#$%").
 */
const MASKED =
  /(?<![\p{L}\p{N}*])(?:\p{L}+\*{2,}\p{L}*|\p{L}{2,3}\*\p{L}+|\p{L}\*\p{L}{2,}|\*{3,}\p{L}*|f[@#$%!u]+[ck#@$%!]{2,}\p{L}*|sh[!1@#]+t\p{L}*|b[!1@#]+tch\p{L}*|a[$@]{2}(?:hole)?|(?=[$!]*[@#%&])[@#$%&!]{4,})(?![\p{L}\p{N}*])|[[<(*](?:expletive|profanity|bleep(?:ed)?|swear(?:ing|s)?|curse|cursing|redacted profanity)\b[^\])>*]{0,20}[\])>*]/giu;

/** A mask is no word that merely has a `u` in it. */
const PLAIN = /^\p{L}+$/u;

/** Words of a text that were masked, from left to right. */
export function maskedWords(text: string): Match[] {
  return Array.from(text.matchAll(MASKED), ({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  })).filter((match) => !PLAIN.test(match.text));
}
