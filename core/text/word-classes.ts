/**
 * Words that stand for one another in phrases: `{account}` is any of these. A line is a phrase, so `|` separates
 * choices. Add what your callers say: the default rules and the telephone layer use these classes by name.
 */
export const WORD_CLASSES: Readonly<Record<string, string>> = {
  i: `i|we`,
  my: `my|our
    (all|both) [of] (my|our)`,
  the: `the|this|that|these|those|both|your
    (all|both) [of] (the|these|those)`,
  not: `not|never|neither|nor|without|nobody|hardly|rarely
    no (longer|one|need|reason|way|intention|plans)`,
  surely: `definitely|certainly|actually|really|just|also|now|then|simply|still|even|probably|immediately|please|formally|officially|seriously|gladly|happily|well|maybe`,
  will: `will|would|shall|must|may|might|could
    (am|is|are) [{surely}] (going|about|ready|prepared|planning|tempted|thinking) [to|of|about]
    (want|wanted|need|needed|have|got|would like|wish|intend|plan|decide|decided) to`,
  want: `want|need|demand|require|request|would like|would love|insist on|wish|prefer
    ask for`,
  'want to': `{i} [{surely}] (want|need|wish|demand|intend|decide|have|like|plan) [{surely}] to
    {i} (would|will|shall|must|should|might|may) [{surely}] [like to|love to|have to|want to|prefer to|be|rather]
    {i} (am|are) [{surely}] (going|looking|calling|ringing|here|ready|writing|phoning|planning|trying|about|wanting) [in] to
    (can|could|may|might|shall|should) [{surely}] {i} [{surely}]
    (can|could|will|would) [{surely}] you [{surely}] [help me [to]]
    (let|help) (me|us) [{surely}]
    how [exactly] (do|can|would|should) {i} [go about]
    (please|just|now)
    (like|want|wish|wanting|wanted|need|looking) to`,
  account: `account|contract|subscription|sub|policy|membership|service|plan|cover|coverage|insurance|broadband|internet|package|agreement|tariff|licence|license|mortgage|trial|profile|line|landline|deal
    phone (line|contract|service)
    mobile (phone|contract)
    (cable|satellite|tv|television) [service|package]`,
  agreement: `account|contract|subscription|policy|membership|agreement|mortgage|tariff|licence|license|broadband|insurance
    (savings|checking|current|credit card|bank) account`,
  cancel: `cancel|close|terminate|discontinue|deactivate|disconnect|delete|quit|leave|end
    (=shut|shut down|close down|close out|get rid of|get out of|pull out of|opt out of|put an end to)`,
  'staff above': `manager|supervisor|boss|superior|director|ceo|management|superviser|managers
    (team|shift|floor|section|department) (leader|lead|manager|head|boss)
    (line|duty|general|branch|store|call centre|call center|customer service|senior|head) manager
    managing director
    head of *2 (department|service|services|customer service|complaints)
    (someone|somebody|anyone|anybody|person|people|one|person who is|whoever is|who is|whoever) *2 (higher|senior|charge|authority|above you|over you|above your level|superior)
    (more|someone|somebody) senior [person|colleague|staff]
    (higher|next) (up|ups|level|authority|tier)
    (senior|upper|higher|top) (management|staff|person|agent|colleague|member *2|representative|rep)
    whoever (run|manage|own) *2
    (person|people|one) in charge
    management
    (second|2nd|tier two|next) (line|level) [support]`,
  lawyer: `lawyer|solicitor|attorney|barrister|lawyers|solicitors
    legal (team|counsel|representative|representatives|representation|adviser|advisor|department)`,
  regulator: `ombudsman|ofcom|ofgem|ofwat|fcc|fca|cfpb|bbb|regulator|regulators|watchdog|icann|ftc|caa|ofsted
    the (dot|asa) {end}
    (us|a) dot
    advertising standards [authority|agency]
    (employment|housing|small claims) tribunal
    trading standards
    (financial|energy|communications|housing|consumer) (ombudsman|conduct authority|regulator|regulators|watchdog)
    financial conduct authority
    better business bureau
    attorney general
    consumer (protection|affairs|rights|council|court|forum|commission)
    citizens advice
    (data protection|information) commissioner
    department of (transportation|insurance|justice)`,
  social: `twitter|facebook|reddit|trustpilot|youtube|tiktok|instagram|yelp|linkedin|tripadvisor|internet|online
    social (media|networks|network)
    google [reviews]
    (review|reviews) (site|sites|page)`,
  media: `press|papers|newspaper|newspapers|media|journalist|journalists|television|tv|bbc|cnn
    (local|national|evening) (news|paper|press)
    the news`,
  competitor: `competitor|competitors|competition|rival|rivals
    (another|different|new|other|better|cheaper|proper|decent) (provider|supplier|company|carrier|network|bank|insurer|firm|operator|store|shop|brand|airline|service|vendor)
    someone else {end}
    somewhere else {end}`,
  nobody: `nobody|none
    no (one|person|body)
    not (one|a single) (person|one|of you|soul)
    none of (you|them|your *1)`,
  it: `it|this|that|they|you|he|she|which|everything`,
  even: `even|actually|really|properly|fully|just|simply|still|ever|at all|yet|always`,
  /** What a caller has of us: things, and those who work for us. */
  thing: `app|website|site|system|service|order|parcel|package|delivery|refund|internet|broadband|wifi|connection|signal|line|phone|card|payment|bill|invoice|account|link|page|form|code|password|login|device|box|router|modem|machine|battery|screen|product|item|heating|boiler|engineer|technician|driver|ride|taxi|cab|courier|flight|plane|train|bus|bag|luggage|suitcase|seat|room|food|meal|waiter|staff|crew|agent|assistant|bot|support|team|company|bank|airline|store|shop|hotel|department|lady|man|woman|guy|colleague|number|email|message|button|printer|laptop|tv|remote|television|subscription|software|update|picture|sound|bathroom|toilet|shower|bed|washing machine|fridge|kettle|lights|elevator|lift|ac|air conditioning|voucher|ticket|transfer|deposit|money|statement|replacement|cable|game|console|camera|headphones|shoes|dress|coffee|pizza`,
  works: `work|function|load|open|start|connect|respond|charge|install|update|download|sync|print|fit|arrive|appear|ring|recognise|recognize|accept|match|help|reply|answer|deliver|register|save|play|pair|happen|change|improve|exist|process|refund|credit|resolve|fix|sort
    (go|come|get|went) (through|on|back|up|out|here)
    (turn|switch|show|pick|turned) (on|up)
    call [me|us] back`,
  broken: `=broken|=cracked|=damaged|faulty|=smashed|=scratched|defective|=frozen|=crashed|down|=failed|=dropped|=missing|=disconnected|=ruined`,
  great: `great|good|brilliant|fantastic|wonderful|lovely|perfect|marvellous|nice|charming|fabulous|excellent|awesome|super|amazing`,
  span: `minutes|mins|hours|hrs|days|weeks|fortnight|months`,
  day: `day|night|morning|afternoon|evening|week|weekend|month`,
  contact: `call|ring|phone|telephone|contact|speak|talk|ask|report|complain|email|write|explain|chase|tell|raise|request|message|text|try|come|complained`,
  count: `two|three|four|five|six|seven|eight|nine|ten|twelve|2|3|4|5|6|7|8|9|10|several|many|multiple|countless|numerous|dozen
    (a|half a) (dozen|hundred|million)
    so many`,
  ordinal: `second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|umpteenth|hundredth|thousandth|2nd|3rd|4th|5th|6th|7th|10th|nth`,
  us: `you|them|us|your (company|firm|bank|organisation|organization|lot|people|store|shop)|this (company|firm|bank|place|store|shop)|the (company|firm|bank|lot of you)|these people|you (lot|people|guys|all)|everyone involved`,
  fool: `joke|idiot|moron|imbecile|clown|liar|thief|crook|scumbag|cretin|muppet|numpty|halfwit|parasite|scammer|fraudster|cheat|loser|coward|pig|dog|bully|disgrace|amateur|cowboy|joker|fool|robber|conman|con artist|dumbass|jackass|retard|incompetent|useless|pathetic|stupid|dumb|thick|brainless|worthless|clueless|braindead`,
};
