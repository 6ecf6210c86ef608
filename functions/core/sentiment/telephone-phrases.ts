import type { Ratings } from './telephone-words.ts';

const ORDINAL = 'second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|umpteenth|hundredth';
const COUNT = 'two|three|four|five|six|seven|eight|nine|ten|several|so_many|countless';
const HAVE = "i've|i_have|we've|we_have";
const CALLED = 'called|rung|rang|phoned|contacted|spoken|complained|reported|asked|had_to';
const CALL = 'call|calls|called|ring|rings|rang|phone|phones|phoned|get|gets|got|come|comes|came';
const NOBODY = 'nobody|no_one|none_of_you|not_one_of_you';
const GIVEN = "you've|you_have|he's|he_has|she's|she_has|they've|they_have|you|he|she|they";
const BEING = "you're|you_are|he's|he_is|she's|she_is|they're|they_are|he_was|she_was|they_were|you_were";
const GREAT = 'great|good|brilliant|fantastic|wonderful|lovely|perfect|marvellous|nice|charming|fabulous';
const NOT = "hasn't|haven't|isn't|doesn't|won't|can't|don't|didn't|not|no";
const DONE = 'fixed|sorted|resolved|done|delivered|refunded|repaired|replaced';
const CANNOT = "can't|cannot|couldn't|could_not";

/**
 * Phrases that count as one word; where several fit, the longest is taken. `a|b` are alternatives, `a?` may be
 * absent, `_` joins the words of one alternative.
 */
