import type { Ratings } from './ratings.ts';

/**
 * What unhappy callers say without a word of feeling: that something fails, is late or comes again, that nobody does
 * what was expected, and questions that are none. Each line is a way of saying it, with word classes for what it is
 * said of, so that it holds for other trades too. These are statements: nothing before them negates them.
 */
export const UNHAPPY_STATEMENTS: Ratings = [
  [
    -2,
    `can not (stand|bear|cope with|tolerate|abide|take) (this|it|another|any|the|you|that) *1
    (slap|kick|spit) in the (face|teeth)
    over my dead body
    do not (tell me to|you (dare|ever))
    avoid (them|this|at all costs|like the plague|these)
    surprise surprise
    (a|my) (child|monkey|dog|kid|grandmother|gran|{count} year old|toddler) (could|can|would)
    talk to a (wall|brick wall|machine|robot|recording)
    {start} [well] some (service|help|company|support) {end}
    thanks a bunch
    (got to|have to|must) be (kidding|joking|having a laugh)
    (pay|paid|paying) *3 for nothing
    what a (mess|joke|shame|disaster|waste|nightmare|farce|load of *1|rip off|disgrace|letdown|let down|disappointment)
    (no|some) way to (treat|run) *2
    is (this|that) how (you|they) *2`,
  ],
  [
    -1.5,
    `(my|our|out of|run out of) patience
    {i} have been (very|more than|so|extremely|really|too|incredibly) patient
    (it|that|this) (is|was) [all|entirely] (your|their) (job|fault|responsibility|mistake|error|problem)
    {i} have never (seen|known|heard|had|experienced|met) (anything (like|so)|such)
    (get|got|getting) (nowhere|no answer|no reply|no help|no response|fobbed)
    jump through hoops
    wild goose chase
    in this day and age
    (does|do) (anyone|anybody|any of you) [*2] (care|work|know|listen)
    (longer|worse|more|higher|later|slower|dearer) than (you|promised|agreed|quoted|advertised|it should|they said|stated)
    no (manners|respect|shame|concern|common sense|customer service|intention of)
    (one thing|one problem) after another
    (you|they|he|she|your *2|{thing}) [have|has|had|just|also|*1] (=ruined|=wrecked|=broke|=broken|=lost|=damaged|=spoiled|=spoilt|=destroyed|=scratched|=dented|=flooded|=forgot|=forgotten|=ignored|=stole|=stolen|=threw|=thrown|=smashed|=messed up|=mixed up|=cut off|=overcharged|=misled|=deceived|=cheated|=abandoned|=insulted|=shouted at|=swore at|=hung up|=left|=rejected|=refused|=missed|=cost) (me|us|my|our|everything|half|on me|on us)
    (make|made|making|force|forcing) (me|us|my *1) [to] (wait|pay|feel (bad|stupid|like|small|sick|worse)|look (bad|stupid|like)|repeat|queue|call|ring|stand|chase|drive|cry|sick|angry|mad)
    how would you (like|feel)
    do you (think|believe) (it is|that is|this is|i am|we are|it) *1 (acceptable|okay|fair|right|funny|a joke|normal|stupid|reasonable|made of)
    do you (know|realise|realize|have any idea|understand|appreciate) (how|who|what this|what it|what you) (long|much|many|hard|i|is|have|has|are)
    what (am i|are we) [even|actually|exactly] pay *2 for
    (who|what) do you think you
    do i look like
    what gives you the right
    what (part|bit) of *3 do you not
    since when (is|do|does|are|can)
    {start} do not (tell|give|lie|patronise|interrupt|blame|shout|talk|insult) [to|at|down to] me
    stop (tell|ask|say|call|send|text|email|charge|take|ignore|transfer|pass|blame|mess|waste|treat|put) *1 [me|us|it]
    leave (me|us) alone
    {start} (do not|never) [ever] (buy|use|book|order|trust|bother|fly|waste your|go with|shop|stay|sign up|deal) [with|from|at|here|until|this|these]
    (would|will|do|could|can) not [ever] recommend
    stay away {end}
    stay away from (this|these|them|you)
    used to be [so|such|a|really|very] (good|great|better|helpful|reliable|excellent|amazing|brilliant|the best)
    (feel|felt) (like|as if|as though) (nobody|no one|you do not|i am (talk|bang|go|be|hit|waste)|a fool|an idiot|a criminal|a number|give up|scream|cry)
    {start} [oh|well|just|that is|and] ({great}) (yet another|so i (have|need|must)|so now (i|you|it)|now (it|the *1|my *1|your *1) (is|has|have|does|will|broke|crash))
    (great|good|nice|fantastic|brilliant|lovely) (another|an extra) (delay|bill|charge|fee|problem|day|week|hour|transfer|call|form|message|error|automated *1|recorded *1|email|excuse|queue|wait|menu) *1
    (not|never|rarely|hardly) [*1] on time
    (hang|hung|put the phone|slam) (up|down) on *1
    from bad to worse
    (talk|speak|spoke|act) [to me] (like|as if|as though) i (am|was|did)
    ({it}|{thing}) [*1] (does|did|will|would|is|has|can|could) not [{even}] [{even}] [be|been|seem to|want to|going to] {works}
    ({thing}) [that|which] [*2] (never|stop|stops|stopped|quit) {works}
    ({nobody}) [{even}] [ever|there|here|at *2] (can|could|will|would|do|have|is|seem|want|care|know|tell|say|listen|call|come|respond|bother|inform|explain|help|answer|turn|show|contact|return|email|pick|read|fix|take|give|get|ring|phone|reply|understand|notice|warn|let|ask|mention|speak|believe)
    (is|are|was|have|been|keep|left|sit) [{surely}] wait *3 ({count} {span}|forever|for ever|ages|too long|so long|long enough|since *1|all {day})
    wait (forever|ages|all {day}|so long|too long|{count} {span})
    (take|taking|took) [you|them|it|this|me|us] (so long|too long|way too long|far too long|very long|ages|forever|long enough|all {day}|such a long time|{count} {span} (to|now|and|already))
    ({broken}|late|lost|wrong|happen|happening|same (thing|problem|issue|story|mistake)|charged|stuck|declined|rejected|stolen|locked out|on hold|not work) *1 again
    (delay|cancel|postpone|reschedule) (again|for the|once again|yet again|another|{count} times|twice)
    {i} (=ordered|=asked for|=wanted|=paid for|=requested|=booked|=bought) *4 (and|but) [only|instead|all|*1] (=got|=received|was given|were given|=sent|you sent|they sent|it came|ended up|there was|what i got)
    =expected [a bit|a lot|much|so much|far|rather|something|service] (better|more)
    (not [*1] (what|as|like|the way|how) (you|they|it|was|were) *1|not as) (describe|advertise|promise|expect|show|picture|claim|say|agree|tell|sell|would)
    how (hard|difficult) (can|is|would|could)
    how is (that|this|it) *1 (possible|fair|legal|acceptable|even|okay|allowed|helping|my (fault|problem))
    how (can|could) (you|they|this|it|that|anyone|a company|a bank|someone) *1 (be so|do|let|happen|treat|call|expect|justify|charge|lose|run|possibly|just|not)
    what is the (use|point)
    (what (kind|sort)|which kind) of (company|service|business|bank|place|people|support|joke|nonsense|customer *1|airline|shop|store) *1
    (what|now what|how|so what) (am|are) {i} [now] (supposed|meant) to
    what (am|are) {i} (going to do|supposed|meant)
    are you (serious|kidding|joking|for real|insane|trying to|even|deaf|listening|out of your)
    not have all (day|night|week)
    [it|that] is about time {end}
    (this|that) is about time
    (arrive|come|deliver|receive|get|send|turn up|show up) *4 ({broken}|torn|dirty|=opened|empty|expired|stained|in pieces|half empty|wrong size)
    (=charged|=billed|=debited|=took|=taken|=deducted|=withdrew) [me|us|my *1|it|money] (twice|double|too much|extra|more than|for something|without|wrongly|the wrong|an extra|a fee)
    (blame|accuse|ignore|threaten|insult|bully) (me|us|my *1|all my)
    (feel|felt|been|am|are|so|really|being) [*1] let down
    never (been so|had such|seen such|experienced such|been treated|had so|felt so|had worse)
    can not believe (this|that|how|you|they|somebody|someone|it (is|has|took)|i am|i have|we are)
    (you|they) call (this|that|yourself|yourselves) *1
    {i} [have] [just|already] (=told|=said|=gave|=given|=explained|=sent|=provided|=answered|=mentioned|=asked) [you|them|him|her|it|that|this] [that|this|it|all|all of *1] (already|before|{count} times|twice)
    did not {i} [just|already|*1] (say|tell|give|ask|mention|send|answer)
    (put|raise|increase|hike) *3 (price|bill|fee|rent|premium|rate) *2 (without|again|up without|up again)`,
  ],
  [
    -1.2,
    `(you|they) want (me|us) to (pay|wait|call|ring|start|go|buy|send|prove)
    (you|they) can not (just|keep|even|help|tell|explain|say|find|fix|get|treat|expect|do this|do that)
    all {i} (get|hear|ever *1|asked for|wanted)
    (for|considering|after) (the money|the price|the amount|all the money|all|everything|how much|what) *1 {i} (pay|am paying|spend|have (paid|spent|been through))
    not my (job|fault|problem|responsibility|mistake)
    {i} can not (sleep|eat|work|cook|shower|wash|live|function|do my *1) (because|without|since|until|like|due)
    what do you mean (you|i|it|there|no|that)
    that was {count} {span} ago
    (you|they|he|she|{thing}) [have|has|just|then|also] (=refuse|=refused|=refuses|=denied|=declined|=rejected) (to|my|our|me|us)
    (=threw|=dumped|=chucked) (it|my *1|the *1|them)
    at this rate
    paying customer
    (about|high) time (you|somebody|someone|they|too|i got|we got)
    (is|are) (nobody|no one|anybody|anyone|somebody|none of you) (going to|able|capable|even)
    {i} keep (try|call|ask|tell|explain|chase|say|repeat|wait|email|ring|phone)
    last thing {i} (need|want)
    red tape
    (no|without) [any|hot|running|proper] (heating|water|power|electricity|gas|phone line|internet|broadband|heat|lights|signal)
    {start} (forget it|forget about it|whatever) {end}
    {start} [oh|well|how|just] typical
    typical {end}
    would you (be happy|accept|put up|trust|tolerate|pay for) *1
    who (is|are) (responsible|going to (pay|fix|help)|to blame|accountable)
    whose (fault|mistake|idea)
    (am|is) i (the only|speaking to|talking to|going mad|supposed)
    (is|are) [it|that|this] too much to ask
    what (use|good) (is|are|was|did) *1
    why (bother|should i|should we|would i pay)
    when (will|are|is|do) (you|somebody|someone|anyone|anybody|this|it|they|i) [guys|people|*1] (finally|ever|actually)
    {i} have had to *1
    =spent *3 (hour|hours|days|morning|afternoon|evening|week|weeks|fortune|ages)
    (day|morning|afternoon|time|days|hours) off work
    (sit|stay|wait|stand|queue) (in|at home|here|there|around|at) *1 (all|whole) {day}
    for nothing {end}
    (you|they) never [even|ever|once|*1] (call|ring|send|tell|answer|deliver|pick|reply|get|do|listen|come|show|turn|warn|explain|respond|return|fix)
    not (once|one time) *1 (have|has|did|were)
    not even [a|an|one|*1] (apology|sorry|reply|response|email|call|explanation|close|let|try|bother|look|say|tell|answer|give|ask|offer|apologise)
    without even *1
    {count} (visit|attempt|message|email|call|letter|engineer|agent|complaint|promise|department|week|month|day) *1 (already|and (still|nothing|no|counting|not))
    after {count} (visit|attempt|message|email|call|letter|engineer|agent|complaint|promise|week|month|hour|day|replacement) *1
    (days|weeks|months|times|weekends|nights) (running|in a row|on end|straight)
    still (down|broken|missing|wrong|on hold|offline|dead|nowhere|the same|get|be charged|have no|have not|show|say|charge|pending|stuck|without|unresolved|out|off)
    customer (for|since) *4 (and|but)
    {i} (will|am|would|are) not [*1] (be treated|accept|pay for|stand|tolerate|hold|put up|be spoken|be fobbed|take no|give up|settle|be (charged|paying|ignored|lied))
    (hard|difficult) to believe
    (so|are) [you|are|you are] (telling me|saying) [that|*1] (you|i|there|it|nobody|nothing)
    not worth *1
    (price|bill|premium|rent|fee|tariff|cost) *3 (gone up|went up|doubled|tripled|up again|increased again|rocketed|so high|too high)
    what a surprise
    {i} (want|demand|would like|need|expect|deserve) *1 (explanation|answers|to know (why|who|what you|how you)|apology|someone to explain|somebody to explain|answer now)
    not the (point|service|answer|way|attitude|quality|standard|first) *1
    (you|they) *2 (take|took|have|had|keep|kept) [all] (my|our) money
    where is my (money|refund)
    and (still nothing|nothing yet|nothing {end}|no reply|no answer|still no *1)
    nothing (yet|since|so far) {end}
    (no further|no closer|no nearer|square one|dead end|from scratch)
    hung up {end}
    =late (again|every|once again|as usual|as always)
    (put|stick) (me|us) [back] on hold
    (tell|told) me (one thing|different|something else|lies|another)
    (wrong|mistake|error|problem|issue|trouble|late) (every|each) *1 (time|week|month|day|bill|order|delivery)
    (always|constantly|continually|forever) (late|down|wrong|busy|engaged|broken|crash|drop|an excuse|fail|change)
    (could|can) not (care less|be bothered|organise|organize|even|find a *1)
    {i} (do|did) not (pay|sign up|ask|agree|order|deserve|expect) *1 (for this|to (this|be|get|have|wait)|this|that|any of)
    {i} (deserve|expect) (better|more|a refund|some respect|respect)
    {i} (give up|despair|regret|have had it)
    (shout|swear|yell|laugh|scream|snap) at (me|us|my *1)
    (was|is|were|so|very|too|really|being|extremely) [very|so|too|really|extremely|just|always|quite|all|both] (rude|unhelpful|aggressive|abrupt|dismissive|short with me|unfriendly|patronising|condescending|sarcastic|impolite|nasty|arrogant)
    (charge|charging|charged|bill|billing) (me|us) (for|a|an|more|extra|late|{count}) *1
    take (no|any) responsibility
    (not|never) [*1] (honoured|honored|honour|honor|kept|keep) (the|your|that|their|its|my) *1
    ({thing}) (is|has) not [*1] (here|arrived|come|ready|in yet|on time|updated|showing)
    {i} [still] (have|did) not [*1] (receive|hear back|hear from *1|have a reply|been (paid|refunded|told|credited|informed|notified|contacted|compensated|reimbursed|reconnected))
    {i} (did|have) not [even|ever] (get|got) (my|the|any|anything|what)
    {i} [have] never [even|once|actually] (=got|=received|=heard|agree|order|ask for|asked|sign up|signed|authorise|authorize|request|approve|subscribe|consent)
    (no|not a|not one|zero|without) [single|*1] (reply|response|apology|explanation|update|call back|callback|progress|solution|warning|communication|signal|hot water|heating|electricity|consideration|compassion)
    (still|been) [*1] =waiting
    can not wait [for] (any longer|that long|all day|forever|any more|another|so long|much longer)
    ({thing}|i|we|it) [have|has|is|was|were] [just|also|now|*1] [been] (sit|stick|down|out|off|try|chase|hold|queue|dead|without|{broken}|pending|process|stand|lie|strand|wait) *4 (for|since|over|nearly|almost) [over|nearly|almost|about|more than|the last|the past] {count} {span}
    it [has|is] [now] been [over|nearly|almost|more than|about|at least] (a|an|{count}) [whole|full|long|bloody] (hour|day|week|month|{span}) [and|already|now|since]
    {count} {span} (late|and counting|overdue|delay|on hold|for nothing|without|on the tarmac|and (still|nothing|no|not)|ago and)
    ({thing}|they|he|she) (is|are|was|were|has been|have been) [*1] (delayed|late|overbooked|cancelled again|nowhere)
    ({it}|{thing}) keep [on|me|us|you|*1] (*)
    {i} keep [on] (get|have|be|receive|lose|hear|see)
    (you|they|he|she|{thing}|email|letter) [clearly|just|had|has|have|also|even] (=said|=say|=promised|=told (me|us)|=claimed|=guaranteed|=assured (me|us)|=swore) [that|to] ({it}|i|we|someone|somebody|{thing}|my *1|the *1) would
    (was|were|been) =told *4 (would|and|but|not)
    (you|they|he|she|your *1|was|were|been|agent|manager) [have|has|had|also] =promised
    (=was|=were) [*1] (supposed|meant) to
    (you|they|he|she|someone|somebody|it|this|that|which|{thing}) [*1] should [at least|really|never] have [been|*1]
    should not [have to|take|cost|be so|be this|be that|happen|have happened]
    {i} [have] (=paid|=pay) *4 (and|but|yet|so) [i|it|you] (still|not|never|nothing|no|has|have|they|only|got)
    (you|they|he|she|{thing}) (do|did|have|had|could|would|will) not [even|ever|seem to|want to|bother to|*1] (explain|tell|inform|mention|warn|notify|listen|understand|help|read|care|answer|fix|bother|respond|reply|send|let|deliver|show|turn up|call|apologise|apologize|solve|resolve|honour|honor|keep|refund|show up|follow|notice)
    (do|did|will|can|could|have) not (you|they|anyone|anybody|someone) [even|just|at least|*1] (have|read|listen|see|know|help|understand|do|give|send|check|tell|care|get)
    why (is|do|will|can|have|must|should) *4 (so|such|only|always|still|never|keep|taking|again|nobody|no one)
    why (can|will|have|did|is) not (you|they|it|anyone|someone|i|we|{thing}|this|that|your|my|the)
    why (is|have) {i} [*1] (charge|bill|pay|get|wait|still|not|tell|ask|cut off|on hold|be|overcharge|debit)
    why (do|must|should) {i} [always|still|even|*1] (have to|keep|pay|wait|suffer|put up)
    why (is|was|did|has|have|are) (my|the|this|it|that|your) *3 (not|missing|wrong|declined|blocked|cancelled|so|still|gone|rejected|failed|frozen|delayed|late|higher)
    (what|how|why|where|who) on earth
    how (many|much) (more|longer) (days|hours|weeks|times|minutes|calls|emails|people|do|must|will|am|are|is)
    what is going on {end}
    what is (taking|the hold up|the holdup|wrong with (you|your|them|this))
    what happened (to|with) (my|our)
    do (you|they|you guys|you people) (even|actually|ever)
    (can|could|will|would) (anyone|anybody|someone|somebody) [*1] (actually|even|ever|finally)
    (is|was) (that|this|it) [really|seriously|honestly|actually] (all|the best|it) [that] (you|they) [*1] (can|could|offer|do {end})
    (is|are) (anyone|anybody|you|someone|somebody) [still|even|actually|out] there
    {start} seriously {end}
    {start} come on {end}
    {start} (please|just|and|so) hurry
    {start} hurry {end}
    speed (this|it|things) up
    make it (snappy|quick) {end}
    (fix|sort) (it|this|that) [out] (now|already|immediately|today)
    {i} (need|want) (it|this|that|them|my *1) *2 (right now|immediately|now|fixed|sorted) {end}
    {i} (=needed|=wanted) (it|this|that|them|my *1) (today|yesterday|now|last|by|this)
    {i} [have] [just] already (=told|=said|=gave|=given|=explained|=sent|=provided|=answered|=tried|=asked|=mentioned)
    (this is|it is|for) [now|already] [the|my] {ordinal} (agent|person|time|call|email|day|week|attempt|engineer|delivery|month|driver|replacement|message|complaint)
    because of (you|your *1|this (company|mistake|delay|error|mess))
    (lose|miss) [*1] (money|work|business|my job|sleep|my flight|our flight|my connection|customers|a day)
    (stick|strand) (at|in|here|without|on the)
    {i} can not afford (to (wait|lose|keep|be)|this|that|it|another)
    cost (me|us) [*1] (money|fortune|a fortune|my *1|so much|{count} *1)
    out of pocket
    no choice but
    (this|that|it|which) is [really|so|just|simply] not [very|really|at all|even] (fair|right|cool|help|funny)
    (that|this|it) (can|could) not be (right|true|legal|fair|correct)
    do not [really|even] (think|believe|feel) (this|that|it) is [very|at all] (fair|right|acceptable|good enough)
    (does|did|do) not [*1] (sound|look|seem|feel) [very|*1] (right|fair|fun|promising|correct|safe|good)
    you (are|were) not [even|really] (listen|help|understand|answer|pay attention|do your|make sense)
    {i} [really|still|just|honestly] do not (understand|get|see) (why|how you|how this|how it is)
    (stop|quit) (working|charging|responding|loading|functioning|playing|connecting)
    ({thing}|it|this|everything) (is|has been|smell|look|taste|feel|sound) [so|very|really|all|completely|always|a bit|too|still|just|*1] ({broken}|dirty|filthy|smelly|stained|noisy|damp|stale|raw|burnt|burned|soggy|bland|overcooked|undercooked|blurry|slow|useless|dead|rotten|mouldy|moldy|freezing|cramped|outdated|garbage|trash|overpriced|confusing|cold|smell|sticky|tiny)
    (hair|bug|bugs|cockroach|mould|mold|mice) in (my|the|our)
    (half|some|most|part|parts) *4 (is|are|was|were) missing
    {i} (am|are) missing
    (say|get|give|show|throw) [me] [an|the|*1] (error|errors)
    not (let|allow|accept|recognise|recognize) (me|us|my)
    (log|kick|throw|cut|lock) (me|us) (out|off)
    {i} [still|just|even|now|also] can not [even|*1] (log|login|access|connect|get in|get into|get it|use|reach|get through|get hold|download|register|sign|make it work|get a|get any|get my|open|load|track|get on|use)
    =tried *4 (everything|all day|all morning|all week|for hours|for days|for weeks|for months|again and again|{count} times|several times|restarting|turning)
    nothing [{even}|i do|i try|*1] (work|help|happen|change)
    (you|they) (keep|lot|always|never) (say|ask|tell|send|give|change|ignore|charge|mess)
    back and forth
    [could|should|can|might as well|will] [have] [just] (do|done) (it|this|that) *1 myself
    (better|least) you (can|could) do
    {start} better (not|be|get|have) *1
    (you|it|they|this|that|he|she) [had] better (not|be|get|have|fix|sort|send|work|give|refund|hurry)
    let (me|us|him|her|them) down
    (a|such a|one|the most|it is) (simple|basic) (question|request|thing|task)
    {i} (just|only) (want|wanted|need|needed) *4 (is that|nothing more|not hard|fixed|sorted|that works)
    (slow|complicated|confusing|difficult) (service|process|system|website|app)
    (so|such a|too|very|really) (slow|complicated|confusing|difficult|unreliable|hard to reach)
    (you|they) [have] (=messed|=mess|=screwed|=lost|=forgot|=forgotten|=broke|=ruined|=missed) (up|my|our|it|about)
    (waste|wasted|wasting) *3 (day|morning|afternoon|hour|hours|money|time|evening)
    give {i} the run around
    {i} (am|are) still (not|without|no|stuck|charge|get|lock)
    still (no|not|nothing)`,
  ],
  [
    -1,
    `{start} [oh] (help|help me|please help|help me please) {end}
    (uh|oh|oh my) (oh|no|dear|snap|shoot|crap|god|great not)
    (in a|such a) bad mood
    (bad|crappy|rough|terrible|awful|tough|long) (day|week|time|start)
    (not|never) (sure|convinced) (you|they|he|she|this|that|it|these) (really|actually|even|know|have a clue)
    do not (want|need) (him|her|that driver|them|you) again
    {i} [really|just] (do not|would not) (like|want) (this|that|it|him|her|them|the way) {end}
    [am|are|really|so|very|bit|a bit] (worried|concerned|scared|nervous|afraid|anxious|upset|stressed) (about|that|of) *1
    (mad|angry|annoyed|upset|cross) (at|with) *2`,
  ],
];

