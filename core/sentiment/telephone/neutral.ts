import type { Ratings } from './ratings.ts';

const MYSELF = 'i|we';

/** Everyday facts of a trade that hold words of feeling. */
export const NEUTRAL_PHRASES: Ratings = [
  [
    0,
    `(make|made|making|file|filed|filing|open|opened|start|started|put in|submit|submitted|log) (a|my|the|an) (claim|dispute)
    (how|where) (do|would|can|could) (i|we) (make|raise|log|send) (a|the) complaint
    (complaint|complaints|claim|claims|fraud|emergency|security|support|cancellations|refunds) (number|reference|department|team|form|line|policy|address|procedure|process|officer)
    (account|branch|property|case|relationship|bank|project|site|store) (manager|managers)
    (cancel|cancelling|cancelled) (my|the|an|our|that|this|a|tomorrow's|today's) (appointment|appointments|booking|order|reservation|delivery|visit|meeting|direct debit|standing order|hold|call|card|cheque)
    (i'd|we'd|would) like to cancel
    (can|could|how do|may) (i|we) cancel
    (refund|refunds) (policy|request|form)
    (get|request|have|ask about|arrange) a refund
    how (long|much) (does|is|will) (the|a|my) refund
    (is|was|will|where's|when's) (the|my) refund
    wrong (number|department|extension|line|button)
    by (mistake|accident)
    difficult time
    (payment|transaction|delivery|test|login) failed
    (waste|refuse|recycling) (collection|bin|bins|disposal|paper|water|pipe|sacks)
    fixed (rate|term|price|line|penalty|fee)
    something wrong with
    passed away
    best (before|way|time|number)
    good (morning|afternoon|evening|day|bye|night)
    (great|good) deal of
    better off
    (might|had) (as well|better)
    [just] as well
    love (to|from)
    not sure
    my name is * *1
    (mr|mrs|ms|miss|dr|doctor) *
    (flat|apartment|unit|room|box|number|suite) *
    (kill|killing) [some] time
    nothing but the best
    (gift|credit) (card|cards|voucher|certificate)
    (to|can|could|please|would|will|i|you|and|just|not|before i|how) cancel [it|that|this|them|please]
    (cancel|cancelled) *2 (appointment|booking|order|reservation|delivery|visit|ride|flight|meeting|card|payment|transfer|ticket|room|party|trip|hotel|table|taxi|event|class)
    (my|a|the|our|his|her|hotel|branch|store|bank) *1 (manager|supervisor)
    (a|police|the) [police|noise] complaint about the (theft|noise|neighbours)
    (worst|best) is
    best (western|buy|friend|friends|man|wishes|regards)
    (which|what) [one] is [the] (best|better|cheaper)
    (the|your|my|what's the|is the) best (rated|price|option|route|place|restaurant|hotel|bus|way|room|table|deal)
    (lower|higher|low) (rate|rates|price|prices|floor|level|rating)
    (fraud|police|bank|incident|damage) [*1] (report|alert|team)
    party (of|for|at|on)
    hell of a
    (my|a|the|get|any|partial|full|for) refund
    (bad|good|great|nice|lame) *1 joke
    fellow
    pretty (much|sure)
    (kind|sort) of
    (have|had|having|throw|plan|organize|organise|host|attend|rsvp) *3 party
    (doctor|dr) *1 (appointment|instructions)
    no idea
    (${MYSELF}) [have|had|just|accidentally|also|probably|might have|must have] (pick|get on|give|choose|enter|type|select|click|press|dial|use|write|jump on|board|put|make|send|tap|book|spell) [you|him|her|them|in|down|*1] [the|a|my] wrong *1
    (oops|whoops|sorry|oh) [the|my] wrong *1
    (my|your|their|his|her|our) *1 (partner|wife|husband|friend|friends|guest|guests|boyfriend|girlfriend|mother|mum|mom|father|dad|boss|kids|colleague|spouse|fiance|half|sister|brother|they) [*1] (hates|hate|dislikes|not like|not a fan|would be upset|will be upset|would get upset)
    they (hate|dislike) *1
    not a [big|huge|great] fan of
    hate to *
    (worst|best) [thing|case] that (can|could|might) happen
    (worst|best) case
    is it (rude|bad|wrong|okay|ok|stupid) (to|if|that|of me)
    (${MYSELF}) (am|was|being|been) [being|so|a bit|such|just] (stupid|silly|dumb|slow|forgetful|confused|annoying|a pain)
    my bad
    not right (now|away|this)
    =cancel (the|that|this|those|a|an|one|both|two|her|his|their|tomorrow|my|our) *
    cancellation (fee|fees|policy|date|period|number|cover|insurance|charge|terms|form|line)
    (complaint|complaints|complain|complains|complained|complaining) *2 (with|to|from|at) *1 (police|council|neighbour|neighbor|neighbours|neighbors|landlord|airport|school)
    (none|nobody) *4 (complaint|complaints)
    (my|his|her|our|your|the) *1 (boss|husband|wife|neighbour|neighbor|mother|mum|kids|guests|tenants|friend) (is|was|are|were|keeps|always|has been) (complaining|complain|complained)
    (worst|best) (part|thing|bit) is
    (weather|traffic|heat|rain|film|movie|game|match|season|band|concert|hair|hangover|cold|cough|headache|humidity) (is|was|has been|will be|looks|looked|were) *1 (awful|terrible|horrible|bad|rubbish|dreadful|poor|shocking|ridiculous|lousy|nasty|good|great|nice|lovely|beautiful|amazing|perfect|crappy)
    could (murder|kill for|eat) a
    killer (deal|app|price|heels|whale|bargain)
    (dying|died) to
    not work [out|well|*1] (for|with) (me|us|him|her|them)
    (sorry|apologies) (to be|for being|if i am|if i was) *2 (annoying|rude|grumpy|difficult|slow|a pain|a bother|a nuisance)
    (find|want|need|like|looking for|look for|book|recommend|suggest|know|get|choose|prefer|search for) [me|us|you|to] (a|an|any|some|another|something|somewhere) [really|very|more] (good|nice|great|better|cool|fun|fancy|beautiful|pretty|romantic|decent|cheaper|smart|quiet) *1
    the (cheaper|better|nicer|safer|best|nicest|safest|prettier) (one|option|room|plan|deal|price|seat|way|route)
    (a|is a|it is a) good name
    (should|would|will|might) be (good|fine|better) {end}
    nice weather
    weather (is|was|will be|be) *1 (nice|bad|good|poor|terrible|great|awful)
    (bad|good|nice|poor|terrible|great|awful) weather
    joke (about|for)
    (told|tell|hear|as) *3 (a|funny) joke`,
  ],
];
