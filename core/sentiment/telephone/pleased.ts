import { CANNOT, DONE, type Ratings } from './ratings.ts';

const GIVEN = "you've|you_have|he's|he_has|she's|she_has|they've|they_have|you|he|she|they";
const BEING = "you're|you_are|he's|he_is|she's|she_is|they're|they_are|he_was|she_was|they_were|you_were";

/** What pleased, thankful and relieved callers say. */
export const PLEASED_PHRASES: Ratings = [
  [
    1,
    `no (problem|problems|worries|bother|trouble)
    not a (problem|bother)
    (that's|it's|that'll be) (fine|ok|alright)
    (works|worked) for (me|us)
    so (clearly|clear)
    no [that's|that is|that'll be|that will be|i'm|i am|nothing else|more|not today] [all|fine|ok|it|good|everything|for now] (thank you|thanks)
    (hell|heck) (yeah|yes|yea)
    {start} super {end}
    damn (good|fine|nice|great)
    at [long] last
    {start} (cool|ace|sweet|yay|hooray|phew) {end}
    that (will|would|should) work {end}
    fair enough
    like (having|driving|wearing) a (new|brand new)
    deserves (a|an)`,
  ],
  [
    1.5,
    `(i|we) [really|absolutely] like (it|that|this|the|your)
    thank (goodness|god|heavens)
    (exactly|just|precisely|that's) what (i|we) (was after|was looking for|were after|needed|wanted|hoped for|asked for)
    (good|great|wonderful|brilliant) news
    (sounds|looks|looking|going) (good|great|lovely|perfect|well)
    (looking|look) forward to
    up and running
    good as new
    (did|does|do|done) the trick
    (right|${DONE}) first time
    (fixed|answered|came|sorted|rang back|called back) straight away
    in one call
    (arrived|came|here) (early|on time)
    as (promised|described)
    looked after (me|us)
    (took|taken|taking) the (time|trouble) to
    that'll do nicely
    suits me
    job done
    hassle free
    without any (fuss|hassle|trouble|bother|problem|problems)
    no (trouble|bother|hassle|fuss) at all
    all (done|sorted|fixed|working|good|set|clear)
    no (complaints|complaint)
    (${CANNOT}) (complain|fault|grumble)
    not (bad|too bad|so bad|that bad)
    not (as|so|that) (bad|scary|hard|difficult|expensive|painful|complicated|awful|terrible) as [*2] (fear|feared|thought|expected|think|imagined|i|we|it)
    (that|this|it|you) (is|was|are|were) [so|very|really|super|pretty|too|incredibly] (quick|fast|kind|easy|smooth|painless|handy|sweet|cool|lovely|speedy|generous|thoughtful)
    (very|so|really|too|most|ever so) kind [of (you|him|her|them)]
    finally (works|worked|fixed|arrived|here|got it|got there|sorted|resolved|it works|solved|done)
    (working|works|worked) (again|now|fine|perfectly|properly)
    much (clearer|better|easier)
    (make|makes|made) (sense|it easy|things easy)
    (quicker|faster|cheaper|better|easier|sooner|simpler|nicer) than (i|we|the) [thought|expected|hoped|last|picture]
    more than (i|we) (was|were) hoping [for]
    (really|very|so|ever so) (quick|fast|patient|gentle)
    more than (fair|happy)
    good of you
    good to (know|hear)
    (good|fair) (value|price|deal|play)
    saved (me|us)
    (${GIVEN}) made (it|that|this) (easy|simple|clear)
    (thanks|thank you) to you
    bless (him|her)
    good (lad|girl|man)
    (that's|what) a result
    happy days
    piece of cake
    easy peasy`,
  ],
  [
    2,
    `(thank|thanking) you
    (thanks|thank you) (very|so|ever so|a) (much|million|lot)
    (thanks|thank you) for (your|all|the|all your) (help|patience|time|kindness)
    (thanks|thank you) once again
    (much|really) (obliged|appreciated)
    (thank|thanks|thx|ty|tysm) [u|you|ya|guys|all|everyone|man|mate|love] [guys|all|everyone] [so|very] [much] for *2 (help|time|assistance|patience|everything|service|support|info|information)
    (thank|thanks|thx|ty) (u|ya|guys|all|everyone|man|mate)
    (can't|cannot) believe (how|you|it|that) *3 (quickly|fast|quick|easy|helpful|so well|kind)
    you are the best
    (you|you guys) rock
    well done
    hats off
    take my hat off
    credit to (you|the|your|her|him)
    pleasure (dealing|talking|speaking|doing|to)
    pleasant surprise
    pleasantly surprised
    music to my ears
    made up with
    nothing (was|is) (too much trouble|too much)
    (${CANNOT}) believe how (quick|fast|easy|helpful|good|simple|cheap|quickly|kind)
    bless you
    (spot|bang) on
    on the ball
    top (marks|notch|class|man|job|drawer)
    (first|top) (class|rate)
    (ten|five|full) (out of ten|stars|star|marks)
    thumbs up
    happy (with|bunny|customer)
    (good|great|nice|lovely|fantastic) (job|work|stuff|one|touch)
    (weight|load) off (my|our) mind
    mind at (rest|ease)
    peace of mind
    what a (relief|star|help)
    (quick|fast) (response|service|reply)
    keep up the good work
    pleased with
    bent over backwards
    put (yourself|himself|herself|themselves) out
    a (huge|big|real|massive) difference
    in no time
    (never|not) (had|have) (a|any|an) [bad|single] (problem|problems|trouble|issue|issues|word|complaint)
    never (let|lets) (me|us) down
    (${CANNOT}) praise`,
  ],
  [
    2.5,
    `(${CANNOT}) thank you (enough|more)
    (${CANNOT}) (have been|be) [any] (better|nicer|kinder|happier|easier|quicker|simpler|friendlier)
    (${CANNOT}) (have been|be) [any] more (helpful|pleased|grateful|patient|accommodating|professional|polite|understanding)
    (${CANNOT}) [have] (asked|ask|wish|wished|hope|hoped) for (more|better)
    (${CANNOT}) (do|have done) enough
    (${CANNOT}) believe (my|our) luck
    no complaints at all
    (${CANNOT}) fault (you|the|her|him|them|it|your)
    extra mile
    above and beyond
    out of (your|his|her|their) way
    life saver
    life-saver
    saved the (day|my life)
    blown away
    (a|an|absolute|complete|total|real|proper) (star|hero|gem|angel|diamond|treasure|lifesaver|saint|godsend)
    (${BEING}) a (star|legend|gem|angel)
    made (my|our) (day|week|year)
    means (a|the) (lot|world)
    over the moon
    been a (great|big|huge|real|massive) help
    second to none
    like a (dream|charm)
    (tell|telling) [all] (everyone|my friends|my neighbours|my family|friends|neighbours) about
    (will|i'll|i'd|would) [definitely|happily] [be] (recommend|recommending)
    best (service|company|experience|customer service|decision)
    never had (such good|better)`,
  ],
];