/** Where such a statement says nothing of what is: it is asked about, supposed, or everybody's. */
export const NOT_STATED = [
  'not right (now|away)',
  '(if|whether|unless|until|before|should|in case|so that|make sure|hope|what happens when|when|does|will|would|did) *4 …',
  '… (for|with) (me|us|him|her|them|work|you)',
  '(say|said|told *1) *3 would (rather|like|love|prefer) *',
  '(surely|sure) *1 …',
  'is (it|that|this|my *1) *1 …',
  '… (in|on) (monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends|sundays)',
  '{nobody} else',
  '{nobody} (is|will be|was) (home|in|at|available|using|there)',
  'keep [on] (up|going|in touch|safe|warm|well|an eye|track|fresh|it|them|the)',
  '… (until|before|till|at|often|much)',
  'should not be (a problem|too|long|an issue|so bad|that bad)',
  'should not (take|be) [too|very|that] long',
  '(oh|no) (no|dear) (problem|worries|need|rush|that is|it is|thanks|thank|i am|not)',
  'oh my god *1 (thank|thanks|amazing|yes|great|perfect)',
  '(have|had) a (bad|crappy|rough|long) (knee|back|time)',
  '(no|not|never) *2 (worried|concerned|scared|nervous|afraid|anxious|upset|stressed)',
  '(long) (time|day)',
  'no (reply|response|need|update) (needed|necessary|required)',
  'still (have|has) (a|the|my|an|some|enough|time|it|to)',
  'still not (bad|sure|decided)',
  'wait *2 (until|till) *',
  'not as (bad|expensive|cold|far|much|many|hot|busy|hard|difficult|late) *',
];