export const TELEPHONE_PHRASES: Ratings = [
  [
    -3,
    `worst service|company|experience|customer_service
    thanks|thank_you for absolutely? nothing
    thanks|thank_you for wasting|ruining|messing|losing|ignoring|breaking
    sick and tired`,
  ],
  [
    -2.5,
    `waste of my|our? time|money
    wasting my|our time
    wasted my|our|a|the whole|entire? time|morning|afternoon|day|evening|money
    not|isn't|wasn't|nowhere near? good enough
    fed up
    had enough
    had it up_to_here|with_you|with_this
    enough is enough
    taking|take my|our business|custom elsewhere|somewhere_else
    rip|rips|ripped|ripping me|us? off
    rip-off
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
    taking|take|takes the mick|mickey|biscuit|piss`,
  ],
  [
    -2,
    `sick|tired of
    fobbed|fobbing me|us? off
    pillar to post
    passed|pushed|bounced|shunted|sent from one department|person|place
    passed|passing|pushed|sent me|us? around|about|round|back_and_forth
    round|around in|and circles|round
    the|me_the|us_the runaround|run-around
    hung|hang|hangs|hanging up on me|us
    cut|cutting me|us off
    left me|us hanging|waiting|stranded|in_the_lurch|high_and_dry
    let me|us down
    lied|lying|lie|lies to me|us
    speak|talk|put_me_through to a|the|your manager|supervisor|boss|line_manager
    speak|talk to someone|somebody in_charge|higher|senior|more_senior|above_you
    want|get_me|need|fetch a|the|your manager|supervisor
    out of order
    way|how you treat|treated|spoke_to|speak_to
    way|how i've_been|i_was|we've_been|we_were treated|spoken_to|dealt_with
    speak|speaks|spoke|talk|talks|talked to me like
    talked|talking down to
    you|let_me listen|finish to? me?
    stop interrupting|lying|harassing
    isn't|wasn't|not acceptable|on|right
    ${NOBODY} ever|even|has|have ${CALL}
    ${NOBODY} ever? ${CALL} me|us|back
    ${NOBODY} cares|knows|bothers|bothered|listens|helps|turned_up|came|showed_up|told_me|told_us
    ${NOBODY} has|have called|rung|phoned|contacted|helped|bothered|turned_up|come|told
    ${NOBODY} there|here|of_you? seems|wants|seem to know|help|care|listen|understand
    ${NOBODY} takes|wants_to_take responsibility
    no apology|explanation|progress|further_forward
    without telling|asking|warning|notice|permission
    behind my back
    hidden charges|fees|costs
    bunch of cowboys|idiots|clowns|crooks|jokers
    refuse|refusing|not_going to pay
    not paying this|that|it|a_penny|another_penny|for_this
    demand an? answer|explanation|apology|refund
    sort|get this|it|yourselves|that sorted|out now|today|immediately
    never again
    never|didn't|don't|doesn't ${CALL} me|us? back
    never|didn't|did_not|doesn't turned|turn|showed|show up
    never arrived|came|showed|answered|replied|called|happened
    took|take|taken|taking another|a|the|yet_another day|morning|afternoon off work? for_nothing?
    ${ORDINAL} time ${HAVE}|i|we ${CALLED}
    ${ORDINAL} time in_a_row|calling|ringing
    ${HAVE} ${CALLED} you? ${COUNT} times
    ${COUNT} different people|departments
    how many more? times do|must|have|will i|we
    how hard can|is it
    time and time|again again
    every single? time ${HAVE}|i|we ${CALLED}|call|ring|phone
    one excuse after another
    another|different|same_old|more excuse|excuses
    no|not_a idea|clue what|how you're|they're|you_are|they_are|you doing?
    not a clue
    haven't|hasn't|haven't_got|without a? clue
    do your|their job|jobs
    what exactly? am|are i|we even|actually? paying you? for
    not|never|aren't|isn't listening
    are you even|actually listening
    are you serious|joking|kidding|having_a_laugh
    you must_be joking|kidding
    pull the other_one
    see you in court
    sue|suing you
    hear|hearing from my solicitor|solicitors|lawyer
    take|taking you|this|it to|further the? ombudsman|court|tribunal|press
    report|reporting you|this to the? ombudsman|regulator|ofcom|ofgem
    trading standards
    to|like|against a? brick wall
    don't|do_not tell me to_calm_down
    your|their mistake|fault|error|mess
    not my fault|problem
    my|our own money
    far from good|happy|ideal|satisfied|pleased|acceptable
    anything but good|helpful|happy|easy
    big|great|fat_lot_of|lot_of help you_are|you_were|that_was|isn't_it|that_is
    fat lot of good|use
    so much for
    call|calls yourself|yourselves|that|this a? professional|service|help|company
    good luck with that
    yeah right
    heard that|it one? before
    oh|well|yeah that's|that_is|isn't_that just? ${GREAT} another|so|now|more|isn't_it
    oh|well|yeah great|brilliant|fantastic|marvellous|wonderful|perfect|lovely so|another|now|here_we_go|not_again
    oh|well|yeah that's|that_is|isn't_that just ${GREAT}
    just great|brilliant|wonderful|fantastic|typical
    how convenient|typical
    that's a big|great help isn't_it`,
  ],
  [
    -1.5,
    `still|yet_again ${NOT} working|fixed|here|arrived|resolved|sorted|done|received|heard|got|had|work|happened|right|been|turned_up|come
    still ${NOT} seen|know|paid|refunded|delivered|replied
    still waiting|broken|nothing|down|wrong|the_same
    it|this still hasn't|isn't|doesn't|won't
    ${HAVE} been|had_to waiting|wait|on_hold|holding|queuing|chasing|chase|trying|passed|left|without
    wait|waited|waiting for ages|weeks|months|hours
    kept|keep|keeps me|us? waiting|hanging_on
    keep|keeps|kept getting|being|having|asking|telling|ringing|saying|sending|changing
    sat|sitting|stuck on hold
    on hold for|again|all
    left|leaves|leaving me|us|him|her|them|my_mother|my_father|my_mum|my_dad with|without no|any
    without heating|water|hot_water|internet|power|electricity|a_phone|broadband|gas|heat for
    was|were supposed|meant to be|have|get|come|arrive|call|ring|happen|deliver
    would|should have|be been? ${DONE} by|on|yesterday|weeks|last
    should have|be been? ${DONE} already
    it|that|they|someone|somebody should have been
    yet again
    again and again
    not the first_time
    same thing|story|excuse|problem again|every_time|every_day|every_week|every_month
    taking|taken|took so|too long
    taking|takes|taken|took forever|ages
    won't|wouldn't let|give|tell me|us
    refused|refusing to
    haven't|hasn't|not|never heard a|anything|back thing|from_you|from_anyone?
    going|dragging|dragged on since|for
    ${COUNT} weeks|months|days now|already|later
    charged|billed|debited me|us? twice|again|double|wrongly|extra
    taken|took|taking money|it|payment|the_money twice|again|out_twice
    wrong again|address_again|bill|amount
    not what i|we was|were told|promised|ordered|asked_for|expected|agreed
    you|they said|promised|told_me|told_us|swore it_would|you'd|you_would|they'd|someone_would|somebody_would|it'd be? ${DONE}?
    told me|us one|a|something thing|different_story|else|different
    shouldn't have to
    why should|must i|we
    how come i|we have_to|had_to
    explain|repeat|repeating myself
    explained|told this|you|them|it already|all_already|before
    all over again
    ${HAVE} already|just told|explained|said|given|done|been
    bad|badly|poorly|disgracefully|appallingly treated
    not happy|impressed|fair|pleased|satisfied
    i don't|do_not care what|about
    go|going|switch|switching|move|moving to a|another|one_of_your different? competitor|competitors|provider|company|supplier
    just close my|the|our account
    never|won't|not using|use|buying|buy|dealing|shopping you|here|with_you|from_you again?
    no use|point|excuse|excuses
    no help at_all?
    what's|what_is the point|matter_with_you|wrong_with_you
    for the last_time
    you lot|people
    couldn't|can't organise|run a? anything|tap|bath
    dreadful|poor|lousy|terrible|awful|bad|shocking|shoddy service|attitude|experience|customer_service
    can't|cannot get hold_of|a_straight_answer
    in the dark
    you|you've|they|they've|you_have|they_have lost my|our`,
  ],
  [
    -1,
    `speak|talk to someone|somebody else
    how much longer
    when is someone|somebody|anyone going|coming to?
    getting|got nowhere
    not very|really|too good|helpful`,
  ],
  [
    0,
    `make|made|making|file|filed|filing|open|opened|start|started|put_in|submit|submitted|log a|my|the|an claim|dispute
    how do|would|can|could i|we make|raise|log a complaint
    complaint|complaints|claim|claims|fraud|emergency|security|support|cancellations|refunds number|reference|department|team|form|line|policy|address|procedure|process|officer
    account|branch|property|case|relationship|bank|project manager|managers
    cancel|cancelling|cancelled my|the|an|our|that|this|a appointment|appointments|booking|order|reservation|delivery|visit|meeting|direct_debit|standing_order|hold|call|card|cheque
    refund|refunds policy|request|form
    get|request|have|ask_about|arrange a refund
    how long|much does|is|will the|a|my refund
    wrong number|department|extension|line|button
    passed away
    best before|way|time|number
    good morning|afternoon|evening|day|bye|night
    great|good deal of
    better off
    might|had as_well|better
    just? as well
    love to|from
    not sure
    no idea`,
  ],
  [
    1,
    `no problem|problems|worries|bother|trouble
    not a problem|bother
    that's|that_is|it's|that'll_be|that_will_be fine|ok|okay|alright
    works|worked for me|us`,
  ],
  [
    1.5,
    `i|we really|absolutely? like it|that|this|the|your
    thank goodness
    exactly|just|precisely|that's|that_is what i|we was_after|was_looking_for|were_after|needed|wanted|hoped_for|asked_for
    good|great|wonderful|brilliant news
    sounds|looks|looking|going good|great|lovely|perfect|well
    up and running
    good as new
    did|does|do|done the trick
    right|${DONE} first time
    arrived|came|here early|on_time
    looked after me|us
    that'll|that_will do nicely
    suits me
    job done
    hassle free
    no trouble|bother|hassle at_all
    all done|sorted|fixed|working|good|set|clear
    no complaints|complaint
    ${CANNOT} complain|fault|grumble
    not bad|too_bad
    working|works|worked again|now|fine|perfectly|properly
    much clearer|better|easier
    make|makes|made sense|it_easy|things_easy
    quicker|faster|cheaper|better|easier|sooner|simpler|nicer than i|we|the thought|expected|hoped|last?
    really|very|so quick|fast|prompt|efficient
    more than fair|happy
    good of you
    good to know|hear
    ${GIVEN} made it|that|this easy|simple|clear
    thanks|thank_you to you
    happy days`,
  ],
  [
    2,
    `thank|thanking you
    thanks|thank_you very|so|ever_so|a much|million|bunch|lot
    thanks|thank_you for your|all|the|all_your help|patience|time|kindness
    thanks|thank_you once again
    much|really obliged|appreciated
    well done
    hats off
    credit to you|the|your|her|him
    pleasure dealing|talking|speaking|doing|to
    pleasant surprise
    pleasantly surprised
    music to my ears
    made up with
    nothing was too_much_trouble|too_much
    ${CANNOT} believe how quick|fast|easy|helpful|good|simple|cheap|quickly|kind
    so patient|kind|helpful|good|quick|easy
    bless you
    spot on
    top marks|notch|class|man|job
    first|top class|rate
    ten|five|full out_of_ten|stars|star|marks
    happy with|bunny|customer
    good|great|nice|lovely|fantastic job|work|stuff|one
    weight|load off my|our mind
    mind at rest|ease
    what a relief|star|help
    quick|fast response|service|reply
    keep up the_good_work
    pleased with`,
  ],
  [
    2.5,
    `${CANNOT} thank you enough|more
    ${CANNOT} have_been|be any? better|nicer|kinder|happier|easier|quicker|simpler|friendlier
    ${CANNOT} have_been|be any? more helpful|pleased|grateful|patient|accommodating|professional|polite|understanding
    ${CANNOT} have? asked|ask|wish|wished|hope|hoped for more|better
    no complaints at_all
    ${CANNOT} fault you|the|her|him|them|it|your
    extra mile
    above and beyond
    out of your|his|her|their way
    life saver
    life-saver
    blown away
    a|an|absolute|complete|total|real|proper star|legend|hero|gem|angel|diamond|treasure|lifesaver|saint
    ${BEING} a star|legend|gem|angel
    made my|our day|week|year
    over the moon
    been a great|big|huge|real help
    like a dream|charm
    tell|telling all? everyone|my_friends|my_neighbours|my_family|friends|neighbours about
    will|i'll|i'd|would definitely? be? recommend|recommending
    best service|company|experience|customer_service
    never had such_good|better`,
  ],
];
