import { CANNOT, COUNT, DONE, HAVE, UNITS, type Ratings } from './ratings.ts';

const ORDINAL = 'second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|umpteenth|hundredth';
const CALLED = 'called|rung|rang|phoned|contacted|spoken|complained|reported|asked|had_to';
const CALL = 'call|calls|called|ring|rings|rang|phone|phones|phoned|get|gets|got|come|comes|came';
const NOBODY = 'nobody|no_one|no-one|none_of_you|not_one_of_you|not_one_person|not_a_single_person';
const SOMEONE = 'someone|somebody|anyone|anybody';
const GREAT = 'great|good|brilliant|fantastic|wonderful|lovely|perfect|marvellous|nice|charming|fabulous';
const NOT = "hasn't|haven't|isn't|doesn't|won't|can't|don't|didn't|not|no|aren't|wasn't";
const NOT_DO = "won't|don't|didn't|doesn't|couldn't|can't|hasn't|haven't|wouldn't|not|never";
const YOU_HAVE = "you've|you_have|they've|they_have|you_lot_have";
const SAKE = "god's|goodness|heaven's|heavens|pity's|christ's|goodness'";

/** What angry and disappointed callers say. */
export const ANGRY_PHRASES: Ratings = [
  [
    -3,
    `worst (service|company|experience|customer service)
    (thanks|thank you) for [absolutely] nothing
    (thanks|thank you) [a lot|a bunch|very much] for (wasting|ruining|messing|losing|ignoring|breaking)
    sick and tired
    go to hell
    screw you
    shut up
    {start} =get lost {end}
    kiss my (ass|arse)
    sick to (death|the back teeth)
    nothing but (trouble|problems|grief|hassle|lies|excuses)`,
  ],
  [
    -2.5,
    `waste of [my|our|a] (time|money|morning|day)
    wasting (my|our) time
    wasted (my|our|a|the) [whole|entire] (time|morning|afternoon|day|evening|money)
    (not|isn't|wasn't|nowhere) [near] good enough
    =fed up
    =had enough
    =had it (up to here|with you|with this|with your)
    enough is enough
    (taking|take) (my|our) (business|custom) (elsewhere|somewhere else)
    (rip|rips|ripped|ripping) [me|us] off
    rip-off
    daylight robbery
    (complete|absolute|total|utter|bloody|real|right|such a|what a|is a|are a|was a|is [just|such] a|like a) (shambles|joke|disgrace|farce|mess)
    shambles|disgrace|farce
    (my|our) (wits|wit's) end
    end of my tether
    (losing|lost) the will to live
    (driving|drives|drive) me (up the wall|mad|crazy|insane|round the bend)
    blood (boil|boiling)
    tearing my hair out
    beggars belief
    beyond (a joke|belief)
    (last|final) straw
    is (that|this) [really] the best [that] you [guys|people|lot] (can|could) (do|offer)
    (is|just|total|complete|absolute|big|like) [a] scam
    don't [you] dare
    how dare (you|they)
    shame on you
    (lost|losing) (my|all|our) (patience|faith|trust|confidence)
    (don't|can't) (believe|trust) (a word|anything you|what you)
    (don't|can't) (believe you {end}|trust you)
    (should|wish) never (have|i'd|i had) (signed|joined|bought|switched|come|trusted|bothered|called)
    (want|give me|need|demand) (my|our) money back
    get your act together
    (taking|take|takes) the (mick|mickey|biscuit|piss)
    (take|taking|taken) (me|us) for (a fool|a ride|a mug|an idiot|granted)
    (hacked|cheesed|brassed|ticked|pissed|browned) off
    (it's|that's|is) criminal (what|how|the)`,
  ],
  [
    -2,
    `(sick|tired) of
    (fobbed|fobbing|palmed|palming|brushed|brushing|brush) [me|us] off
    (strung|stringing|string) [me|us] along
    (messing|messed|mess|mucking|mucked) [me|us] (about|around|up)
    pillar to post
    (passed|pushed|bounced|shunted|sent) from one (department|person|place)
    (passed|passing|pushed|sent) [me|us] (around|about|round|back and forth)
    (passing|passed) the buck
    (round|around) (in|and) (circles|round)
    (the|me the|us the) (runaround|run-around)
    (hung|hang|hangs|hanging) up on (me|us)
    (cut|cutting) (me|us) off
    left (me|us) (hanging|waiting|stranded|in the lurch|high and dry)
    let (me|us) down
    (lied|lying|lie|lies) to (me|us)
    been lied to
    (=speak|=talk|put me through) to (a|the|your) (manager|supervisor|boss|line manager)
    (speak|talk) to (someone|somebody) (in charge|higher|senior|more senior|above you)
    (want|get me|need|fetch) (a|the|your) (manager|supervisor|boss's name)
    want your name
    out of order
    (way|how) you (treat|treated|spoke to|speak to)
    (way|how) (i've been|i was|we've been|we were) (treated|spoken to|dealt with)
    (trouble|mess|stress|problems) (you've|they've) (caused|made|put me through)
    can't keep (treating|doing|changing)
    (treated|treating|treat|spoken to) [me|us|people|customers] like
    (speak|speaks|spoke|talk|talks|talked) to me like
    (talked|talking) down to
    (you|let me) (listen|finish) [to] [me]
    [can't|couldn't] get a word in [edgeways]
    stop (interrupting|lying|harassing|reading|repeating|avoiding)
    answer (my|the) question
    (isn't|wasn't|not) (acceptable|on {end}|right)
    (acceptable|okay|fair) to (keep|leave|make|treat|charge)
    (${NOBODY}) (ever|even|has|have) (${CALL})
    (${NOBODY}) [ever] (${CALL}) (me|us|back)
    (${NOBODY}) (cares|knows|bothers|bothered|listens|helps|turned up|came|showed up|told me|told us|warned me|warned us)
    (${NOBODY}) (has|have) (called|rung|phoned|contacted|helped|bothered|turned up|come|told)
    (${NOBODY}) [there|here|of you] (seems|wants|seem) to (know|help|care|listen|understand)
    (${NOBODY}) (takes|wants to take) responsibility
    (${NOBODY}) (will|can|is willing to|could|would) (give|tell|help|explain|answer|do)
    no (apology|explanation|progress|further forward|further on|response|call back|callback|update|answers)
    not a single (person|call|reply|word|apology|email)
    (didn't|never) (bother|bothered)
    (couldn't|can't) be bothered
    without (telling|asking|warning|notice|permission|so much as)
    behind my back
    hidden (charges|fees|costs)
    bunch of (cowboys|idiots|clowns|crooks|jokers|amateurs)
    (i|we) refuse to
    (refuse|refusing|not going) to pay
    not paying (this|that|it|a penny|another penny|for this|any more|anymore)
    a penny more
    (i|we) (will|am|are) not [going|prepared|willing] [to] (hold|wait|pay|accept)
    (i'm|we're) not (going|prepared|willing) [to] (pay|wait|accept|stand|away)
    (won't|not|can't) put up with
    won't stand for
    not having (it|this|that)
    demand [an] (answer|explanation|apology|refund)
    (sort|get) (this|it|yourselves|that) (sorted|out) (now|today|immediately)
    (i|we) want (this|it|that|my *) (${DONE})
    (i|we) want (an|some) (answer|answers|explanation|apology)
    don't want (another|an|any|your) (apology|excuse|excuses|apologies)
    better things to do
    never again
    (never|didn't|don't|doesn't) (${CALL}) [me|us] back
    (never|didn't|doesn't) (turned|turn|showed|show) up
    never (arrived|came|showed|answered|replied|called|happened)
    (took|take|taken|taking) (another|a|the|yet another) (day|morning|afternoon) off [work] [for nothing]
    (${ORDINAL}) time (${HAVE}|i|we) (${CALLED})
    (${ORDINAL}) time (in a row|calling|ringing|you've|they've)
    (${ORDINAL}) time this (week|month|year) [has|that]
    for the (${ORDINAL}) time
    (${HAVE}) (${CALLED}) [you] (${COUNT}) times
    (${COUNT}) different (people|departments)
    (${COUNT}) times (now|already)
    how many [more] times (do|must|have|will) (i|we)
    how hard (can|is) it
    how (long|much longer) (am|are) (i|we) (supposed|expected|meant) to
    how (long|much longer) must (i|we)
    (how|what) am (i|we) (supposed|meant) to (do|live|cope|manage)
    (you|they) expect (me|us)
    time and (time|again) again
    over and over
    (day|week|month) after (day|week|month)
    (days|weeks|hours|months) on end
    every [single] time (${HAVE}|i|we) (${CALLED}|call|ring|phone)
    one excuse after another
    (another|different|same old|more|always an) (excuse|excuses)
    always the same
    not again
    here we go again
    (${NOBODY}) *1 (picks|picked|answers|answered|responds|responded|replies|replied|returns|returned) *2
    (is|been|went|going|gone|goes|keeps going) (down|off|out|offline|dead) (for|since|all day|all week|every) *2
    why (is|are|does|do) *2 so (complicated|hard|difficult|slow|expensive|long|complex|bad)
    (can't|couldn't) get through *2
    (can't|couldn't) (reach|speak to|get through to) (anyone|anybody|a human)
    not what i (asked|wanted|ordered|said|meant|need|requested)
    (makes no|doesn't make|didn't make) [any] sense
    (you|they|he|she) (don't|didn't|never|won't|aren't|haven't|can't) *1 (answer|listen|helping|respond|reply|fix|deliver|show up|bother|work) [my|to|me|the] *1
    is (anyone|anybody|someone|somebody) (there|here|listening|alive)
    hurry up
    nothing (happened|changed|works|worked)
    (this|that|it|you|your service|this company) (is|are) [just|like|such] a joke
    (you|they) (stole|have stolen) [my|our|from]
    (this|that|it|you|they) [had] better (not|be|get|have|sort|fix|send|work|call|refund)
    you had better
    (no|not a) (idea|clue) (what|how) (you're|they're|you) [doing]
    not a clue
    (haven't|hasn't|haven't got|without) [a] clue
    do (your|their) (job|jobs)
    what [exactly] (am|are) (i|we) [even|actually] paying [you] for
    what (kind|sort) of (company|people|outfit)
    (not|never|aren't|isn't) listening
    are you (even|actually) listening
    are you (serious|joking|kidding|having a laugh)
    you must be (joking|kidding)
    do you (understand|realise|have any idea)
    pull the other one
    see you in court
    (sue|suing) you
    small claims [court]
    legal action
    (hear|hearing) from my (solicitor|solicitors|lawyer)
    (take|taking) (you|this|it) (to|further) [the] (ombudsman|court|tribunal|press)
    (report|reporting) (you|this) to [the] (ombudsman|regulator|ofcom|ofgem)
    trading standards
    (put|post|posting) [*] [*] [*] [*] (on|over) social media
    (to|like|against) [a] brick wall
    don't tell me to calm down
    (your|their) (mistake|fault|error|mess)
    (not|it|it's) my (fault|problem)
    (my|our) own money
    (my|our) money for (${COUNT}|a|over) (${UNITS}|week|month|year)
    nothing to show for
    (done|doing|did|do) [absolutely] nothing
    nothing (has|has been|was) (happened|done|changed)
    nothing you can do
    nothing you've (told|said|done)
    far from (good|happy|ideal|satisfied|pleased|acceptable)
    less than (impressed|happy|satisfied|pleased|helpful)
    anything but (good|helpful|happy|easy)
    (big|great|fat lot of|lot of) help (you are|you were|that was|isn't it|that is)
    fat lot of (good|use)
    {start} so much for
    no thanks to (you|your *1)
    (call|calls) (yourself|yourselves|that|this) [a] (professional|service|help|company)
    if you can call it
    good luck with that
    yeah right
    heard (that|it) [one] before
    (zero|no|minus) stars
    (i'm|we're) done with (you|your|this|it)
    i give up
    as per usual
    (oh|well|yeah) (that's|isn't that) [just] (${GREAT}) (another|so|now|more|isn't it)
    (oh|well|yeah) (great|brilliant|fantastic|marvellous|wonderful|perfect|lovely) (so|another|now|here we go|not again)
    (oh|well|yeah) (that's|isn't that) just (${GREAT})
    just (great|brilliant|wonderful|fantastic|typical)
    how (convenient|typical)
    that's a (big|great) help isn't it
    for (${SAKE}) sake
    for crying out loud
    bloody hell`,
  ],
  [
    -1.5,
    `(still|yet again) (${NOT}) (working|fixed|here|arrived|resolved|sorted|done|received|heard|got|had|work|happened|right|been|turned up|come)
    still (${NOT}) (seen|know|paid|refunded|delivered|replied|further on|further forward)
    still no (answer|reply|sign|news|refund|engineer|water|heating|internet|power|better|word)
    still (waiting|broken|nothing|down|wrong|the same|off|out)
    (it|this) still (hasn't|isn't|doesn't|won't)
    (${NOT_DO}) even
    (${HAVE}) (been|had to) (waiting|wait|on hold|holding|queuing|chasing|chase|trying|passed|left|without)
    (wait|waited|waiting) for (ages|weeks|months|hours)
    (waiting|waited|been|taken|took) [over] (${COUNT}) (${UNITS}) (and|now|already)
    (on|to) the (line|phone) for (an|over|nearly|half|${COUNT}) (hour|an hour|hours|minutes)
    (kept|keep|keeps) [me|us] (waiting|hanging on)
    (keep|keeps|kept) (getting|being|having|asking|telling|ringing|saying|sending|changing|treating|making)
    (keep|keeps|kept) (dropping|crashing|cutting|breaking|failing|freezing|losing|going down|going off)
    (gone|went|broke|broken|dropped|cut|crashed) [down|off|out] again
    (sat|sitting|stuck) on hold
    on hold (for|again|all)
    (i|we|${HAVE}|just) (was|were|been) cut off
    (left|leaves|leaving) (me|us|him|her|them|my mother|my father|my mum|my dad) (with|without) (no|any)
    (${YOU_HAVE}) (left|ruined|broken|wrecked|lost|ignored|forgotten|cancelled|cheated|messed|mixed) (me|us|my|our|it|up|on)
    (${YOU_HAVE}) (got|sent|put|charged|made|given) (me|us|my|the|our|it) * (wrong|twice|again)
    (${YOU_HAVE}) put (my|the|our|up) [*] (up|premium|price)
    cancelled on (me|us)
    without (heating|water|hot water|internet|power|electricity|a phone|broadband|gas|heat) for
    (was|were) (supposed|meant) to (be|have|get|come|arrive|call|ring|happen|deliver)
    (would|should) (have|be) [been] (${DONE}) (by|on|yesterday|weeks|last)
    should (have|be) [been] (${DONE}) already
    (it|that|they|${SOMEONE}) should have been
    (${SOMEONE}) (is|are|has|had) (going|better|got) to have
    (${COUNT}|the) (${UNITS}) late
    yet (again|another)
    again and again
    (not|and not) [for] the first time
    same (thing|story|excuse|problem) (again|every time|every day|every week|every month)
    (taking|taken|took) (so|too) long
    (taking|takes|taken|took) (forever|ages)
    (won't|wouldn't) (let|give|tell) (me|us)
    (refused|refusing) to
    (haven't|hasn't|not|never) heard (a|anything|back) [thing|from you|from anyone]
    (going|dragging|dragged) on (since|for)
    (${COUNT}) (weeks|months|days) (already|later)
    (waiting|waited|without|broken|down|out|off|chasing|trying) *4 (${COUNT}) (weeks|months|days|hours) now
    (charged|billed|debited) [me|us] (twice|again|double|wrongly|extra)
    (taken|took|taking) [*] (money|it|payment|the money) [*] [*] [*] [*] (twice|again)
    wrong (again|address again|bill|amount)
    (bill|one|time|letter) [*] [*] [*] [*] (been|is|was) wrong
    not what (i|we) (was|were) (told|promised|ordered|asked for|expected|agreed|getting)
    (service|thing|something) (i'm|we're) not getting
    (you|they) (said|promised|told me|told us|swore) (it would|you'd|they'd|someone would|somebody would) [be] [${DONE}]
    (told|telling) (me|us|my *) (one thing|something else|something different|a different story|another)
    (was|were) told (${COUNT}|a) (${UNITS}|week|month) (and|but)
    shouldn't have to
    why (should|must) (i|we)
    (why|when|how) (do|am|are|have) (i|we|i still) (have|got|having) to (keep|tell|repeat|explain|wait|chase)
    why (has|have|hasn't|haven't|didn't|won't|can't) (${NOBODY}|anyone|anybody|you|they)
    how come (i|we) (have to|had to)
    (explain|repeat|repeating) myself
    (explained|told) (this|you|them|it) (already|all already|before)
    i've (asked|told|said|i'm) [you] (nicely|telling you)
    now i'm telling you
    all over again
    (${HAVE}) already (told|explained|said|given|done|been)
    (${HAVE}) just (told|explained|said)
    (bad|badly|poorly|disgracefully|appallingly) treated
    not (happy|impressed|fair|pleased|satisfied|helping)
    not an answer
    i don't care (what|about)
    (couldn't|could) care less
    (go|going|switch|switching|move|moving) to (a|another|one of your) [different] (competitor|competitors|provider|company|supplier)
    just close (my|the|our) account
    (never|won't|not) (using|use|buying|buy|dealing|shopping) (you|here|with you|from you) [again]
    no (use|point|excuse|excuses)
    no help [at all]
    no such thing as
    what's the (point|matter with you|wrong with you)
    for the last time
    [can't|don't|won't] you (lot|people)
    (${CANNOT}) (organise|run|get) [a|anything] (anything|tap|bath|right)
    (dreadful|poor|lousy|terrible|awful|bad|shocking|shoddy) (service|attitude|experience|customer service)
    (${CANNOT}) get (hold of|a straight answer|an answer)
    in the dark
    (you|you've|they|they've) lost (my|our)
    (you|they) owe (me|us)
    losing [*] [*] [*] (pounds|money|business|customers|sleep) [a day|because]
    rocket science
    is it too much to ask
    absolutely nothing
    wouldn't recommend
    (put|gone|going) (my|the|our) up again
    not worth the`,
  ],
  [
    -1,
    `(speak|talk) to (someone|somebody) else
    how much longer
    when is (someone|somebody|anyone) (going|coming) [to]
    at the last minute
    (getting|got) nowhere
    not (very|really|too) (good|helpful)`,
  ],
];
