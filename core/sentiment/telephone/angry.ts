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
    `worst service|company|experience|customer_service
    thanks|thank_you for absolutely? nothing
    thanks|thank_you a_lot|a_bunch|very_much? for wasting|ruining|messing|losing|ignoring|breaking
    sick and tired
    sick to death|the_back_teeth
    nothing but trouble|problems|grief|hassle|lies|excuses`,
  ],
  [
    -2.5,
    `waste of my|our|a? time|money|morning|day
    wasting my|our time
    wasted my|our|a|the whole|entire? time|morning|afternoon|day|evening|money
    not|isn't|wasn't|nowhere near? good enough
    fed up
    had enough
    had it up_to_here|with_you|with_this|with_your
    enough is enough
    taking|take my|our business|custom elsewhere|somewhere_else
    rip|rips|ripped|ripping me|us? off
    rip-off
    daylight robbery
    complete|absolute|total|utter|bloody? shambles|joke|disgrace|farce|mess
    my|our wits|wit's|wits' end
    end of my tether
    losing|lost the will_to_live
    driving|drives|drive me up_the_wall|mad|crazy|insane|round_the_bend
    blood boil|boiling
    tearing my hair out
    beggars belief
    beyond a_joke|belief
    last|final straw
    don't|do_not you? dare
    how dare you|they
    shame on you
    lost|losing my|all|our patience|faith|trust|confidence
    don't|do_not|can't|cannot believe|trust a_word|anything_you|what_you|you
    should|wish never have|i'd|i_had signed|joined|bought|switched|come|trusted|bothered|called
    want|get|give_me|need|demand my|our money back
    get your act together
    taking|take|takes the mick|mickey|biscuit|piss
    take|taking|taken me|us for a_fool|a_ride|a_mug|an_idiot|granted
    hacked|cheesed|brassed|ticked|pissed|browned off
    it's|that's|is criminal what|how|the`,
  ],
  [
    -2,
    `sick|tired of
    fobbed|fobbing|palmed|palming|brushed|brushing|brush me|us? off
    strung|stringing|string me|us? along
    messing|messed|mess|mucking|mucked me|us? about|around|up
    pillar to post
    passed|pushed|bounced|shunted|sent from one department|person|place
    passed|passing|pushed|sent me|us? around|about|round|back_and_forth
    passing|passed the buck
    round|around in|and circles|round
    the|me_the|us_the runaround|run-around
    hung|hang|hangs|hanging up on me|us
    cut|cutting me|us off
    left me|us hanging|waiting|stranded|in_the_lurch|high_and_dry
    let me|us down
    lied|lying|lie|lies to me|us
    been lied to
    speak|talk|put_me_through to a|the|your manager|supervisor|boss|line_manager
    speak|talk to someone|somebody in_charge|higher|senior|more_senior|above_you
    want|get_me|need|fetch a|the|your manager|supervisor|boss's_name
    want your name
    out of order
    way|how you treat|treated|spoke_to|speak_to
    way|how i've_been|i_was|we've_been|we_were treated|spoken_to|dealt_with
    trouble|mess|stress|problems you've|you_have|they've caused|made|put_me_through
    can't|cannot keep treating|doing|changing
    treated|treating|treat|spoken_to me|us|people|customers? like
    speak|speaks|spoke|talk|talks|talked to me like
    talked|talking down to
    you|let_me listen|finish to? me?
    can't|cannot|couldn't? get a word in edgeways?
    stop interrupting|lying|harassing|reading|repeating|avoiding
    answer my|the question
    isn't|wasn't|not acceptable|on|right
    acceptable|okay|fair to keep|leave|make|treat|charge
    ${NOBODY} ever|even|has|have ${CALL}
    ${NOBODY} ever? ${CALL} me|us|back
    ${NOBODY} cares|knows|bothers|bothered|listens|helps|turned_up|came|showed_up|told_me|told_us|warned_me|warned_us
    ${NOBODY} has|have called|rung|phoned|contacted|helped|bothered|turned_up|come|told
    ${NOBODY} there|here|of_you? seems|wants|seem to know|help|care|listen|understand
    ${NOBODY} takes|wants_to_take responsibility
    ${NOBODY} will|can|is_willing_to|could|would give|tell|help|explain|answer|do
    no apology|explanation|progress|further_forward|further_on|response|call_back|callback|update|answers
    not a single person|call|reply|word|apology|email
    didn't|never bother|bothered
    couldn't|can't be bothered
    without telling|asking|warning|notice|permission|so_much_as
    behind my back
    hidden charges|fees|costs
    bunch of cowboys|idiots|clowns|crooks|jokers|amateurs
    i|we refuse to
    refuse|refusing|not_going to pay
    not paying this|that|it|a_penny|another_penny|for_this|any_more|anymore
    a penny more
    i|we will|am|are not going|prepared|willing? to? hold|wait|pay|accept
    i'm|we're not going|prepared|willing to? pay|wait|accept|stand|away
    won't|not|can't put up with
    won't stand for
    not having it|this|that
    demand an? answer|explanation|apology|refund
    sort|get this|it|yourselves|that sorted|out now|today|immediately
    i|we want this|it|that|my_* ${DONE}
    i|we want an|some answer|answers|explanation|apology
    don't want another|an|any|your apology|excuse|excuses|apologies
    better things to do
    never again
    never|didn't|don't|doesn't ${CALL} me|us? back
    never|didn't|did_not|doesn't turned|turn|showed|show up
    never arrived|came|showed|answered|replied|called|happened
    took|take|taken|taking another|a|the|yet_another day|morning|afternoon off work? for_nothing?
    ${ORDINAL} time ${HAVE}|i|we ${CALLED}
    ${ORDINAL} time in_a_row|calling|ringing|you've|you_have|they've
    ${ORDINAL} time this week|month|year has|that?
    for the ${ORDINAL} time
    ${HAVE} ${CALLED} you? ${COUNT} times
    ${COUNT} different people|departments
    ${COUNT} times now|already
    how many more? times do|must|have|will i|we
    how hard can|is it
    how long|much_longer am|are i|we supposed|expected|meant to
    how long|much_longer must i|we
    how|what am i|we supposed|meant to do|live|cope|manage
    you|they expect me|us
    time and time|again again
    over and over
    day|week|month after day|week|month
    days|weeks|hours|months on end
    every single? time ${HAVE}|i|we ${CALLED}|call|ring|phone
    one excuse after another
    another|different|same_old|more|always_an excuse|excuses
    always the same
    not again
    here we go again
    no|not_a idea|clue what|how you're|they're|you_are|they_are|you doing?
    not a clue
    haven't|hasn't|haven't_got|without a? clue
    do your|their job|jobs
    what exactly? am|are i|we even|actually? paying you? for
    what kind|sort of company|people|outfit
    not|never|aren't|isn't listening
    are you even|actually listening
    are you serious|joking|kidding|having_a_laugh
    you must_be joking|kidding
    do you understand|realise|have_any_idea
    pull the other_one
    see you in court
    sue|suing you
    small claims court?
    legal action
    hear|hearing from my solicitor|solicitors|lawyer
    take|taking you|this|it to|further the? ombudsman|court|tribunal|press
    report|reporting you|this to the? ombudsman|regulator|ofcom|ofgem
    trading standards
    put|post|posting *? *? *? *? on|over social_media
    to|like|against a? brick wall
    don't|do_not tell me to_calm_down
    your|their mistake|fault|error|mess
    not|it|it's my fault|problem
    my|our own money
    my|our money for ${COUNT}|a|over ${UNITS}|week|month|year
    nothing to show for
    done|doing|did|do absolutely? nothing
    nothing has|has_been|was happened|done|changed
    nothing you can do
    nothing you've|you_have told|said|done
    far from good|happy|ideal|satisfied|pleased|acceptable
    less than impressed|happy|satisfied|pleased|helpful
    anything but good|helpful|happy|easy
    big|great|fat_lot_of|lot_of help you_are|you_were|that_was|isn't_it|that_is
    fat lot of good|use
    so much for
    call|calls yourself|yourselves|that|this a? professional|service|help|company
    if you can call it
    good luck with that
    yeah right
    heard that|it one? before
    zero|no|minus stars
    i'm|we're done with you|your|this|it
    i give up
    as per usual
    oh|well|yeah that's|that_is|isn't_that just? ${GREAT} another|so|now|more|isn't_it
    oh|well|yeah great|brilliant|fantastic|marvellous|wonderful|perfect|lovely so|another|now|here_we_go|not_again
    oh|well|yeah that's|that_is|isn't_that just ${GREAT}
    just great|brilliant|wonderful|fantastic|typical
    how convenient|typical
    that's a big|great help isn't_it
    for ${SAKE} sake
    for crying out loud
    bloody hell`,
  ],
  [
    -1.5,
    `still|yet_again ${NOT} working|fixed|here|arrived|resolved|sorted|done|received|heard|got|had|work|happened|right|been|turned_up|come
    still ${NOT} seen|know|paid|refunded|delivered|replied|further_on|further_forward
    still no answer|reply|sign|news|refund|engineer|water|heating|internet|power|better|word
    still waiting|broken|nothing|down|wrong|the_same|off|out
    it|this still hasn't|isn't|doesn't|won't
    ${NOT_DO} even
    ${HAVE} been|had_to waiting|wait|on_hold|holding|queuing|chasing|chase|trying|passed|left|without
    wait|waited|waiting for ages|weeks|months|hours
    waiting|waited|been|taken|took over? ${COUNT} ${UNITS} and|now|already
    on|to the line|phone for an|over|nearly|half|${COUNT} hour|an_hour|hours|minutes
    kept|keep|keeps me|us? waiting|hanging_on
    keep|keeps|kept getting|being|having|asking|telling|ringing|saying|sending|changing|treating|making
    keep|keeps|kept dropping|crashing|cutting|breaking|failing|freezing|losing|going_down|going_off
    gone|went|broke|broken|dropped|cut|crashed down|off|out? again
    sat|sitting|stuck on hold
    on hold for|again|all
    i|we|${HAVE}|just was|were|been cut_off
    left|leaves|leaving me|us|him|her|them|my_mother|my_father|my_mum|my_dad with|without no|any
    ${YOU_HAVE} left|ruined|broken|wrecked|lost|ignored|forgotten|cancelled|cheated|messed|mixed me|us|my|our|it|up|on
    ${YOU_HAVE} got|sent|put|charged|made|given me|us|my|the|our|it * wrong|twice|again
    ${YOU_HAVE} put my|the|our|up *? up|premium|price
    cancelled on me|us
    without heating|water|hot_water|internet|power|electricity|a_phone|broadband|gas|heat for
    was|were supposed|meant to be|have|get|come|arrive|call|ring|happen|deliver
    would|should have|be been? ${DONE} by|on|yesterday|weeks|last
    should have|be been? ${DONE} already
    it|that|they|${SOMEONE} should have been
    ${SOMEONE} is|are|has|had going|better|got to have
    ${COUNT}|the ${UNITS} late
    yet again|another
    again and again
    not|and_not for? the first_time
    same thing|story|excuse|problem again|every_time|every_day|every_week|every_month
    taking|taken|took so|too long
    taking|takes|taken|took forever|ages
    won't|wouldn't let|give|tell me|us
    refused|refusing to
    haven't|hasn't|not|never heard a|anything|back thing|from_you|from_anyone?
    going|dragging|dragged on since|for
    ${COUNT} weeks|months|days now|already|later
    charged|billed|debited me|us? twice|again|double|wrongly|extra
    taken|took|taking *? money|it|payment|the_money *? *? *? *? twice|again
    wrong again|address_again|bill|amount
    bill|one|time|letter *? *? *? *? been|is|was wrong
    not what i|we was|were told|promised|ordered|asked_for|expected|agreed|getting
    service|thing|something i'm|we're|i_am not getting
    you|they said|promised|told_me|told_us|swore it_would|you'd|you_would|they'd|someone_would|somebody_would|it'd be? ${DONE}?
    told|telling me|us|my_* one_thing|something_else|something_different|a_different_story|another
    was|were told ${COUNT}|a ${UNITS}|week|month and|but
    shouldn't have to
    why should|must i|we
    why|when|how do|am|are|have i|we|i_still have|got|having to keep|tell|repeat|explain|wait|chase
    why has|have|hasn't|haven't|didn't|won't|can't ${NOBODY}|anyone|anybody|you|they
    how come i|we have_to|had_to
    explain|repeat|repeating myself
    explained|told this|you|them|it already|all_already|before
    i've|i_have asked|told|said|i'm you? nicely|telling_you
    now i'm|i_am telling you
    all over again
    ${HAVE} already|just told|explained|said|given|done|been
    bad|badly|poorly|disgracefully|appallingly treated
    not happy|impressed|fair|pleased|satisfied|helping
    not an answer
    i don't|do_not care what|about
    couldn't|could care less
    go|going|switch|switching|move|moving to a|another|one_of_your different? competitor|competitors|provider|company|supplier
    just close my|the|our account
    never|won't|not using|use|buying|buy|dealing|shopping you|here|with_you|from_you again?
    no use|point|excuse|excuses
    no help at_all?
    no such thing as
    what's|what_is the point|matter_with_you|wrong_with_you
    for the last_time
    can't|don't|won't? you lot|people
    ${CANNOT} organise|run|get a|anything? anything|tap|bath|right
    dreadful|poor|lousy|terrible|awful|bad|shocking|shoddy service|attitude|experience|customer_service
    ${CANNOT} get hold_of|a_straight_answer|an_answer
    in the dark
    you|you've|they|they've|you_have|they_have lost my|our
    you|they owe me|us
    losing *? *? *? pounds|money|business|customers|sleep a_day|because?
    rocket science
    is it too_much_to_ask
    absolutely nothing
    wouldn't recommend
    put|gone|going my|the|our up again
    not worth the`,
  ],
  [
    -1,
    `speak|talk to someone|somebody else
    how much longer
    when is someone|somebody|anyone going|coming to?
    at the last minute
    getting|got nowhere
    not very|really|too good|helpful`,
  ],
];
